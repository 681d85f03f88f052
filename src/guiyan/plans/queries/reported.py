"""Reported figures: what waits for whom, what is late, and what is locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.plans.models import FigureEntry, Indicator, ReportedFigure

STATES = {"open": "待填报", "filled": "待审核", "checked": "待锁定", "locked": "已锁定"}
STEPS = (
    ("open", "figure.fill", "unit_id"),
    ("filled", "figure.check", "unit_id"),
    ("checked", "figure.lock", "locker_id"),
)


def figures_for(actor: Actor) -> QuerySet[ReportedFigure]:
    """Reported figures of the actor's own area, the latest period first."""
    rows = ReportedFigure.objects.select_related("indicator", "indicator__document")
    shown = visible(actor, "indicator.view", rows, unit=None)
    return shown.order_by("-period_end", "indicator__document_id", "indicator_id", "place")


def figure_by_id(actor: Actor, figure_id: int) -> ReportedFigure:
    found = figures_for(actor).filter(id=figure_id).first()
    if found is None:
        raise NotFound("没有这条填报，或者不在您的管理范围。")
    return found


def entries_of(figure: ReportedFigure) -> list[FigureEntry]:
    """Every value that was given, the newest first."""
    return list(figure.entries.order_by("-number"))


def units_of(actor: Actor, permission: str) -> list[int]:
    """The units in which a post of the actor holds a permission."""
    return [g.unit_id for g in actor.grants if permission in g.permissions and g.unit_id is not None]


def waiting_for(actor: Actor) -> QuerySet[ReportedFigure]:
    """What the actor may fill, check or lock now, the most urgent first."""
    mine = Q(pk__in=())
    for state, permission, unit in STEPS:
        mine |= Q(state=state, **{f"{unit}__in": units_of(actor, permission)})
    return figures_for(actor).filter(mine).order_by("due_on", "id")


def late(rows: QuerySet[ReportedFigure], day: date) -> QuerySet[ReportedFigure]:
    """Those not locked although they were due before a day."""
    return rows.filter(due_on__lt=day).exclude(state="locked")


def reported_rows(live: Sequence[Indicator], day: date) -> list[ReportedFigure]:
    """What was asked for since the first of last year, in the scope entered, in one query."""
    rows = ReportedFigure.objects.filter(
        indicator__in=live, period_end__gte=date(day.year - 1, 1, 1), period_end__lte=day
    )
    return list(rows.order_by("indicator_id", "period_end", "place"))


def figures_by_ids(numbers: Iterable[int]) -> QuerySet[ReportedFigure]:
    """These reports, in the scope entered, the one due first at the top."""
    rows = ReportedFigure.objects.select_related("indicator").filter(id__in=numbers)
    return rows.order_by("due_on", "indicator_id", "id")


def late_figures(day: date) -> QuerySet[ReportedFigure]:
    """Reports that their own unit has not filled or checked in time, of the documents in force."""
    rows = ReportedFigure.objects.select_related("indicator").filter(state__in=("open", "filled"), due_on__lt=day)
    return rows.filter(indicator__document__state="in_force").order_by("id")
