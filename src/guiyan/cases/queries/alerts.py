"""What is late or was urged, for those who answer for it: the unit's head, the supervision office."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.cases.models import Alert
from guiyan.cases.permissions import units_with
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotFound


def alerts_for(actor: Actor) -> QuerySet[Alert]:
    """Open alerts: of the head's own unit what is late and what was urged; in the office's area what is very late."""
    rows = Alert.objects.filter(cleared_at=None).select_related("case", "unit")
    covered = Q(pk__in=())
    if holds(actor, "case.oversee"):
        covered |= Q(unit_id__in=units_with(actor, "case.oversee"), kind__in=("urge", "head"))
    if holds(actor, "case.supervise"):
        mine = visible(actor, "case.supervise", Alert.objects.filter(kind="supervision"), unit=None, subject=None)
        covered |= Q(pk__in=mine.values("pk"))
    return rows.filter(covered).order_by(F("due_on").asc(nulls_last=True), "id")


def alert_by_id(actor: Actor, alert_id: int) -> Alert:
    """One of them, also when it is over."""
    row = Alert.objects.select_related("case", "unit").filter(pk=alert_id).first()
    if row is not None:
        heads = row.kind != "supervision" and row.unit_id in units_with(actor, "case.oversee")
        office = visible(actor, "case.supervise", Alert.objects.filter(pk=row.pk), unit=None, subject=None)
        if heads or (row.kind == "supervision" and office.exists()):
            return row
    raise NotFound("没有找到这条提醒。")


def urged(numbers: Iterable[str]) -> dict[str, int]:
    """Case number → how often it was urged where it stands; one query for a whole list."""
    rows = Alert.objects.filter(case__number__in=set(numbers), kind="urge", cleared_at=None)
    return dict(rows.values_list("case__number").annotate(Count("round", distinct=True)).order_by())
