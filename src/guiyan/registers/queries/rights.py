"""Requests about data held of people: one's own, and those that wait for an officer; what is blocked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import states
from guiyan.registers.models import Assertion, Block, DataRequest
from guiyan.registers.queries.entries import label_of
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.rights.asking import claim_text
from guiyan.registers.rights.held import HeldEntry, blocked_entries
from guiyan.registers.rights.retention import Kept, all_kept
from guiyan.registers.sealing import from_json, masked
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value
from guiyan.registers.values import from_json as typed

VIEW, ANSWER, BLOCKED = "data.view", "data.answer", "data.blocked"
LONGEST = 200


def my_requests(actor: Actor) -> QuerySet[DataRequest]:
    """One's own, the newest first."""
    return DataRequest.objects.filter(subject_id__in=actor.subject_ids).order_by("-pk")


def my_request(actor: Actor, request_id: int) -> DataRequest:
    found = my_requests(actor).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def requests_for(actor: Actor, *, state: str = "") -> QuerySet[DataRequest]:
    """Those the officer may see; what was asked first on top."""
    rows = visible(actor, VIEW, DataRequest.objects.all(), unit=None, subject=None)
    return rows.filter(state=state).order_by("pk") if state else rows.order_by("-pk")


def requests_to_answer(actor: Actor) -> QuerySet[DataRequest]:
    """Those that wait for this officer; not what she asked herself."""
    rows = visible(actor, ANSWER, DataRequest.objects.filter(state=states.ASKED), unit=None, subject=None)
    return rows.exclude(subject_id__in=actor.subject_ids).order_by("pk")


def request_by_id(actor: Actor, request_id: int) -> DataRequest:
    found = requests_for(actor).select_related("paper").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def claim_of(request: DataRequest) -> str:
    """What would be right, as she wrote it; empty once it stands in the register. Of a request that was looked up."""
    return claim_text(request)


def kept_of(request: DataRequest) -> list[Kept]:
    """What must be kept of whoever asks, by what right."""
    with entered(Scope.system()):
        return [one for one in all_kept(same_as(request.subject_id)) if one.must]


def request_answered(request_id: int) -> DataRequest:
    """For what follows from the answer; in the system's scope."""
    return DataRequest.objects.get(pk=request_id)


def said_of_field(request: DataRequest) -> list[tuple[str, Value, date, str]]:
    """(source, value, day, basis) of every report of the field, the newest first; numbers masked."""
    register = register_of(releases.current(), request.register)
    field = register.fields[request.field]
    rows = Assertion.objects.filter(register=register.id, subject_id=request.entry_id).order_by("-at", "-pk")
    found: list[tuple[str, Value, date, str]] = []
    for row in rows:
        value = row.fields.get(request.field)
        if value is None:
            continue
        sealed = from_json(value)
        shown = masked(field, sealed.text) if sealed else typed(field, value)
        found.append((label_of(register, row.source), shown, row.at, row.basis))
    return found


def open_requests(register: str, entry_id: int) -> Sequence[DataRequest]:
    """What somebody says is wrong with this entry and nobody answered yet."""
    rows = DataRequest.objects.filter(register=register, entry_id=entry_id, state=states.ASKED)
    return list(rows.order_by("pk"))


def blocks_for(actor: Actor) -> QuerySet[Block]:
    """Who is blocked, where the actor may see it; without what is held."""
    rows = visible(actor, BLOCKED, Block.objects.filter(lifted_at=None), unit=None, subject=None)
    return rows.select_related("request").order_by("-pk")


def see_blocked(actor: Actor, *, block_id: int, reason: str) -> tuple[Block, list[HeldEntry]]:
    """What is blocked, for a stated reason; the reading is logged first. Numbers stay masked."""
    block = blocks_for(actor).filter(pk=block_id).first()
    if block is None:
        raise NotFound
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明查看的原因，不超过{LONGEST}字。", "reason")
    audit.record_read(actor, "data.blocked", [f"subject:{block.subject_id}"], reason.strip(), region=block.region)
    with entered(Scope.system()):
        return block, blocked_entries(releases.current(), same_as(block.subject_id))
