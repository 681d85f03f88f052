"""Review: an officer confirms, corrects or drops what was read, beside the original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans.actions.learning import learn_name
from guiyan.plans.mentions import ensure_mentions
from guiyan.plans.models import Document, ReviewItem, UnitMention

OPEN_STATES = ("draft", "reviewing")
DECISIONS = ("confirmed", "dropped")


@transaction.atomic
def decide_item(
    actor: Actor,
    *,
    item: ReviewItem,
    decision: str,
    version: int,
    corrected: Mapping[str, Any] | None = None,
    note: str = "",
    links_to: str | None = None,
) -> ReviewItem:
    """Confirm or drop one reading, perhaps corrected.

    version: the one the officer saw; another one means that a colleague or another tab was faster, and is refused.
    """
    document = reviewable(actor, item.document_id)
    current = ReviewItem.objects.select_for_update().get(id=item.id, document=document)
    if current.version != version:
        raise Refused("这一条刚才已经被改过（可能在另一个窗口）。请看一下最新内容再确认。", "stale")
    if decision not in DECISIONS:
        raise Refused("请选择“确认”或“不采用”。", "decision")
    changed = {k: v for k, v in (corrected or {}).items() if k in current.payload and v != current.values.get(k)}
    if changed:
        current.corrected = {**current.values, **changed}
    if links_to is not None:
        current.links_to = links_to
    current.decision, current.note = decision, note
    if changed and current.kind == "task":
        names = [*changed.get("lead_units", []), *changed.get("responsible_units", [])]
        ensure_mentions(document, releases.release(document.release), names)
    stamp(actor, current)
    audit.record(
        actor,
        f"document.{decision}",
        f"review_item:{current.id}",
        region=current.region,
        detail={"number": current.number},
    )
    return current


def stamp(actor: Actor, item: ReviewItem) -> None:
    """Save a decision with who made it and when; a version further."""
    item.version += 1
    item.decided_by, item.decided_at = (actor.user_id, calendar.now()) if item.decision else (None, None)
    item.save()


def reviewable(actor: Actor, document_id: int) -> Document:
    """The document, locked and under review. Raises Refused once it is published or discarded."""
    document = Document.objects.select_for_update().get(id=document_id)
    require(actor, "document.review", document)
    if document.state not in OPEN_STATES:
        raise Refused("这份文件已经发布，不能再改核对结果。", "published")
    if document.state == "draft":
        workflow.advance(document, "start_review", actor=actor)
    return document


@transaction.atomic
def reopen_item(actor: Actor, *, item: ReviewItem) -> ReviewItem:
    """Take a decision back (撤回), before publication."""
    document = reviewable(actor, item.document_id)
    current = ReviewItem.objects.select_for_update().get(id=item.id, document=document)
    current.decision = ""
    stamp(actor, current)
    audit.record(actor, "document.reopen", f"review_item:{current.id}", region=current.region)
    return current


@transaction.atomic
def add_item(
    actor: Actor, *, document: Document, kind: str, start: int, end: int, payload: Mapping[str, Any]
) -> ReviewItem:
    """Add something the reader did not see, at its place in the text; it counts as confirmed."""
    document = reviewable(actor, document.id)
    if not 0 <= start < end <= len(document.text):
        raise Refused("请先在原文里选中这一条所在的文字。", "span")
    before = document.items.filter(start__lte=start).order_by("-start").first()
    last = document.items.order_by("-number").first()
    item = ReviewItem.objects.create(
        document=document,
        kind=kind,
        number=last.number + 1 if last else 1,
        start=start,
        end=end,
        plan=before.plan if before else "",
        section_path=before.section_path if before else [],
        payload=dict(payload),
        confidence=1.0,
        decision="confirmed",
        added_by_hand=True,
        decided_by=actor.user_id,
        decided_at=calendar.now(),
        region=document.region,
        unit_id=document.unit_id,
    )
    audit.record(actor, "document.add_item", f"review_item:{item.id}", region=item.region)
    return item


@transaction.atomic
def resolve_mention(
    actor: Actor, *, mention: UnitMention, unit_codes: list[str], is_outside: bool = False
) -> UnitMention:
    """Say which units a name stands for, or that it is no unit of this city. It is learnt for the next import."""
    document = reviewable(actor, mention.document_id)
    current = UnitMention.objects.select_for_update().get(id=mention.id)
    unknown = [code for code in unit_codes if offices.find_unit(code) is None]
    if unknown:
        raise Refused(f"没有这个单位：{'、'.join(unknown)}。", "unit")
    if not unit_codes and not is_outside:
        raise Refused(f"请选择“{current.name}”对应的单位，或者标明它不是本市单位。", "unit")
    current.unit_codes, current.is_outside = ([] if is_outside else unit_codes), is_outside
    current.decided_by = actor.user_id
    current.save()
    learn_name(actor, mention=current, document=document)
    audit.record(actor, "document.resolve_unit", f"unit_mention:{current.id}", region=current.region)
    return current
