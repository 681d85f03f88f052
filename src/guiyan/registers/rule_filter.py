"""A rule as a filter of rows: the same three answers, since SQL keeps a row only where the rule says yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from guiyan.engine.rules import Catalogue, parse
from guiyan.engine.rules.tree import And, Between, Compare, In, Name, Not, Number, Or, RegionIn, Text, Tree
from guiyan.kernel.regions import subtree

LOOKUPS = {"=": "", "<": "__lt", "<=": "__lte", ">": "__gt", ">=": "__gte"}


class NotAFilter(ValueError):
    """The rule is sound and says something that rows can't be filtered by here."""


def where(expression: str, catalogue: Catalogue) -> Q:
    """The filter for a rule over the columns of a catalogue.

    Raises RuleError for what is no rule, NotAFilter for lists, maps and arithmetic.
    """
    return _filter(parse(expression), catalogue)


def _filter(tree: Tree, catalogue: Catalogue) -> Q:
    if isinstance(tree, And):
        return reduce(and_, (_filter(part, catalogue) for part in tree.parts))
    if isinstance(tree, Or):
        return reduce(or_, (_filter(part, catalogue) for part in tree.parts))
    if isinstance(tree, Not):
        return _negated(tree.part, catalogue)
    one = ONES.get(type(tree))
    if one is None:
        raise NotAFilter(f"{type(tree).__name__} can't filter rows")
    return one(tree, catalogue)


def _negated(tree: Tree, catalogue: Catalogue) -> Q:
    """NOT keeps unknown unknown: a row whose column is empty is kept by neither the rule nor its opposite."""
    if isinstance(tree, Not):
        return _filter(tree.part, catalogue)
    if isinstance(tree, And):
        return reduce(or_, (_negated(part, catalogue) for part in tree.parts))
    if isinstance(tree, Or):
        return reduce(and_, (_negated(part, catalogue) for part in tree.parts))
    return ~_filter(tree, catalogue) & Q(**{f"{_column(tree)}__isnull": False})


def _column(tree: Any) -> str:
    if isinstance(tree, Name):
        return tree.id
    if isinstance(tree, RegionIn):
        return tree.fact
    return _left(tree)


def _left(tree: Any) -> str:
    if not isinstance(tree.left, Name):
        raise NotAFilter("the left side of a comparison is a column")
    return tree.left.id


def _value(operand: Any, column: str, catalogue: Catalogue) -> Any:
    if isinstance(operand, Number):
        return operand.value
    if isinstance(operand, Text):
        fact = catalogue.get(column)
        return date.fromisoformat(operand.value) if fact and fact.type == "date" else operand.value
    raise NotAFilter("the right side of a comparison is a number, a day or a code")


def _name(tree: Any, catalogue: Catalogue) -> Q:
    return Q(**{tree.id: True})


def _compare(tree: Any, catalogue: Catalogue) -> Q:
    column = _left(tree)
    value = _value(tree.right, column, catalogue)
    if tree.op == "<>":
        return ~Q(**{column: value}) & Q(**{f"{column}__isnull": False})
    return Q(**{f"{column}{LOOKUPS[tree.op]}": value})


def _in(tree: Any, catalogue: Catalogue) -> Q:
    column = _left(tree)
    return Q(**{f"{column}__in": [_value(x, column, catalogue) for x in tree.values]})


def _between(tree: Any, catalogue: Catalogue) -> Q:
    column = _left(tree)
    return Q(**{f"{column}__range": (_value(tree.low, column, catalogue), _value(tree.high, column, catalogue))})


def _region_in(tree: Any, catalogue: Catalogue) -> Q:
    low, high = subtree(int(str(tree.code).ljust(12, "0")))
    return Q(**{f"{tree.fact}__gte": low, f"{tree.fact}__lt": high})


ONES: dict[type, Callable[[Any, Catalogue], Q]] = {
    Name: _name,
    Compare: _compare,
    In: _in,
    Between: _between,
    RegionIn: _region_in,
}
