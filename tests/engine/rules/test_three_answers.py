"""Yes, no and unknown: the closures agree with an independent SQL engine, NULL for unknown."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.rules import evaluate, print_expr, tree

from .world import INTS, NUMBERS, OPS, WORLD, joined

COLUMNS = ("a", "b", "c", "flag", "other_flag", "word")
sql_atoms = (
    st.sampled_from(["flag", "other_flag"]).map(tree.Name)
    | st.builds(tree.Compare, st.sampled_from(OPS), INTS, NUMBERS)
    | st.builds(tree.Compare, st.sampled_from(OPS), st.just(tree.Name("a")), st.sampled_from(["b", "c"]).map(tree.Name))
    | st.builds(tree.In, INTS, st.lists(NUMBERS, min_size=1, max_size=3).map(tuple))
    | st.builds(tree.Between, INTS, NUMBERS, NUMBERS)
    | st.builds(tree.Between, st.just(tree.Name("a")), NUMBERS | st.just(tree.Name("b")), st.just(tree.Name("c")))
    | st.builds(
        tree.Compare,
        st.sampled_from(["=", "<>"]),
        st.just(tree.Name("word")),
        st.sampled_from(["red", "blue"]).map(tree.Text),
    )
)
rows = st.fixed_dictionaries(
    {
        "a": st.none() | st.integers(0, 4),
        "b": st.none() | st.integers(0, 4),
        "c": st.none() | st.integers(1, 3),
        "flag": st.none() | st.booleans(),
        "other_flag": st.none() | st.booleans(),
        "word": st.none() | st.sampled_from(["red", "green"]),
    }
)


@pytest.fixture(scope="module")
def sql() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


@given(st.recursive(sql_atoms, joined, max_leaves=8), rows)
def test_closures_answer_as_sql_does(sql: sqlite3.Connection, node: tree.Tree, row: dict[str, Any]) -> None:
    given_row = ", ".join(f"? AS {name}" for name in COLUMNS)
    query = f"SELECT {print_expr(node)} FROM (SELECT {given_row})"
    answer = sql.execute(query, [row[name] for name in COLUMNS]).fetchone()[0]
    assert evaluate(print_expr(node), row, WORLD) == (None if answer is None else bool(answer))
