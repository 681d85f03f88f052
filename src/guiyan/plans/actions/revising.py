"""A revised document: against which one it is held, what is decided of each change, and its publication.

What did not change is settled with the reading; every other change waits for an officer. Publishing carries the live
rows over (`carrying`), puts the revised document in force and the old one out of it, in one transaction.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans.actions.carrying import carry_over
from guiyan.plans.actions.ending import supersede_document
from guiyan.plans.actions.inheriting import inherit_fields, inherit_readings
from guiyan.plans.actions.publishing import put_in_force
from guiyan.plans.actions.reviewing import reviewable, stamp
from guiyan.plans.models import Document, RevisionDecision
from guiyan.plans.revisions import LEFT_OUT, Change, changes_of

DECISIONS = ("accepted", "kept")


@transaction.atomic
def start_revision(actor: Actor, *, document: Document, revises: Document) -> Document:
    """Say that a document under review revises one in force, and settle what is the same in both.

    What an officer corrected, dropped or added in the old one holds for the same words in the new. Saying it twice
    changes nothing; another document than before begins anew.
    """
    current = reviewable(actor, document.id)
    old = Document.objects.get(id=revises.id)
    require(actor, "document.publish", old)
    if current.id == old.id:
        raise Refused("文件不能修订它自己，请选另一份。", "itself")
    _refuse_ended(old)
    if current.revises_id == old.id:
        return current
    RevisionDecision.objects.filter(document=current).delete()
    current.revises = old
    current.save(update_fields=["revises"])
    inherit_readings(actor, current, old)
    inherit_fields(changes_of(current))
    settled = _settle_same(actor, current)
    detail = {"revises": old.id, "settled": settled}
    audit.record(actor, "revision.start", f"document:{current.id}", region=current.region, detail=detail)
    return current


def _refuse_ended(old: Document) -> None:
    if old.state == "superseded" and old.superseded_by is not None:
        raise Refused(
            f"{old.dated}已经由{old.superseded_by.dated}替代。请改为和后一份对照，原来定过的要重新定。",
            "superseded",
        )
    if old.state != "in_force":
        raise Refused(f"{old.dated}不在执行中，不能再修订它。", "not-in-force")


def _settle_same(actor: Actor, document: Document) -> int:
    """Confirm the open readings that say what is in force already; a pair keeps its rule or 口径."""
    settled = 0
    for change in changes_of(document):
        if change.old is None or change.new is None:
            continue
        item, before = change.new.item, change.old.item
        if not item.links_to and before.links_to:
            item.links_to = before.links_to
            item.save(update_fields=["links_to"])
        if change.verdict == "same" and item.is_open:
            item.decision, item.note = "confirmed", "和原文件相同"
            stamp(actor, item)
            settled += 1
    return settled


@transaction.atomic
def leave_revision(actor: Actor, *, document: Document) -> Document:
    """Take it back that a document revises another; what was left out because of that is asked again."""
    current = reviewable(actor, document.id)
    if current.revises_id is None:
        return current
    kept = RevisionDecision.objects.filter(document=current, decision="kept").exclude(new_item=None)
    left = list(current.items.filter(decision="dropped", id__in=kept.values("new_item_id")))
    left += list(current.items.filter(decision="dropped", note=LEFT_OUT).exclude(id__in=[x.id for x in left]))
    for item in left:
        item.decision, item.note = "", ""
        stamp(actor, item)
    RevisionDecision.objects.filter(document=current).delete()
    current.revises = None
    current.save(update_fields=["revises"])
    audit.record(actor, "revision.leave", f"document:{current.id}", region=current.region)
    return current


@transaction.atomic
def decide_change(
    actor: Actor, *, document: Document, key: str, mark: str, seen: str, decision: str, reason: str = ""
) -> Change:
    """Take one change over, keep the old instead, or (`decision` empty) take that back.

    key, mark, seen: the change, the clauses and the decision as the officer saw them. Deciding the same twice changes
    nothing; whoever looks at something else by now is told. Ending what the new document leaves out needs a reason.
    """
    current = reviewable(actor, document.id)
    change = next((x for x in changes_of(current) if x.key == key), None)
    if change is None or change.difference.mark != mark:
        raise Refused("这一处刚才变了（可能在另一个窗口改过读数）。请看最新的对照再定。", "stale")
    if decision not in ("", *DECISIONS):
        raise Refused("请选“采用新的”或者“沿用旧的”。", "decision")
    if change.decided == decision:
        return change
    if change.decided != seen:
        who = change.decision.decided_by if change.decision else "别人"
        raise Refused(f"这一处刚刚由{who}定过。请看最新的对照再定。", "stale")
    if change.new is None and decision == "accepted" and not reason.strip():
        raise Refused("请写明为什么终止，例如“新文件第三条不再安排”。", "reason")
    _keep_decision(actor, current, change, decision, reason)
    _keep_reading(actor, change, decision)
    action = {"accepted": "revision.accept", "kept": "revision.keep"}.get(decision, "revision.reopen")
    side = change.new or change.old
    assert side is not None
    audit.record(
        actor,
        action,
        f"review_item:{side.item.id}",
        region=current.region,
        detail={"document": current.id, "verdict": change.verdict},
    )
    return next(x for x in changes_of(current) if x.key == key)


def _keep_decision(actor: Actor, document: Document, change: Change, decision: str, reason: str) -> None:
    """Of what has an old side; what is new is settled with its reading alone."""
    if change.old is None:
        return
    RevisionDecision.objects.update_or_create(
        document=document,
        old_item=change.old.item,
        defaults={
            "new_item": change.new.item if change.new else None,
            "verdict": change.verdict,
            "mark": change.difference.mark,
            "decision": decision,
            "reason": reason.strip()[:300],
            "decided_by": actor.label,
            "decided_at": calendar.now(),
            "region": document.region,
            "unit_id": document.unit_id,
        },
    )


def _keep_reading(actor: Actor, change: Change, decision: str) -> None:
    """The reading follows: taken over it is confirmed, with the old kept it makes nothing."""
    if change.new is None:
        return
    item = change.new.item
    item.decision = {"accepted": "confirmed", "kept": "dropped"}.get(decision, "")
    item.note = LEFT_OUT if decision == "kept" else ""
    stamp(actor, item)


@transaction.atomic
def publish_revision(actor: Actor, *, document: Document, since: date) -> Document:
    """Put a revised document in force in the place of the one it revises; a second click finds it done.

    Live tasks and indicators keep their identity, and with it splits, figures, instructions, orders and history.
    Whoever calls ends the measures of the old one and confirms them on the new words (`policies`).
    Raises Refused while a change is undecided, a unit unknown, or the old document no longer in force.
    """
    found = Document.objects.select_for_update().filter(id__in=[document.id, document.revises_id]).order_by("id")
    rows = {row.id: row for row in found}
    current = rows[document.id]
    require(actor, "document.publish", current)
    old = rows.get(current.revises_id or 0)
    if old is None:
        raise Refused("请先选定它修订哪一份文件。", "revises")
    if current.state == "in_force" and old.superseded_by_id == current.id:
        return current
    require(actor, "document.publish", old)
    _refuse_ended(old)
    changes = changes_of(current)
    waiting = sum(not change.decided for change in changes)
    if waiting:
        raise Refused(f"还有{waiting}处改动没有定，全部定了才能发布。", "undecided")
    current = put_in_force(actor, current)
    carried = carry_over(actor, current, old, changes, since)
    reason = f"由{current.dated}修订替代"
    supersede_document(actor, document=old, by=current, since=since, reason=reason[:300])
    audit.record(actor, "revision.publish", f"document:{current.id}", region=current.region, detail=carried)
    return current
