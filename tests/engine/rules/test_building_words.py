"""What is wrong with a line is said at that line, and what resolves has nothing wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given

from guiyan.engine.rules import tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.building import EMPTY_LINE, Group, Line, Row, rows_of
from guiyan.engine.rules.building_words import OPERATORS_OF, Saying, faults, typed
from guiyan.engine.rules.resolve import Resolver

from .world import WORLD, trees

LIMIT = Parameter.model_validate({"label": "年龄上限", "type": "int", "value": "3", "set_by": "city"})
SAYING = Saying(WORLD, {"limit": LIMIT}, "person")


def lines_in(row: Row) -> list[Line]:
    return [row] if isinstance(row, Line) else [line for each in row.rows for line in lines_in(each)]


@given(trees)
def test_a_line_has_an_operator_of_its_fact(node: tree.Tree) -> None:
    for line in lines_in(rows_of(node)):
        type_ = SAYING.type_of(line.about)
        assert type_ is not None
        assert line.operator in OPERATORS_OF[type_]


def odd_number(fault: str) -> bool:
    """A number that the fact never has resolves and is never met; the officer is told all the same."""
    return "请核对这个数" in fault or "没有人能满足" in fault


@given(trees)
def test_what_resolves_has_nothing_wrong_with_it(node: tree.Tree) -> None:
    Resolver(WORLD).condition(node)
    assert [said for _, said in faults(rows_of(node), SAYING) if not odd_number(said)] == []


A = tree.Name("a")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (EMPTY_LINE, "请选一项事实"),
        (Line(tree.Name("gone"), "is"), "没有“gone”这项事实"),
        (Line(A, "<=", (tree.Text("四十五"),)), "请填整数"),
        (Line(A, "<=", (tree.Text(""),)), "请填整数"),
        (Line(A, "<=", (tree.Number(9),)), "最大是4"),
        (Line(A, "is"), "不能这样比"),
        (Line(A, "<=", (A,)), "不能跟自己比"),
        (Line(A, "<=", (tree.Name("word"),)), "不是同一类"),
        (Line(A, "between", (tree.Number(3), tree.Number(1))), "没有人能满足"),
        (Line(A, "one_of", ()), "请填整数"),
        (Line(tree.Name("level"), "=", (tree.Text("up"),)), "请选一个"),
        (Line(tree.Name("place"), "in_region", (tree.Text(""),)), "请选一个地方"),
        (Line(tree.Name("list"), "has", (tree.Text(""),)), "请选一个"),
        (Line(tree.Amount("sums", ""), "<", (tree.Number(1),)), "哪一项政策"),
        (Line(A, "<=", (tree.Name("limit"),)), ""),
        (Line(tree.Amount("sums", "x"), "<", (tree.Name("b"),)), ""),
    ],
)
def test_a_line_says_what_it_lacks(line: Line, said: str) -> None:
    found = list(faults(Group("all", (Line(tree.Name("flag"), "is"), line)), SAYING))
    assert [place for place, _ in found] == ([(1,)] if said else [])
    assert all(said in words for _, words in found)


def test_an_empty_group_is_told_at_its_place() -> None:
    row = Group("any", (Line(tree.Name("flag"), "is"), Group("all", ())))
    assert [place for place, _ in faults(row, SAYING)] == [(1,)]


@pytest.mark.parametrize(
    ("raw", "type_", "operand"),
    [
        (" 45 ", "int", tree.Number(45)),
        ("100,000", "int", tree.Number(100_000)),
        ("-3", "map", tree.Number(-3)),
        ("四十五", "int", tree.Text("四十五")),
        ("045", "int", tree.Text("045")),
        ("45", "text", tree.Text("45")),
        ("2026-06-09", "date", tree.Text("2026-06-09")),
    ],
)
def test_what_was_typed_is_the_fact_s_value_or_stays_as_it_was(raw: str, type_: str, operand: tree.Operand) -> None:
    assert typed(raw, type_) == operand  # type: ignore[arg-type]
