"""What was reported and locked, as figures of places: only what is locked counts, and what is not says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guiyan.insights.figures import NOTHING, Figure, quotient
from guiyan.plans.models import Indicator, ReportedFigure
from guiyan.plans.queries.reported import reported_rows

NOT_LOCKED, NOT_REPORTED = "未锁定", "未填报"


@dataclass(frozen=True, slots=True)
class Told:
    """The figure of one place that counts, up to which day; open: how many figures of the newest period are not locked,
    of `asked`."""

    figure: Figure
    until: date | None
    open: int
    asked: int
    is_filled: bool

    @property
    def words(self) -> str:
        """Why there is no figure: 未锁定（6个县里2个已锁定）, 未填报; empty where one counts."""
        if self.until is not None:
            return self.figure.why
        if not self.is_filled:
            return NOT_REPORTED
        done = f"（{self.asked}个县里{self.asked - self.open}个已锁定）" if self.asked > 1 else ""
        return f"{NOT_LOCKED}{done}"


UNTOLD = Told(NOTHING, None, 0, 0, False)


class Reported:
    """Everything that was asked for of some indicators up to a day, read once."""

    def __init__(self, live: Sequence[Indicator], day: date, city: int) -> None:
        self.day, self.city = day, city
        self.rows: Mapping[int, list[ReportedFigure]] = defaultdict(list)
        reported = [x for x in live if x.definition and not x.is_computed]
        for row in reported_rows(reported, day) if reported else []:
            self.rows[row.indicator_id].append(row)

    def at(self, indicator: Indicator, place: int, year: int | None = None) -> Told:
        """What counts for a place in a year (this one); for the city the sum of its counties where those report."""
        of_year = [x for x in self.rows.get(indicator.id, ()) if x.period_end.year == (year or self.day.year)]
        rows = [x for x in of_year if x.place == place]
        if not rows and place == self.city:
            rows = of_year
        if not rows:
            return UNTOLD
        by_period = _by_period(rows)
        newest = by_period[max(by_period)]
        whole = [end for end, found in by_period.items() if all(x.state == "locked" for x in found)]
        left = sum(x.state != "locked" for x in newest)
        filled = any(x.state != "open" for x in newest)
        if not whole:
            return Told(NOTHING, None, left, len(newest), filled)
        return Told(_sum(indicator, by_period[max(whole)]), max(whole), left, len(newest), filled)

    def counties(self, indicator: Indicator, places: Iterable[int]) -> dict[int, Told]:
        return {place: self.at(indicator, place) for place in places}


def _by_period(rows: Iterable[ReportedFigure]) -> dict[date, list[ReportedFigure]]:
    found: dict[date, list[ReportedFigure]] = defaultdict(list)
    for row in rows:
        found[row.period_end].append(row)
    return found


def _sum(indicator: Indicator, rows: Sequence[ReportedFigure]) -> Figure:
    """Of several counties: totals add up, and so do what shares are divided from."""
    if not indicator.is_quotient:
        return Figure(sum((x.value for x in rows if x.value is not None), Decimal(0)))
    above = sum((x.above or Decimal(0) for x in rows), Decimal(0))
    below = sum((x.below or Decimal(0) for x in rows), Decimal(0))
    return quotient(indicator.kind, above, below)
