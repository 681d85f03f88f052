"""What each number of a sentence is for: a benefit granted, a condition of one, or a target."""

from __future__ import annotations

import re
from bisect import bisect_right

from guiyan.engine.documents.figures.clauses import Clause, Reading, Role, clauses_of
from guiyan.engine.documents.figures.quantities import Quantity, quantities_in
from guiyan.engine.documents.measures.benefits import GIVES, is_free, is_next_grade, role_of
from guiyan.engine.documents.measures.conditions import (
    BELOW,
    MOVED,
    condition_zones,
    falls_short,
    is_baseline,
    is_case,
    is_each,
    is_graded,
)

_LINKED = re.compile(r"[、和及与]|以及")

_IN_WORDS = re.compile(r"全额|减半")


def read_sentence(chars: str) -> Reading:
    """The roles of a sentence's quantities; a sentence that has none is left whole."""
    quantities = quantities_in(chars)
    if not quantities and not _IN_WORDS.search(chars):
        return Reading(chars, (Clause(0, len(chars)),), (), ())
    clauses = clauses_of(chars)
    roles: list[Role] = []
    given_in: set[int] = set()
    previous: tuple[Quantity, Role] | None = None
    starts = [clause.start for clause in clauses]
    zones = condition_zones(chars, clauses) if quantities else []
    for quantity in quantities:
        index = max(0, bisect_right(starts, quantity.start) - 1)
        given_before = not given_in.isdisjoint(range(index - 3, index + 1))
        baseline = is_baseline(chars, quantity)
        role = role_of(chars, _with_label(chars, clauses, index), quantity, given_before)
        if given_before and role is not Role.CONDITION and is_next_grade(chars, clauses[index], previous, quantity):
            role = Role.BENEFIT
        if (
            quantities[:1]
            and previous is not None
            and _LINKED.fullmatch(chars[previous[0].end : quantity.start])
            and previous[0].unit == quantity.unit
        ):
            role = previous[1]
        elif role is Role.TARGET and given_before and quantity.comparator == "<=" and not quantity.is_rate:
            role = Role.CONDITION
        if (
            previous is not None
            and quantity.is_money
            and role is Role.TARGET
            and _after_each(chars, previous[0], quantity)
        ):
            role = Role.BENEFIT
        ungiven = not GIVES.search(chars, clauses[index].start, quantity.core)
        if ungiven and quantity.is_money and BELOW.match(chars, quantity.core_end):
            role = Role.CONDITION
        free = role is Role.TARGET and is_free(chars, clauses, index, quantity)
        zoned = any(low <= quantity.core < high for low, high in zones) and not MOVED.search(
            chars[max(0, quantity.start - 4) : quantity.start]
        )
        if (
            free
            or baseline
            or zoned
            or falls_short(chars, quantity)
            or is_case(chars, quantity)
            or is_each(chars, quantity)
            or is_graded(chars, quantity)
        ):
            role = Role.CONDITION
        if role is Role.BENEFIT:
            given_in.add(index)
        roles.append(role)
        previous = previous if baseline else (quantity, role)
    return Reading(chars, clauses, tuple(quantities), tuple(roles))


def _after_each(chars: str, first: Quantity, quantity: Quantity) -> bool:
    """每多带动1人增加2000元: what each one brings is given."""
    near = not set(",;。") & set(chars[first.end : quantity.start])
    return near and is_each(chars, first)


def _with_label(chars: str, clauses: tuple[Clause, ...], index: int) -> Clause:
    """A clause together with the label before it (补贴标准:每人2000元)."""
    clause = clauses[index]
    if index and chars[clause.start - 1] == ":":
        return Clause(clauses[index - 1].start, clause.end)
    return clause
