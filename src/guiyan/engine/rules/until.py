"""`valid_until`: the last day on which verdict, missing facts and amount stay as they are if no fact changes.

A passing day changes a verdict only where a comparison that asks the day turns, where a version or a decision begins or
ends, or where the measure runs out. Those days are worked out and tried in their order; the first that differs ends
the validity on the day before. A comparison turns on the day its two sides meet: for a fact that is known, one day;
for one that is unknown, one day for every value at which something else about it turns.

Exact as long as each comparison names the day once, beside at most one unknown fact, and an unknown fact, with those
it is compared with, is set against the day in one way only. Otherwise the answer is the day asked, so that the verdict
is taken anew each day: too early, never too late. What lies more than 150 years ahead counts as never.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeGuard

from guiyan.engine.rules.catalogue import Value
from guiyan.engine.rules.closures import reading
from guiyan.engine.rules.compiled import ON_DAY_VARIABLE, CompiledMeasure, CompiledVersion
from guiyan.engine.rules.core import All, AnyOf, Computed, Known, Term, Test, Variable, term_variables
from guiyan.engine.rules.cutoffs import Monotone
from guiyan.engine.rules.dates import LAST_DAY, years_after
from guiyan.engine.rules.exact import Free, outlook
from guiyan.engine.rules.knowing import values_of
from guiyan.engine.rules.model import Verdict
from guiyan.engine.rules.paid import Paid, overall, paid
from guiyan.engine.rules.stretches import Stretches

HORIZON_YEARS = 150
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """What a verdict says on one day, as far as it is compared with other days."""

    verdict: Verdict
    missing: frozenset[str]
    sums: Paid

    @classmethod
    def of(cls, verdict: Verdict, missing: frozenset[str], sums: Paid) -> Standing:
        """Beside a “no” nothing about the amount is asked."""
        asked = sums.missing if verdict in ("yes", "unknown") else frozenset[str]()
        return cls(verdict, missing, replace(sums, missing=asked, label=""))


def valid_until(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date, today: Standing) -> dt.date | None:
    """None where it never changes. `today`: how it stands on `on`."""
    day = on
    while True:
        try:
            turns = sorted(turning_days(compiled, values, day))
        except NotTold:
            return day
        start = next((each.source.valid_from for each in compiled.versions if each.source.valid_from > day), None)
        for turn in turns:
            if standing(compiled, values, turn) != today:
                return turn - ONE_DAY
        if start is None:
            return None
        day = start


def standing(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date) -> Standing:
    """As `screen_one` says it, without preparing the rules for that day."""
    version = compiled.version_on(on)
    if version is None:
        return Standing.of("no", frozenset(), overall(compiled.versions[0].amounts))
    if version.ended_on(on):
        return Standing.of("expired", frozenset(), overall(version.amounts))
    known = {**values_of(version.asks, values), ON_DAY_VARIABLE: on.toordinal()}
    amounts = replace(version.amounts, ceilings=tuple(each for each in version.amounts.ceilings if each.stands_on(on)))
    found = outlook(All(tuple(one.core for one in version.conditions if one.stands_on(on))), known)
    verdict: Verdict = "unknown" if found.decided is None else "yes" if found.decided else "no"
    return Standing.of(verdict, frozenset(variable.fact for variable in found.matter), paid(amounts, known))


class NotTold(Exception):
    """The days on which something may turn can't be listed."""


def turning_days(compiled: CompiledMeasure, values: Mapping[str, Value], day: dt.date) -> set[dt.date]:
    """Days after `day` on which something may change, up to the start of the next version. Raises NotTold."""
    version = compiled.version_on(day)
    starts = [each.source.valid_from for each in compiled.versions if each.source.valid_from > day][:1]
    if version is None or version.ended_on(day):
        return set(starts)
    last = years_after(day.toordinal(), HORIZON_YEARS)
    ends = starts + ([version.source.valid_to + ONE_DAY] if has_later_day(version.source.valid_to) else [])
    found = (*dated(version), *turns(version, values, day), *ends)
    return {each for each in found if each > day and each.toordinal() <= last and all(each <= end for end in ends)}


