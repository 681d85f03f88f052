"""The same people and the same chances, whichever way they are compared."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.engine.linkage import Frequencies, blocking_keys, link, load_settings, match_one, open_people
from guiyan.engine.linkage.conditions import condition
from guiyan.engine.linkage.frequencies import counting
from guiyan.engine.linkage.preparing import with_keys
from guiyan.engine.linkage.rows import PREPARED, prepared
from tests.engine.linkage.people import SCHEMA, Row, rows, written

SETTINGS = load_settings()
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
CONDITIONS = sorted(
    {
        level["sql_condition"]
        for compared in SETTINGS.splink["comparisons"]
        for level in compared["comparison_levels"]
        if level["sql_condition"] != "ELSE"
    }
)


def linked(left: list[Row], right: list[Row], folder: Path) -> pl.DataFrame:
    out = folder / "out.parquet"
    link(
        open_people(written(left, folder / "l.parquet")),
        open_people(written(right, folder / "r.parquet")),
        out,
        SETTINGS,
    )
    return pl.read_parquet(out)


def known_shares(right: list[Row]) -> Frequencies:
    known = prepared(pl.DataFrame(right, schema=SCHEMA))
    with duckdb.connect() as connection:
        connection.register("known", known.to_arrow())
        found = {
            c: dict(connection.execute(counting(c, *rare, "known")).fetchall())
            for c, rare in SETTINGS.frequencies.items()
        }
    return Frequencies(found, people=len(right))


def looked_up(row: Row, right: list[Row]) -> list[Row]:
    """As a database does it: people who share a key that not too many have."""
    keys = set(blocking_keys(row, SETTINGS))
    return [other for other in right if keys & set(blocking_keys(other, SETTINGS))]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(rows("n"), rows("k"))
def test_one_person_gets_the_links_probabilities_and_reasons_that_the_file_gets(
    left: list[Row], right: list[Row]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = linked(left, right, Path(folder))
    shares = known_shares(right)
    expected = {
        (row["id"], each.id): each for row in left for each in match_one(row, looked_up(row, right), SETTINGS, shares)
    }
    assert {(row["left_id"], row["right_id"]) for row in found.iter_rows(named=True)} == set(expected)
    for row in found.iter_rows(named=True):
        one = expected[row["left_id"], row["right_id"]]
        assert row["probability"] == pytest.approx(one.probability, abs=1e-12, rel=1e-9)
        assert (row["decision"], row["reason"]) == (one.decision, one.reason)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(rows("k"))
def test_keys_of_one_row_are_those_of_the_file(right: list[Row]) -> None:
    together = with_keys(prepared(pl.DataFrame(right, schema=SCHEMA)), SETTINGS.keys)["keys"].to_list()
    assert [blocking_keys(row, SETTINGS) for row in right] == together
    assert all(-(2**63) <= key < 2**63 for keys in together for key in keys)


SIDE = st.fixed_dictionaries({name: st.none() | st.integers(0, 5) for name in PREPARED})


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(SIDE, SIDE)
def test_conditions_hold_in_python_where_they_hold_in_sql(left: dict[str, Any], right: dict[str, Any]) -> None:
    sides = {f"{name}_{side}": value for side, row in (("l", left), ("r", right)) for name, value in row.items()}
    columns = ", ".join(
        f"CAST({'NULL' if value is None else value} AS BIGINT) AS {name}" for name, value in sides.items()
    )
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {', '.join(f'({each})' for each in CONDITIONS)} FROM (SELECT {columns})"
        ).fetchone()
    assert [condition(each)(left, right) for each in CONDITIONS] == list(found or ())
