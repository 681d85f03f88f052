"""A condition drawn as controls and sent back unchanged is the same condition; each button does what it says."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings

from guiyan.desk.rules.choices import Choices
from guiyan.desk.rules.posted import Posted
from guiyan.desk.rules.row_reading import read_row
from guiyan.desk.rules.row_showing import shown
from guiyan.engine.rules import parse, print_expr, tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.building import EMPTY_LINE, Group, Line, Row, normal, rows_of, tree_of
from guiyan.engine.rules.building_words import Saying
from guiyan.packs import Pack
from tests.desk.rules.page_form import Sent, form_in
from tests.engine.rules.test_building import all_trees
from tests.engine.rules.world import WORLD

LIMIT = Parameter.model_validate({"label": "上限", "type": "int", "value": "3", "set_by": "city"})
SAYING = Saying(WORLD, {"limit": LIMIT}, "person")
CHOICES = Choices(Pack.model_construct(regions={}, measures={}, facts={}), SAYING)


def drawn(row: Row) -> Sent:
    view = shown(row, "c0.w", CHOICES)
    return form_in(render_to_string("desk/rules/part_row.html", {"row": view, "top": True}))


def sent_back(sent: Sent, do: str = "") -> Row:
    pairs = [(name, value) for name, values in sent.items() for value in values]
    query = QueryDict(urlencode([*pairs, ("do", do)]))
    return read_row(Posted.of(query), "c0.w", SAYING)


@settings(max_examples=60, deadline=None)
@given(all_trees)
def test_what_is_drawn_and_sent_back_untouched_is_the_same_rule(node: tree.Tree) -> None:
    assert tree_of(sent_back(drawn(rows_of(node)))) == node


@pytest.mark.parametrize(
    "text",
    ["a <= limit", "a BETWEEN limit AND b", "a IN (1, limit)", "amount(sums, 'x') < b", "a > amount(sums, 'x')",
     "level IN ('low', 'high')", "region_in(place, '4212')", "place = '421224000000'", "on_day >= '2026-06-09'"],
)  # fmt: skip
def test_parameters_facts_and_places_come_back_as_they_are(text: str) -> None:
    assert print_expr(tree_of(sent_back(drawn(rows_of(parse(text)))))) == text


FLAG = Line(tree.Name("flag"), "is")
A = Line(tree.Name("a"), "<=", (tree.Number(3),))


@pytest.mark.parametrize(
    ("row", "do", "becomes"),
    [
        (FLAG, "add-line:c0.w", Group("all", (FLAG, EMPTY_LINE))),
        (FLAG, "add-group:c0.w", Group("all", (FLAG, Group("any", (EMPTY_LINE, EMPTY_LINE))))),
        (Group("any", (FLAG, A)), "add-line:c0.w", Group("any", (FLAG, A, EMPTY_LINE))),
        (Group("any", (FLAG, A)), "add-group:c0.w", Group("any", (FLAG, A, Group("all", (EMPTY_LINE, EMPTY_LINE))))),
        (Group("any", (FLAG, A)), "remove-row:c0.w.0", A),
        (Group("all", (FLAG, Group("any", (A, EMPTY_LINE)))), "remove-row:c0.w.1.1", Group("all", (FLAG, A))),
        (Group("all", (FLAG, Group("any", (FLAG, A)))), "remove-row:c0.w.1", FLAG),
        (Group("none", (FLAG, A)), "add-line:c0.w", Group("none", (FLAG, A, EMPTY_LINE))),
    ],
)  # fmt: skip
def test_the_buttons_of_a_group(row: Row, do: str, becomes: Row) -> None:
    assert normal(sent_back(drawn(row), do)) == becomes


def changed(row: Row, **controls: str) -> Row:
    sent = drawn(row)
    for name, value in controls.items():
        sent[f"c0.w.{name}"] = [value]
    return sent_back(sent)


def test_another_fact_takes_no_value_that_was_meant_for_the_first() -> None:
    level = Line(tree.Name("level"), "=", (tree.Text("low"),))
    assert changed(level, about="word") == Line(tree.Name("word"), "=", (tree.Text(""),))
    assert changed(level, about="flag") == FLAG
    assert changed(A, about="b") == Line(tree.Name("b"), "<=", (tree.Number(3),))


def test_one_value_becomes_one_of_several_and_back() -> None:
    several = changed(Line(tree.Name("a"), "=", (tree.Number(3),)), op="one_of")
    assert several == Line(tree.Name("a"), "one_of", (tree.Number(3),))
    assert changed(A, op="between") == Line(tree.Name("a"), "between", (tree.Number(3), tree.Text("")))


@pytest.mark.parametrize("typed", ["四十五", "3.5", "", "9" * 40, "'; DROP TABLE x --"])
def test_what_is_typed_wrong_stays_in_its_box(typed: str) -> None:
    row = changed(A, v0=typed)
    assert tree_of(row) == parse(print_expr(tree_of(row)))
    assert drawn(row)["c0.w.v0"] == [typed]


def test_a_parameter_is_taken_instead_of_a_number_and_given_back() -> None:
    sent = drawn(A)
    sent["c0.w.v0.from"] = [":limit"]
    with_limit = sent_back(sent)
    assert with_limit == Line(tree.Name("a"), "<=", (tree.Name("limit"),))
    sent = drawn(with_limit)
    sent["c0.w.v0.from"] = [""]
    assert sent_back(sent) == Line(tree.Name("a"), "<=", (tree.Text(""),))


@pytest.mark.parametrize("size", ["-1", "99999999", "x", ""])
def test_a_form_that_nobody_drew_is_read_and_bounded(size: str) -> None:
    row = sent_back({"c0.w.group": ["all"], "c0.w.size": [size], "c0.w.0.about": ["flag"]})
    assert isinstance(row, Group) and len(row.rows) <= 60


def test_a_form_nested_without_end_stops() -> None:
    sent = {f"c0.w{'.0' * depth}.group": ["all"] for depth in range(100)}
    sent |= {f"c0.w{'.0' * depth}.size": ["1"] for depth in range(100)}
    assert normal(sent_back(sent)) == EMPTY_LINE
