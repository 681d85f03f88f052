"""The conditions of a settings file as functions of two rows, so that one person is judged without any database.

What SQL says of nulls holds here: unknown is None. Only what settings need is read; anything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlglot
from sqlglot import expressions as sql

from guiyan.engine.linkage.errors import LinkageError

Row = Mapping[str, Any]
Value = Callable[[Row, Row], Any]


def condition(text: str) -> Value:
    """`(left, right)` → True, False or None. Raises LinkageError for what isn't understood."""
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except sqlglot.ParseError as wrong:
        raise LinkageError(f"condition `{text}`: {wrong}") from None
    return _value(tree)


def _value(node: Any) -> Value:
    reading = READINGS.get(type(node))
    if reading is None:
        raise LinkageError(
            f"`{node.sql()}` is not understood in a condition; known are =, <=, -, abs, IS NULL, NOT, AND, OR"
        )
    return reading(node)


def _column(node: Any) -> Value:
    name, side = node.name[:-2], node.name[-2:].lower()
    if side not in ("_l", "_r"):
        raise LinkageError(f"column `{node.name}`: names end in _l or _r")
    return (lambda left, right: left[name]) if side == "_l" else (lambda left, right: right[name])


def _literal(node: Any) -> Value:
    number = int(node.name)
    return lambda left, right: number


def _is_null(node: Any) -> Value:
    inside = _value(node.this)
    return lambda left, right: inside(left, right) is None


def _both(node: Any, found: Callable[[Any, Any], Any]) -> Value:
    """Null if one side is."""
    one, other = _value(node.this), _value(node.expression)

    def judged(left: Row, right: Row) -> Any:
        a = one(left, right)
        if a is None:
            return None
        b = other(left, right)
        return None if b is None else found(a, b)

    return judged


def _and(node: Any) -> Value:
    one, other = _value(node.this), _value(node.expression)

    def judged(left: Row, right: Row) -> bool | None:
        a = one(left, right)
        if a is False:
            return False
        b = other(left, right)
        return False if b is False else (None if a is None or b is None else True)

    return judged


def _or(node: Any) -> Value:
    one, other = _value(node.this), _value(node.expression)

    def judged(left: Row, right: Row) -> bool | None:
        a = one(left, right)
        if a is True:
            return True
        b = other(left, right)
        return True if b is True else (None if a is None or b is None else False)

    return judged


def _not(node: Any) -> Value:
    inside = _value(node.this)

    def judged(left: Row, right: Row) -> bool | None:
        found = inside(left, right)
        return None if found is None else not found

    return judged


def _abs(node: Any) -> Value:
    inside = _value(node.this)

    def size(left: Row, right: Row) -> Any:
        found = inside(left, right)
        return None if found is None else abs(found)

    return size


READINGS: dict[type, Callable[[Any], Value]] = {
    sql.Column: _column,
    sql.Literal: _literal,
    sql.Is: _is_null,
    sql.Paren: lambda node: _value(node.this),
    sql.EQ: lambda node: _both(node, lambda a, b: a == b),
    sql.LTE: lambda node: _both(node, lambda a, b: a <= b),
    sql.Sub: lambda node: _both(node, lambda a, b: a - b),
    sql.And: _and,
    sql.Or: _or,
    sql.Not: _not,
    sql.Abs: _abs,
}
