"""The grammar is closed, and text and tree are two sides of one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.rules import RuleError, parse, print_expr, tree
from guiyan.engine.rules.parse import parse_operand

from .world import trees


@given(trees)
def test_parsing_what_was_printed_gives_the_same_tree(node: tree.Tree) -> None:
    assert parse(print_expr(node)) == node


operands = st.recursive(
    st.integers(-99, 99).map(tree.Number) | st.sampled_from(["a", "b"]).map(tree.Name),
    lambda inner: (
        st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*"]), inner, inner)
        | st.builds(lambda one, two: tree.Call("days_after", (one, two)), inner, inner)
    ),
    max_leaves=6,
)


@given(operands)
def test_arithmetic_keeps_its_brackets(node: tree.Operand) -> None:
    assert parse_operand(print_expr(node)) == node


@given(st.text(max_size=20))
def test_texts_survive_with_quotes_and_all(written: str) -> None:
    node = tree.Compare("=", tree.Name("word"), tree.Text(written))
    assert parse(print_expr(node)) == node


def test_nested_and_or_are_read_flat_and_by_precedence() -> None:
    assert parse("a = 1 OR b = 2 AND (c = 3 AND flag)") == parse("(a = 1) OR (b = 2 AND c = 3 AND flag)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a IS NULL", "IS is not used"),
        ("a = NULL", "NULL is not used"),
        ("flag = TRUE", "TRUE and FALSE are not used"),
        ("word LIKE 'a%'", "LIKE is not used"),
        ("CASE WHEN flag THEN a ELSE b END = 1", "CASE is not used"),
        ("COALESCE(a, 0) = 1", "COALESCE is not used"),
        ("CAST(a AS text) = 'x'", "casts are not used"),
        ("a / 2 = 1", "division is not used"),
        ("a IN (SELECT 1)", "not allowed"),
        ("a BETWEEN SYMMETRIC 1 AND 2", "not allowed"),
        ("lower(word) = 'a'", "not allowed"),
        ("has(list, x)", "a fact and a text in quotes"),
        ("has(list)", "a fact and a text in quotes"),
        ("1 < a", "write the fact first"),
        ("1 = 1", "write the fact first"),
        ('"a" = 1', "not the name of a fact"),
        ("t.a = 1", "not the name of a fact"),
        ("A = 1", "not the name of a fact"),
        ("a = 1.5", "not a whole number"),
        ("a = 01", "not a whole number"),
        ("a = 1 -- and so on", "has a comment"),
        ("a = 1; flag", "not allowed"),
        ("a = :p", "not allowed"),
        ("a = ?", "not allowed"),
        ("a AND", "is not a rule"),
        ("", "is not a rule"),
        ("EXISTS (SELECT 1)", "not allowed"),
        ("a + 1", "not allowed"),
        ("(" * 500 + "flag" + ")" * 500, "nested"),
        ("flag AND " * 1000 + "flag", "characters"),
        ("DROP TABLE a", "not allowed"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        parse(text)


@given(st.text(alphabet="ab10 ()=<>'ANDORNOTIN,.*-+;\"", max_size=40))
def test_any_other_text_is_read_exactly_or_refused(text: str) -> None:
    try:
        node = parse(text)
    except RuleError:
        return
    assert parse(print_expr(node)) == node
