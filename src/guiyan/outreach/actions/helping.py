"""What the helper and the office do: record the first contact, give another helper."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.engagements import actions as engagements
from guiyan.engagements.queries import ServiceRecord
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.outreach import states
from guiyan.outreach.actions.following import helped_by
from guiyan.outreach.models import Arrival
from guiyan.outreach.permissions import ASSIGN, LOOK, is_helper
from guiyan.registers import actions as registers


@transaction.atomic
def record_contact(
    actor: Actor,
    *,
    arrival: Arrival,
    kind: str,
    on: date,
    note: str,
    need: str = "",
    next_step: str = "",
    next_on: date | None = None,
    token: str,
) -> Arrival:
    """Log the contact as a service and stop the clock: by the helper, or by the office for one without an account."""
    require(actor, LOOK, arrival)
    arrival = locked(arrival)
    if not is_helper(actor, arrival) and not holds(actor, ASSIGN):
        raise NotAllowed("由首护人本人记录；首护人没有账号的，由指派的单位记录。")
    if arrival.state == states.CONTACTED:
        return arrival
    refuse_kind(arrival, kind, on)
    record = engagements.record_service(
        actor,
        subject_id=arrival.served_id,
        kind=kind,
        on=on,
        note=note,
        need=need,
        next_step=next_step,
        next_on=next_on,
        token=token,
    )
    return contacted(actor, arrival, record)


def contacted(actor: Actor, arrival: Arrival, record: ServiceRecord) -> Arrival:
    arrival = workflow.advance(arrival, "contact", actor=actor)
    arrival.contacted_at, arrival.contacted_by, arrival.service_id = calendar.now(), actor.label, record.pk
    arrival.save(update_fields=["contacted_at", "contacted_by", "service_id"])
    audit.record(actor, "arrival.contact", arrival.ref, region=arrival.region)
    return arrival


def refuse_kind(arrival: Arrival, kind: str, on: date) -> None:
    """Refused with the field as its code."""
    pack = releases.release(arrival.release)
    kinds = pack.triggers[arrival.trigger].contact
    if kind not in kinds:
        raise Refused(f"首次联系只能是{'、'.join(pack.services[one].label for one in kinds)}。", "kind")
    if on < arrival.day:
        raise Refused("联系日期不能早于收到登记的那天。", "on")


@transaction.atomic
def give_helper(actor: Actor, *, arrival: Arrival, helper_id: int, reason: str = "") -> Arrival:
    """Give a helper where nobody could be, or another one with the reason; the clock goes on."""
    require(actor, ASSIGN, arrival)
    arrival = locked(arrival)
    verb = "assign" if arrival.state == states.UNASSIGNED else "reassign"
    arrival = workflow.advance(arrival, verb, actor=actor, reason=reason)
    helper = registers.give_instead(
        actor,
        kind=releases.release(arrival.release).triggers[arrival.trigger].relation,
        subject_id=arrival.served_id,
        helper_id=helper_id,
        region=arrival.region,
        reason=reason or "指派",
    )
    helped_by(arrival, helper)
    arrival.save()
    audit.record(actor, "arrival.assign", arrival.ref, region=arrival.region, detail={"helper": helper.subject_id})
    return arrival


def locked(arrival: Arrival) -> Arrival:
    row = Arrival.objects.select_for_update().filter(pk=arrival.pk).first()
    if row is None:
        raise NotFound
    return row