def has_later_day(last: dt.date | None) -> TypeGuard[dt.date]:
    return last is not None and last < dt.date.max


def dated(version: CompiledVersion) -> Iterator[dt.date]:
    """The first days of decisions, and the first days without them."""
    stretches = [(one.valid_from, one.valid_to) for one in version.conditions]
    for first, last in (*stretches, *((one.valid_from, one.valid_to) for one in version.amounts.ceilings)):
        if first is not None:
            yield first
        if has_later_day(last):
            yield last + ONE_DAY


def turns(version: CompiledVersion, values: Mapping[str, Value], day: dt.date) -> Iterator[dt.date]:
    asking = [test for test in version.tests if ON_DAY_VARIABLE in named(test)]
    if not asking:
        return
    known = values_of(version.asks, values)
    free = Free({**known, ON_DAY_VARIABLE: day.toordinal()})
    others = [test for test in version.tests if test not in asking and free.can_be_stretched(test)]
    stretches = Stretches(known, AnyOf(tuple(others)))
    ways: dict[Variable, object] = {}
    for test in asking:
        if not free.can_be_stretched(test):
            continue  # taken as free to be true or false, whatever the day
        for given in givens(test, known, stretches, ways):
            yield from (dt.date.fromordinal(turn) for turn in turns_of(test, given) if turn <= LAST_DAY)


def givens(test: Test, known: Known, stretches: Stretches, ways: dict[Variable, object]) -> Iterator[Known]:
    """What is known, with every value worth trying for the one fact of the comparison that is not."""
    if named(test).count(ON_DAY_VARIABLE) != 1:
        raise NotTold
    unknown = [variable for variable in named(test) if variable not in known and variable != ON_DAY_VARIABLE]
    if not unknown:
        yield known
        return
    if len(unknown) > 1:
        raise NotTold
    (fact,) = unknown
    way = way_of(test, fact)
    for each in stretches.links.get(fact, {fact}):
        if ways.setdefault(each, way) != way:
            raise NotTold
    values = stretches.values(fact) if fact in stretches.links else stretches.ends(fact)
    yield from ({**known, fact: value} for value in values)


def named(test: Test) -> list[Variable]:
    return [*term_variables(test.left), *term_variables(test.right)]


def way_of(test: Test, fact: Variable) -> tuple[Term | str, ...]:
    """How a fact is set against the day: the sides that name either, whatever the limit.

    A date worked out of a fact skips days (no date is two years before 29 February), so that on some days none is
    equal: beside such a date only one of the cuts before and after the day can be told.
    """
    sides = tuple(side for side in (test.left, test.right) if {fact, ON_DAY_VARIABLE} & set(term_variables(side)))
    if not any(isinstance(side, Computed) and ON_DAY_VARIABLE not in term_variables(side) for side in sides):
        return sides
    if test.op in ("=", "<>"):
        raise NotTold
    return (*sides, "before" if test.op in ("<", ">=") else "after")


def turns_of(test: Test, known: Known) -> tuple[int, int]:
    """The days on which the comparison may turn, all else being known; past the calendar where it never does."""
    return turns_at(test, tuple((each, known[each]) for each in named(test) if each != ON_DAY_VARIABLE))


@lru_cache(maxsize=20_000)
def turns_at(test: Test, given: tuple[tuple[Variable, int | str | bool], ...]) -> tuple[int, int]:
    known = dict(given)
    on_the_left = ON_DAY_VARIABLE in set(term_variables(test.left))
    own, other = (test.left, test.right) if on_the_left else (test.right, test.left)
    limit = reading(other)(known)
    assert isinstance(limit, int)
    term = Monotone(own, ON_DAY_VARIABLE, known)
    return term.turn(limit), term.turn(limit + 1)
