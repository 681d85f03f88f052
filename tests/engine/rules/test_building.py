"""What the builder draws is the rule, and what it keeps is what was drawn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.rules import RuleError, evaluate, parse, print_expr, tree
from guiyan.engine.rules.building import EMPTY_LINE, Group, Line, Row, normal, rows_of, tree_of

from .world import INTS, LEVELS, NUMBERS, OPS, SUMS, WORDS, WORLD, joined, some_facts, trees

PLACES = st.sampled_from(["421224", "421281", "4212"]).map(tree.Text)
# What `world.atoms` leaves out: amounts and facts on either side, lists of texts and places, ends that are facts.
more_atoms = (
    st.builds(tree.Compare, st.sampled_from(OPS), INTS, SUMS)
    | st.builds(tree.In, SUMS, st.lists(NUMBERS, min_size=1, max_size=3).map(tuple))
    | st.builds(tree.In, st.just(tree.Name("word")), st.lists(WORDS, min_size=1, max_size=2).map(tuple))
    | st.builds(tree.In, st.just(tree.Name("level")), st.lists(LEVELS, min_size=1, max_size=3).map(tuple))
    | st.builds(tree.In, st.just(tree.Name("place")), st.lists(PLACES, min_size=1, max_size=2).map(tuple))
    | st.builds(tree.Between, INTS, INTS | NUMBERS | SUMS, NUMBERS)
)
all_trees = trees | st.recursive(more_atoms, joined, max_leaves=5)


@given(all_trees)
def test_every_tree_shows_as_rows_and_comes_back_equal(node: tree.Tree) -> None:
    assert tree_of(rows_of(node)) == node
    assert tree_of(rows_of(parse(print_expr(node)))) == node


lines = st.sampled_from(
    [
        EMPTY_LINE,
        Line(tree.Name("flag"), "is"),
        Line(tree.Name("flag"), "is_not"),
        Line(tree.Name("list"), "has_not", (tree.Text("x"),)),
        Line(tree.Name("place"), "in_region", (tree.Text("4212"),)),
        Line(tree.Name("a"), "<=", (tree.Number(3),)),
        Line(tree.Name("a"), "between", (tree.Number(1), tree.Name("b"))),
        Line(tree.Name("level"), "one_of", (tree.Text("low"), tree.Text("high"))),
    ]
)
drawn: st.SearchStrategy[Row] = st.recursive(
    lines,
    lambda inner: st.builds(
        Group, st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(drawn)
def test_rows_settle_into_one_form_and_stay_in_it(row: Row) -> None:
    assert normal(normal(row)) == normal(row)
    assert parse(print_expr(tree_of(row))) == tree_of(row)


def meaning(row: Row, facts: dict[str, Any]) -> bool | None:
    """The rows read by their own words, without making a tree of the groups."""
    if isinstance(row, Line):
        return evaluate(print_expr(tree_of(row)), facts, WORLD)
    answers = [meaning(each, facts) for each in row.rows]
    if row.kind == "all":
        return False if False in answers else None if None in answers else True
    any_holds = True if True in answers else None if None in answers else False
    if row.kind == "any" or any_holds is None:
        return any_holds
    return not any_holds


finished = drawn.filter(lambda row: "unchosen" not in print_expr(tree_of(row)))


@given(finished, some_facts())
def test_the_settled_form_means_what_the_groups_say(row: Row, facts: dict[str, Any]) -> None:
    wanted = meaning(row, facts)
    found = evaluate(print_expr(tree_of(normal(row))), facts, WORLD)
    # `evaluate` may know more than its parts do (flag OR NOT flag); it never says otherwise.
    assert wanted is None or found == wanted


def test_none_of_reads_as_a_group_and_a_single_question_as_a_line() -> None:
    either = parse("NOT (flag OR a > 3)")
    assert rows_of(either) == Group(
        "none", (Line(tree.Name("flag"), "is"), Line(tree.Name("a"), ">", (tree.Number(3),)))
    )
    assert normal(Group("none", (Line(tree.Name("flag"), "is"),))) == Line(tree.Name("flag"), "is_not")


def test_what_is_not_finished_is_kept_and_never_holds() -> None:
    for row in (EMPTY_LINE, Group("all", ()), Group("none", ())):
        text = print_expr(tree_of(row))
        assert parse(text) == tree_of(row)
        with pytest.raises(RuleError, match="unchosen"):
            evaluate(text, {}, WORLD)


@pytest.mark.parametrize("text", ["a + 1 > 2", "a > b * 2", "days_after(a, 1) = b", "a BETWEEN 1 AND b + 1"])
def test_arithmetic_has_no_line(text: str) -> None:
    with pytest.raises(RuleError, match="only in derived facts"):
        rows_of(parse(text))
