"""Remarks on a case, and what calls one's attention. For officers; an officer's own affair shows none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from guiyan.accounts.permissions import decide, visible
from guiyan.cases import receivers_of_work as work
from guiyan.cases.models import Case, Mention, Remark
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound

MOST = 100
WITHIN_HOURS = 24


@dataclass(frozen=True)
class RemarkRow:
    """One remark as its case shows it. names: who was mentioned and whether they have read it."""

    remark: Remark
    names: Sequence[tuple[str, bool]]
    may_withdraw: bool


def may_remark(actor: Actor, case: Case) -> bool:
    """Read and write remarks: whoever handles or looks after the case, never whom it concerns."""
    return decide(actor, "case.remark", case).allowed and case.subject_id not in actor.concerned_ids


def remarks_of(actor: Actor, case: Case) -> list[RemarkRow]:
    """All of a case, the oldest first. Two queries."""
    if not may_remark(actor, case):
        return []
    now = calendar.now()
    return [
        RemarkRow(
            row,
            [(one.user_label, one.read_at is not None) for one in row.mentions.all()],
            row.by_id == actor.user_id
            and row.withdrawn_at is None
            and (now - row.at).total_seconds() <= WITHIN_HOURS * 3600,
        )
        for row in Remark.objects.filter(case=case).prefetch_related("mentions").order_by("id")
    ]


def colleagues_for(actor: Actor, case: Case) -> list[work.Receiver]:
    """Who may be mentioned."""
    return work.for_remark(case, actor) if may_remark(actor, case) else []


def waits_for(actor: Actor, case: Case) -> bool:
    """Whether a remark of this case waits to be read by the actor."""
    return Mention.objects.filter(remark__case=case, user_id__in=actor.persons, read_at=None).exists()


def mentions_of(actor: Actor) -> QuerySet[Mention]:
    """What mentions the actor, of cases that may still be opened; the newest first."""
    rows = Mention.objects.filter(user_id__in=actor.persons, remark__withdrawn_at=None)
    mine = rows.filter(remark__case__in=visible(actor, "case.remark", Case.objects.all()).values("pk"))
    return mine.select_related("remark__case").order_by("-id")


def unread_mentions(actor: Actor) -> int:
    """How many wait to be read, for the bell; counted to 99."""
    return mentions_of(actor).filter(read_at=None).order_by()[:99].count()


def mention_by_id(actor: Actor, mention_id: int) -> Mention:
    found = mentions_of(actor).filter(pk=mention_id).first()
    if found is None:
        raise NotFound("没有找到这条备注：可能已经撤回，或者您打不开这件了。")
    return found


def remark_by_id(actor: Actor, case: Case, remark_id: int) -> Remark:
    found = Remark.objects.filter(pk=remark_id, case=case).first() if may_remark(actor, case) else None
    if found is None:
        raise NotFound("没有找到这条备注。")
    return found
