"""How many people of the last snapshot a rule would fit, by county: at once, while somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from guiyan.engine.population import plan_of
from guiyan.engine.population.asking import missing_facts
from guiyan.engine.population.whatif import compare
from guiyan.engine.rules import CompiledMeasure
from guiyan.insights.snapshot.kept import COUNTY, fits, latest, open_kept
from guiyan.kernel import releases
from guiyan.kernel.regions import Interval


@dataclass(frozen=True)
class CountyCount:
    """county: its code, the city's for who lies in none. fen: at most, of those whom it fits.

    came, left: whom it fits and the measure beside it does not, and the other way round.
    """

    county: int
    yes: int
    unknown: int
    fen: int
    came: int = 0
    left: int = 0
    yes_before: int = 0
    fen_before: int = 0


@dataclass(frozen=True)
class RuleCount:
    """states_money: whether the measure names a sum at all. missing: (fact, of how many undecided it is wanting)."""

    as_of: datetime
    subjects: int
    rows: tuple[CountyCount, ...]
    missing: tuple[tuple[str, int], ...]
    states_money: bool

    @property
    def total(self) -> CountyCount:
        sums = ("yes", "unknown", "fen", "came", "left", "yes_before", "fen_before")
        return CountyCount(0, **{name: sum(getattr(row, name) for row in self.rows) for name in sums})


def count_rule(
    measure: CompiledMeasure, on: date, within: Interval | None = None, before: CompiledMeasure | None = None
) -> RuleCount | None:
    """None where there is no snapshot of this kind of subject, or none of a county that lies in `within`.

    on: the day that the rule is read on, by the version of that day. before: the measure to compare with, on that day.
    """
    pack = releases.current()
    kept = latest(pack, measure.measure.kind)
    file = open_kept(kept, pack, within) if kept is not None else None
    if kept is None or file is None:
        return None
    plan, other = plan_of([measure], on), plan_of([before] if before is not None else [], on)
    found = compare(other, plan, file, {COUNTY: pl.col(COUNTY)})[COUNTY]
    return RuleCount(
        as_of=kept.as_of,
        subjects=sum(rows for code, rows in kept.counties.items() if fits(code, within)),
        rows=tuple(county_count(row) for row in found.iter_rows(named=True)),
        missing=tuple(missing_facts(plan, file).get(measure.measure.id, [])),
        states_money=any(each.states_money for each in plan.measures),
    )


def county_count(row: dict[str, Any]) -> CountyCount:
    return CountyCount(
        county=int(row["group"]),
        yes=row["after_people"],
        unknown=row["after_unknown"],
        fen=row["after_fen"],
        came=row["people_in"],
        left=row["people_out"],
        yes_before=row["before_people"],
        fen_before=row["before_fen"],
    )
