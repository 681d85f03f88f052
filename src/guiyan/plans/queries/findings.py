"""The findings over the plans in force, computed from live rows in a fixed number of queries; the words on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.accounts.models import Unit
from guiyan.kernel import releases
from guiyan.plans import findings
from guiyan.plans.findings import KINDS, Finding, Said
from guiyan.plans.models import (
    Document,
    FindingDismissal,
    Indicator,
    IndicatorValue,
    ReportedFigure,
    TargetSplit,
    Task,
)
from guiyan.plans.queries import indicators, tasks, words_of_items
from guiyan.plans.queries.revisions import changed_targets
from guiyan.plans.sharing import faults_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding, and by whom it was judged harmless while the facts are what they are."""

    finding: Finding
    dismissal: FindingDismissal | None


def findings_on(day: date) -> list[Finding]:
    """Everything found, kind by kind, in the order of the documents."""
    live = list(tasks().defer("document__text", "document__outline"))
    figures = list(indicators().defer("document__text", "document__outline"))
    units = _units({part.unit_code for task in live for part in task.units.all()})
    found = [
        *findings.same_figures(figures),
        *findings.two_leads(live),
        *findings.late_tasks(live, day),
        *findings.late_figures(figures, _with_result(figures, day), day),
        *_broken_splits(figures, day),
        *findings.ended_units(live, units, day),
        *findings.without_lead(live),
    ]
    order = list(KINDS)
    return sorted(found, key=lambda x: order.index(x.kind))


def tasks_without_lead() -> list[Task]:
    """Those that nobody leads and nobody judged to be fine so, in the order of the documents."""
    found = findings.without_lead(list(tasks().defer("document__text", "document__outline")))
    rows = [x.finding.said[0].row for x in listed(found) if x.dismissal is None]
    return [row for row in rows if isinstance(row, Task)]


def _units(codes: set[str]) -> dict[str, Unit]:
    rows = Unit.objects.filter(code__in=codes).select_related("successor")
    return {unit.code: unit for unit in rows}


def _with_result(figures: Sequence[Indicator], day: date) -> set[int]:
    """Those promised for a year now over that have a figure of that year or later."""
    years = {x.pk: year for x in figures if (year := findings.last_year_of(x)) is not None and year < day.year}
    locked = ReportedFigure.objects.filter(indicator__in=years, state="locked").values_list(
        "indicator_id", "period_end"
    )
    known = IndicatorValue.objects.filter(indicator__in=years).exclude(value=None)
    ends = [*locked, *known.values_list("indicator_id", "period_end").distinct()]
    return {pk for pk, end in ends if end.year >= years[pk]}


def _broken_splits(figures: Sequence[Indicator], day: date) -> list[Finding]:
    """Issued shares of this year and later that do not make the target of today."""
    by_id = {x.pk: x for x in figures}
    rows = TargetSplit.objects.filter(indicator__in=figures, state="issued", year__gte=day.year)
    declared, changes = releases.current().indicators, changed_targets(figures)
    found = []
    for split in rows.prefetch_related("shares").order_by("indicator_id", "year"):
        x = by_id[split.indicator_id]
        known = declared.get(x.definition)
        faults = faults_of(x, list(split.shares.all()), per_region=known is not None and known.per_region)
        if faults:
            found.append(findings.broken_split(x, split.year, faults, changes.get(x.pk)))
    return found


def listed(found: Sequence[Finding]) -> list[Listed]:
    """Each with its dismissal, if there is one of these very facts."""
    rows = FindingDismissal.objects.filter(key__in=[x.key for x in found])
    known = {(row.key, row.mark): row for row in rows}
    return [Listed(x, known.get((x.key, x.mark))) for x in found]


def words_of(found: Sequence[Finding]) -> dict[int, str]:
    """Review item id -> the words of each clause that the findings are about, as public as the plans are."""
    return words_of_items({said.row.item_id for x in found for said in x.said})


def titles_of(found: Sequence[Finding]) -> dict[int, str]:
    """Document id -> title, in the order they came."""
    ids = {document for x in found for document in x.documents}
    return dict(Document.objects.filter(id__in=ids).order_by("id").values_list("id", "title"))


__all__ = [
    "KINDS",
    "Finding",
    "Indicator",
    "Listed",
    "Said",
    "Task",
    "findings_on",
    "listed",
    "tasks_without_lead",
    "titles_of",
    "words_of",
]
