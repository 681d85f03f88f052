"""The drafted rule beside a declared one: what differs, what only one of them has, and a case that shows it.

Two conditions on the same facts are the same if they answer alike at every boundary of both; a difference is told
with the facts at which they part (46周岁：文件不符合，规则符合).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from guiyan.engine.drafting.model import DraftRule, DraftTerm
from guiyan.engine.phrases.facts import facts_named
from guiyan.engine.rules import Catalogue, RuleError, evaluate, parse, print_expr, tree
from guiyan.engine.rules.catalogue import ON_DAY, bounds
from guiyan.engine.rules.model import Fact, Parameter, Version
from guiyan.engine.rules.parse import parse_operand

MOST_CASES = 1500
SOME_DAY = dt.date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """One thing that a declared condition asks; `label` is the condition's."""

    label: str
    tree: tree.Tree


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: `differs` (both ask the same facts, not the same of them), `not-declared`, `not-in-words`.

    case: facts at which the two part, with what the document's words (`drafted_says`) and the rule answer there.
    """

    kind: Literal["differs", "not-declared", "not-in-words"]
    term: DraftTerm | None = None
    declared: DeclaredPart | None = None
    case: Mapping[str, Any] | None = None
    drafted_says: bool | None = None


def declared_parts(version: Version) -> tuple[DeclaredPart, ...]:
    """What a version's conditions ask, one by one, its parameters filled in."""
    values = {name: _constant(each) for name, each in version.parameters.items() if each.value is not None}
    return tuple(
        DeclaredPart(condition.label, part)
        for condition in version.conditions.values()
        for part in conjuncts(filled(parse(condition.when), values))
    )


def differences(draft: DraftRule, declared: Sequence[DeclaredPart], catalogue: Catalogue) -> tuple[Difference, ...]:
    """Findings in the order of the document, then what only the rule has."""
    waiting = list(declared)
    unmatched: list[tuple[DraftTerm, tree.Tree]] = []
    for term in draft.drafted:
        for part in conjuncts(term.tree) if term.tree is not None else ():
            same = next((one for one in waiting if _parting(part, one.tree, catalogue) is None), None)
            if same is None:
                unmatched.append((term, part))
            else:
                waiting.remove(same)
    found = [_told_apart(term, part, waiting, catalogue) for term, part in unmatched]
    return (*found, *(Difference("not-in-words", declared=one) for one in waiting))


def _told_apart(term: DraftTerm, part: tree.Tree, waiting: list[DeclaredPart], catalogue: Catalogue) -> Difference:
    """The declared condition on one of the same facts is what differs; it is taken out of those waiting."""
    asked = set(_roots(part, catalogue))
    other = next((one for one in waiting if asked & set(_roots(one.tree, catalogue))), None)
    if other is None:
        return Difference("not-declared", term)
    waiting.remove(other)
    case, says = _parting(part, other.tree, catalogue) or ({}, None)
    return Difference("differs", term, other, case, says)


def conjuncts(node: tree.Tree) -> tuple[tree.Tree, ...]:
    return node.parts if isinstance(node, tree.And) else (node,)


def filled(node: Any, values: Mapping[str, tree.Operand]) -> Any:
    """The tree with parameters replaced by what they stand for."""
    match node:
        case tree.Name(name):
            return values.get(name, node)
        case tree.And(parts) | tree.Or(parts):
            return type(node)(tuple(filled(part, values) for part in parts))
        case tree.Not(part):
            return tree.Not(filled(part, values))
        case tree.Compare(op, left, right):
            return tree.Compare(op, filled(left, values), filled(right, values))
        case tree.In(left, several):
            return tree.In(filled(left, values), tuple(filled(each, values) for each in several))
        case tree.Between(left, low, high):
            return tree.Between(filled(left, values), filled(low, values), filled(high, values))
    return node


def _constant(parameter: Parameter) -> tree.Operand:
    value = parameter.value or ""
    return tree.Number(int(value)) if parameter.type == "int" else tree.Text(value)


def _parting(one: tree.Tree, two: tree.Tree, catalogue: Catalogue) -> tuple[dict[str, Any], bool | None] | None:
    """The first boundary case at which the two answer differently, with the first's answer; None if there is none."""
    if one == two:
        return None
    names = list(dict.fromkeys((*_roots(one, catalogue), *_roots(two, catalogue))))
    if set(_roots(one, catalogue)) != set(_roots(two, catalogue)):
        return {}, None
    values = [_trials(name, (one, two), catalogue) for name in names]
    if _count(values) > MOST_CASES:
        return {}, None
    for case in product(*values):
        facts = dict(zip(names, case, strict=True))
        first, second = _answer(one, facts, catalogue), _answer(two, facts, catalogue)
        if first != second:
            return facts, first
    return None


def _count(values: list[list[Any]]) -> int:
    cases = 1
    for each in values:
        cases *= max(len(each), 1)
    return cases


def _answer(node: tree.Tree, facts: dict[str, Any], catalogue: Catalogue) -> bool | None:
    try:
        return evaluate(print_expr(node), facts, catalogue, on=SOME_DAY)
    except RuleError:
        return None


def _roots(node: tree.Tree, catalogue: Catalogue) -> tuple[str, ...]:
    """The facts that are given, not derived: a derived day leads to the day that it is counted from."""
    return _roots_of(facts_named(node), catalogue)


def _roots_of(names: Any, catalogue: Catalogue) -> tuple[str, ...]:
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
