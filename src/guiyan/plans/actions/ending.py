"""The end of a document: another takes its place, or its term is over. What was promised and done stays."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.plans.models import Document


@transaction.atomic
def supersede_document(actor: Actor, *, document: Document, by: Document, since: date, reason: str) -> Document:
    """Put `by` in the place of `document`: its tasks and indicators leave the lists of today, their progress is kept.

    since: from when the other one counts; not in the future. Whoever calls ends the measures (`policies`).
    Raises Refused unless both are in force.
    """
    current, successor = _both(document, by)
    require(actor, "document.publish", current)
    require(actor, "document.publish", successor)
    if current.id == successor.id:
        raise Refused("文件不能替代它自己，请选另一份。", "itself")
    if successor.state != "in_force":
        raise Refused(f"{successor.quoted}还没有发布，不能替代别的文件。请先发布它。", "successor")
    if since > calendar.today():
        raise Refused("替代日期还没有到。请到那一天再办，或者填今天及以前的日期。", "future")
    if current.issued_on is not None and since < current.issued_on:
        raise Refused("替代日期早于这份文件的发文日期，请核对。", "too-early")
    current = workflow.advance(current, "supersede", actor=actor, reason=reason)
    current.superseded_by, current.ended_on = successor, since
    current.save(update_fields=["superseded_by", "ended_on"])
    audit.record(
        actor,
        "document.supersede",
        f"document:{current.id}",
        region=current.region,
        detail={"by": successor.id, "since": since.isoformat()},
    )
    return current


def _both(document: Document, by: Document) -> tuple[Document, Document]:
    """Both rows locked, in the order of their ids."""
    found = Document.objects.select_for_update().filter(id__in=[document.id, by.id]).order_by("id")
    rows = {row.id: row for row in found}
    return rows[document.id], rows[by.id]


@transaction.atomic
def expire_document(actor: Actor, *, document: Document) -> Document:
    """Close a document whose last day is over; `policies` hears of it and ends its measures."""
    current = Document.objects.select_for_update().get(id=document.id)
    if current.valid_until is None or current.valid_until >= calendar.today():
        raise Refused("这份文件还没有到期。", "not-over")
    current = workflow.advance(current, "expire", actor=actor)
    current.ended_on = current.valid_until
    current.save(update_fields=["ended_on"])
    audit.record(actor, "document.expire", f"document:{current.id}", region=current.region)
    publish("document.expired", document_id=current.id)
    return current
