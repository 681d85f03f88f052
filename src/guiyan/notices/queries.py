"""What is public now, and what the office that published it handles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime

from guiyan.accounts.permissions import visible
from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.notices.models import Notice, NoticeRow, Objection

DONE = (states.PAID, states.RECOGNISED)
SETTLED = (*DONE, states.CLOSED)
OPEN = Q(objections__state__in=("filed", "investigating"))


def published(region: tuple[int, int] | None = None) -> QuerySet[Notice]:
    """Public notices, newest first."""
    rows = Notice.objects.filter(is_public=True)
    if region is not None:
        rows = rows.filter(region__gte=region[0], region__lt=region[1])
    return rows.order_by("-published_on", "-id")


def notice_by_number(number: str) -> Notice:
    """A public notice; one that was taken down is not found."""
    found = Notice.objects.filter(number=number, is_public=True).first()
    if found is None:
        raise NotFound("没有这份公示，或者展示期已满。")
    return found


def rows_of(notice: Notice) -> QuerySet[NoticeRow]:
    """The lines of a notice in order."""
    return notice.rows.order_by("line_no")


def number_for(case: Case) -> str | None:
    """The number of the public notice a case stands in."""
    row = NoticeRow.objects.filter(case=case, is_public=True).select_related("notice").order_by("-id").first()
    return row.notice.number if row else None


@dataclass(frozen=True)
class Settled:
    """The lines of a notice that were paid or recognised: which, how much together, and the last day of it."""

    lines: frozenset[int] = frozenset()
    total_fen: int = 0
    last_on: date | None = None


def settled(notices: Iterable[Notice]) -> dict[int, Settled]:
    """Notice -> what came of it; notices of which nothing did are left out. Only so much of the cases is public."""
    with entered(Scope.system()):
        rows = list(NoticeRow.objects.filter(notice__in=list(notices), case__state__in=SETTLED).order_by("line_no"))
        steps = WorkflowLog.objects.filter(object_type=Case.flow_object, object_id__in=[row.case_id for row in rows])
        days = {
            case_id: localtime(at).date()
            for case_id, at in steps.filter(to_state__in=DONE).order_by("id").values_list("object_id", "at")
        }
    found: dict[int, list[NoticeRow]] = {}
    for row in rows:
        found.setdefault(row.notice_id, []).append(row)
    return {
        notice_id: Settled(
            lines=frozenset(row.line_no for row in lines),
            total_fen=sum(row.amount_fen for row in lines),
            last_on=max((days[row.case_id] for row in lines if row.case_id in days), default=None),
        )
        for notice_id, lines in found.items()
    }


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Notices of the actor's area, newest first, with how many objections wait."""
    rows = visible(actor, "notice.view", Notice.objects.all(), region="region", unit="unit_id")
    return rows.annotate(waiting=Count("objections", filter=OPEN)).order_by("-id")


def objections_for(actor: Actor) -> QuerySet[Objection]:
    rows = visible(actor, "notice.view", Objection.objects.all(), region="region", unit="unit_id")
    return rows.select_related("notice", "row").order_by("-id")


def objection_by_number(actor: Actor, number: str) -> Objection:
    found = objections_for(actor).filter(number=number).first()
    if found is None:
        raise NotFound("没有这件异议，或者不在您的管辖范围。")
    return found


def objections_to_decide(actor: Actor) -> QuerySet[Objection]:
    """Those that wait for the actor's decision, the oldest first."""
    rows = visible(actor, "notice.handle", Objection.objects.all(), region="region", unit="unit_id")
    return rows.filter(state__in=("filed", "investigating")).select_related("notice", "row").order_by("id")


def waiting_objections(actor: Actor) -> int:
    """How many objections wait for a decision, up to 99."""
    return objections_to_decide(actor)[:99].count()
