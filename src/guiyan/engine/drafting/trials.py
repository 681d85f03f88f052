"""Whether two rules answer alike: both are asked at, and right beside, every boundary that either of them sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import Any

from guiyan.engine.phrases.facts import facts_named
from guiyan.engine.rules import Catalogue, RuleError, evaluate, print_expr, tree
from guiyan.engine.rules.catalogue import ON_DAY, bounds
from guiyan.engine.rules.model import Fact
from guiyan.engine.rules.parse import parse_operand

MOST_CASES = 1500
SOME_DAY = dt.date(2025, 6, 30)


def parting(one: tree.Tree, two: tree.Tree, catalogue: Catalogue) -> tuple[dict[str, Any], bool | None] | None:
    """The first boundary case at which the two answer differently, with the first's answer; None if there is none.

    Where they cannot be tried (other facts, no boundary, too many cases) they count as different, without a case.
    """
    if one == two:
        return None
    names = list(dict.fromkeys((*roots(one, catalogue), *roots(two, catalogue))))
    if set(roots(one, catalogue)) != set(roots(two, catalogue)):
        return {}, None
    values = [_trials(name, (one, two), catalogue) for name in names]
    if not 0 < prod(len(each) for each in values) <= MOST_CASES:
        return {}, None
    try:
        return _tried(print_expr(one), print_expr(two), names, values, catalogue)
    except RuleError:
        return {}, None


def _tried(
    one: str, two: str, names: list[str], values: list[list[Any]], catalogue: Catalogue
) -> tuple[dict[str, Any], bool | None] | None:
    for case in product(*values):
        facts = dict(zip(names, case, strict=True))
        first, second = (evaluate(rule, facts, catalogue, on=SOME_DAY) for rule in (one, two))
        if first != second:
            return facts, first
    return None


def roots(node: tree.Tree, catalogue: Catalogue) -> tuple[str, ...]:
    """The facts that are given, not derived: a derived day leads to the day that it is counted from."""
    return _roots_of(facts_named(node), catalogue)


def _roots_of(names: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        fact = catalogue.get(name)
        if name == ON_DAY or fact is None:
            continue
        if fact.derive is None or fact.type == "bool":
            found.append(name)
        else:
            found += _roots_of(facts_named(parse_operand(fact.derive)), catalogue)
    return tuple(dict.fromkeys(found))


def _trials(name: str, nodes: tuple[tree.Tree, ...], catalogue: Catalogue) -> list[Any]:
    """Values of a fact at and beside every boundary that the trees set for it."""
    fact = catalogue.facts[name]
    if fact.type == "bool":
        return [True, False]
    if fact.type == "code":
        return list(fact.codes)
    written = [value for node in nodes for value in _constants(node)]
    if fact.type == "int":
        low, high = bounds(fact)
        near = {number + step for number in written if isinstance(number, int) for step in (-1, 0, 1)}
        return sorted(value for value in near if low <= value <= high)
    texts = [value for value in written if isinstance(value, str)]
    if fact.type == "date":
        return _days(texts)
    return [*([] if fact.type != "list" else [[]]), *_others(fact, texts)]


def _days(texts: list[str]) -> list[str]:
    """Around every day that is written, and around the anniversaries of the day on which the question is asked."""
    anchors = [dt.date.fromisoformat(text) for text in texts if len(text) == 10 and text[4] == "-"]
    anchors += [SOME_DAY.replace(year=SOME_DAY.year - years) for years in range(12)]
    return sorted({(day + dt.timedelta(days=step)).isoformat() for day in anchors for step in (-1, 0, 1)})


def _others(fact: Fact, texts: list[str]) -> list[Any]:
    if fact.type == "list":
        return [[text] for text in dict.fromkeys(texts)]
    if fact.type == "region":
        return [*dict.fromkeys(_twelve(text) for text in texts), "999999000000"]
    return [*dict.fromkeys(texts), "…"]


def _twelve(code: str) -> str:
    return code.ljust(12, "0")


def _constants(node: tree.Tree | tree.Operand) -> Iterator[int | str]:
    match node:
        case tree.Number(value) | tree.Text(value):
            yield value
        case tree.Has(_, key) | tree.RegionIn(_, key):
            yield key
        case tree.And(parts) | tree.Or(parts) | tree.In(_, parts) | tree.Call(_, parts):
            for part in parts:
                yield from _constants(part)
        case tree.Not(part):
            yield from _constants(part)
        case tree.Compare(_, left, right) | tree.Arithmetic(_, left, right):
            yield from _constants(left)
            yield from _constants(right)
        case tree.Between(_, low, high):
            yield from _constants(low)
            yield from _constants(high)
