"""Until when verdicts stand, for a population: when a comparison with the day turns, for each value of a fact.

The day told may be early (something turns that changes nothing), never late: whoever is asked anew that day comes out
as in a full run. `rules.until` says it exactly for one person; working that out for millions would take hours.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from guiyan.engine.population.exactness import atoms
from guiyan.engine.rules.compiled import ON_DAY_VARIABLE, CompiledMeasure, CompiledVersion
from guiyan.engine.rules.core import Core, Test, Variable
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.until import ONE_DAY, dated, has_later_day, named, turns_of

LAST = dt.date.max.toordinal()


@dataclass(frozen=True)
class Validity:
    """How one measure changes with the days.

    whole: the last day on which no version or decision begins or ends. turning: comparisons of the day with one fact.
    daily: the days of some comparison can't be listed. daily_unknown: facts that while unknown call for the same.
    timed: the questions of the day's plan that another day would ask otherwise.
    """

    whole: dt.date | None
    turning: tuple[tuple[Test, Variable], ...] = ()
    daily: bool = False
    daily_unknown: frozenset[Variable] = frozenset()
    timed: frozenset[Core] = frozenset()


def validity_of(compiled: CompiledMeasure, on: dt.date) -> Validity:
    version = compiled.version_on(on)
    starts = [each.source.valid_from for each in compiled.versions if each.source.valid_from > on]
    if version is None or version.ended_on(on):
        return Validity(earliest(starts, on))
    last = version.source.valid_to
    ends = [last + ONE_DAY] if has_later_day(last) else []
    asking = [test for test in version.tests if ON_DAY_VARIABLE in named(test)]
    single = [(test, facts[0]) for test in asking if len(facts := other_facts(test)) == 1 and once(test)]
    constant = [dt.date.fromordinal(turn) for test in asking if not other_facts(test) for turn in days_of(test, {})]
    return Validity(
        whole=earliest([*starts, *ends, *dated(version), *constant], on),
        turning=tuple(single),
        daily=any(other_facts(test) and (test, other_facts(test)[0]) not in single for test in asking),
        daily_unknown=frozenset(shared(version) & {variable for _, variable in single}),
        timed=frozenset(atom for test in asking for atom in atoms(fixed_on(test, ON_DAY_VARIABLE, on.toordinal()))),
    )


def earliest(days: Iterable[dt.date], on: dt.date) -> dt.date | None:
    """The day before the first of these that is still to come."""
    coming = [day for day in days if day > on]
    return min(coming) - ONE_DAY if coming else None


def other_facts(test: Test) -> list[Variable]:
    return [variable for variable in named(test) if variable != ON_DAY_VARIABLE]


def once(test: Test) -> bool:
    return named(test).count(ON_DAY_VARIABLE) == 1


def shared(version: CompiledVersion) -> set[Variable]:
    """Facts that stand in several comparisons: unknown, they may be squeezed between them from some day on."""
    places = Counter(variable for test in version.tests for variable in dict.fromkeys(other_facts(test)))
    return {variable for variable, count in places.items() if count > 1}


def days_of(test: Test, known: dict[Variable, int | str | bool]) -> Iterable[int]:
    return (turn for turn in turns_of(test, known) if turn <= LAST) if once(test) else ()


def stand_until(test: Test, variable: Variable, values: pl.Series, on: dt.date) -> pl.DataFrame:
    """value (as rules compare it) → until: the last day on which the comparison comes out as it does on this one."""
    found: list[dt.date | None] = []
    for value in values:
        coming = [turn for turn in days_of(test, {variable: value}) if turn > on.toordinal()]
        found.append(dt.date.fromordinal(min(coming) - 1) if coming else None)
    return pl.DataFrame({"value": values, "until": pl.Series(found, dtype=pl.Date)})
