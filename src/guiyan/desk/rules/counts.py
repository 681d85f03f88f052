"""会影响多少人: the draft over the city's last facts, by county, beside the measure in force on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guiyan.engine.population import PopulationError
from guiyan.engine.rules import CompiledMeasure
from guiyan.insights.matching.counting import CountyCount, RuleCount, count_rule
from guiyan.kernel import calendar, releases
from guiyan.packs import Pack

COUNTERS = {"person": "人", "organisation": "家", "project": "个"}
MISSING_SHOWN = 5


@dataclass(frozen=True)
class Counts:
    """total: whom it fits, of whom a fact is wanting, what it costs at most, and the same of the measure in force.

    change: the difference of whom it fits, in words. bars: before and after by county.
    """

    as_of: datetime
    on: date
    counter: str
    subjects: int
    total: CountyCount
    change: str
    bars: list[dict[str, object]]
    table: list[tuple[str, CountyCount]]
    missing: list[tuple[str, int]]
    compares: bool
    states_money: bool


def counts_of(measure: CompiledMeasure | None, before: CompiledMeasure | None, on: date | None) -> Counts | None:
    """None where there are no facts to count over, or nothing to count. on: the day that the draft begins."""
    if measure is None:
        return None
    pack, day = releases.current(), max(on or calendar.today(), calendar.today())
    try:
        found = count_rule(measure, day, before=before)
    except PopulationError:
        return None  # newer facts have just taken the place of these, twice
    return None if found is None else told(found, measure, before is not None, day, pack)


def told(found: RuleCount, measure: CompiledMeasure, compares: bool, day: date, pack: Pack) -> Counts:
    counter = COUNTERS[measure.measure.kind]
    # Who lies in no county is told only where there is somebody.
    counted = (row for row in found.rows if row.county != pack.city.region or row.yes or row.unknown or row.yes_before)
    rows = sorted(counted, key=lambda row: (row.county == pack.city.region, -row.yes, row.county))
    table = [(place_name(pack, row.county), row) for row in rows]
    return Counts(
        as_of=found.as_of,
        on=day,
        counter=counter,
        subjects=found.subjects,
        total=found.total,
        change=difference(found.total.yes, found.total.yes_before, counter) if compares else "",
        bars=[bar(name, row, counter, compares) for name, row in table if is_county(pack, row) or row.yes],
        table=table,
        missing=[(label_of(pack, fact), people) for fact, people in found.missing[:MISSING_SHOWN]],
        compares=compares,
        states_money=found.states_money,
    )


def is_county(pack: Pack, row: CountyCount) -> bool:
    return row.county != pack.city.region


def difference(now: int, before: int, unit: str) -> str:
    if now == before:
        return f"和现行的一样，{before:,}{unit}"
    return f"比现行的{'多' if now > before else '少'}{abs(now - before):,}{unit}"


def bar(name: str, row: CountyCount, counter: str, compares: bool) -> dict[str, object]:
    text = f"{row.yes_before:,} → {row.yes:,}{counter}" if compares else f"{row.yes:,}{counter}"
    return {"label": name, "before": row.yes_before if compares else 0, "after": row.yes, "text": text}


def place_name(pack: Pack, code: int) -> str:
    place = pack.regions.get(code)
    if code == pack.city.region:
        return "其他"
    return place.short_name if place is not None else str(code)


def label_of(pack: Pack, name: str) -> str:
    fact = pack.facts.get(name)
    return fact.label if fact is not None else name
