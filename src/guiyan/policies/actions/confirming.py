"""Confirming measures: the declared rule beside the words of the document."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.packs.amounts import declared_amounts_yuan
from guiyan.policies import states
from guiyan.policies.models import MeasureConfirmation, RuleProposal


@transaction.atomic
def confirm_measure(
    actor: Actor,
    *,
    measure_id: str,
    document_id: int,
    document_title: str,
    section: str,
    quote: str,
    item_id: int,
    read_amount_yuan: Decimal | None,
    region: int,
) -> MeasureConfirmation:
    """Put a declared measure in force on the words of a document.

    read_amount_yuan: the amount as confirmed in the document. Refused when the pack has another: one is wrong.
    """
    require(actor, "measure.confirm")
    measure = releases.current().measures.get(measure_id)
    if measure is None:
        raise Refused("城市包里没有这项措施，请先由实施人员写好规则。", "measure")
    declared = declared_amounts_yuan(measure)
    if declared and read_amount_yuan is not None and read_amount_yuan not in declared:
        said = "、".join(f"{x:,f}元" for x in sorted(declared))
        raise Refused(f"文件写的是{read_amount_yuan:,f}元，城市包里是{said}。请先核对哪一个写错了。", "amount")
    return put_measure_in_force(
        actor,
        measure_id=measure_id,
        document_id=document_id,
        document_title=document_title,
        section=section,
        quote=quote,
        item_id=item_id,
        region=region,
    )


def put_measure_in_force(
    actor: Actor,
    *,
    measure_id: str,
    document_id: int,
    document_title: str,
    section: str,
    quote: str,
    item_id: int | None,
    region: int,
) -> MeasureConfirmation:
    """What follows from an officer's yes, whichever it was: the callers have asked whether it may be given."""
    confirmation, new = MeasureConfirmation.objects.get_or_create(
        measure_id=measure_id,
        region=region,
        ended_at=None,
        defaults={
            "document_id": document_id,
            "document_title": document_title,
            "section": section,
            "quote": quote,
            "item_id": item_id,
            "release": releases.current_id(),
            "confirmed_by": actor.user_id,
            "confirmed_by_name": actor.label,
            "confirmed_at": calendar.now(),
        },
    )
    if new:
        detail: dict[str, audit.Value] = {"item": item_id} if item_id is not None else {}
        audit.record(actor, "measure.confirm", f"measure:{measure_id}", region=region, detail=detail)
        publish("measure.confirmed", measure_id=measure_id, confirmation_id=confirmation.id)
    return confirmation


@transaction.atomic
def end_confirmations(actor: Actor, *, document_id: int) -> int:
    """Take the measures of a document out of force; returns how many. What is drafted on its words must look anew."""
    drafted = RuleProposal.objects.filter(document_id=document_id, state__in=states.OPEN, document_ended_at=None)
    drafted.update(document_ended_at=calendar.now())
    rows = MeasureConfirmation.objects.select_for_update().filter(document_id=document_id, ended_at=None)
    ended = [row.id for row in rows]
    MeasureConfirmation.objects.filter(id__in=ended).update(ended_at=calendar.now())
    for row in ended:
        audit.record(actor, "measure.end", f"measure_confirmation:{row}")
    return len(ended)
