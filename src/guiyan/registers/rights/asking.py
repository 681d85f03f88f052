"""Asking: this is wrong and that would be right; delete what you hold of me; and taking the request back."""

from __future__ import annotations

import json

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import offices_holding
from guiyan.kernel import audit, crypto, regions, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.files import StoredFile, store
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.declared import home_register
from guiyan.registers.importing.reading import known_names
from guiyan.registers.models import DataRequest, Hat, Subject
from guiyan.registers.tables import register_of, table_of
from guiyan.registers.values import Reader, Value
from guiyan.registers.wrong import WrongValue

FLOW, ANSWER = "data-request", "data.answer"
CLAIM = "registers.claim"
LONGEST_REASON = 300
PAPER_KINDS = frozenset({"pdf", "jpg", "png"})
PAPER_BYTES = 5 * 1024 * 1024
Paper = tuple[str, bytes]


@transaction.atomic
def ask_correction(
    actor: Actor,
    *,
    register: str,
    entry_id: int,
    field: str,
    right: str,
    reason: str,
    paper: Paper | None = None,
) -> DataRequest:
    """Say of one's own entry that a field is wrong. right: what it should be, as text; empty: nothing should be there.

    Goes to the register's owner unit, on the clock of the pack's flow. The same field can't be asked for twice at once.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    one = declared.fields.get(field)
    if one is None or one.retired:
        raise NotFound
    said = checked_reason(reason)
    claim = crypto.encrypt(CLAIM, json.dumps(claimed(pack, one, right.strip()), ensure_ascii=False))
    with entered(Scope.system()):
        region = own_entry(actor, pack, register, entry_id)
        return begin(actor, pack, declared, states.CORRECT, entry_id, region, said, field, claim, paper)


@transaction.atomic
def ask_erasure(actor: Actor, *, reason: str) -> DataRequest:
    """Ask that everything held of oneself be deleted; what must be kept is then blocked."""
    pack = releases.current()
    said = checked_reason(reason)
    with entered(Scope.system()):
        subject = Subject.objects.filter(pk=own_id(actor)).first()
        if subject is None:
            raise NotFound
        home = home_register(pack, subject.kind)
        if home is None:
            raise NotFound
        return begin(actor, pack, register_of(pack, home), states.ERASE, subject.pk, subject.region, said)


def begin(
    actor: Actor,
    pack: Pack,
    register: Register,
    kind: str,
    entry_id: int,
    region: int,
    reason: str,
    field: str = "",
    claim: bytes | None = None,
    paper: Paper | None = None,
) -> DataRequest:
    if FLOW not in pack.flows:
        raise Refused("本市还没有开通网上申请，请到窗口办理。", "no-flow")
    waiting = DataRequest.objects.filter(
        kind=kind, entry_id=entry_id, register=register.id, field=field, state=states.ASKED
    ).first()
    if waiting is not None:
        raise Refused(f"这一项已经申请过，正在办（{waiting.number}）。", "asked-already")
    unit = unit_answering(register, region)
    subject_id = own_id(actor)
    request = DataRequest(
        kind=kind,
        subject_id=subject_id,
        entry_id=entry_id,
        register=register.id,
        field=field,
        claim=claim,
        reason=reason,
        paper=stored(actor, paper, region, subject_id) if paper else None,
        asked_at=now(),
        asked_by=actor.user_id,
        unit_id=unit.pk,
        unit_name=unit.name,
        region=region,
    )
    workflow.begin(request, FLOW, actor=actor)
    audit.record(actor, f"data.ask:{kind}", request.ref, region=region, detail={"register": register.id})
    return request


@transaction.atomic
def withdraw_request(actor: Actor, *, request_id: int) -> DataRequest:
    with entered(Scope.system()):
        held = DataRequest.objects.select_for_update().filter(pk=request_id).first()
        if held is None or held.subject_id not in actor.subject_ids:
            raise NotFound
        done = workflow.advance(held, "withdraw", actor=actor)
        audit.record(actor, "data.withdraw", done.ref, region=done.region)
        return done


def own_id(actor: Actor) -> int:
    """Who asks: herself alone. A helper with a mandate has one for applying, not for her data."""
    if actor.subject_id is None:
        raise NotAllowed("只有本人能查看和申请自己的个人信息。")
    return actor.subject_id


def own_entry(actor: Actor, pack: Pack, register: str, entry_id: int) -> int:
    """The place of one's own entry. Raises NotFound for anybody else's, whatever is held of it."""
    if entry_id not in actor.subject_ids or not Hat.objects.filter(register=register, subject_id=entry_id).exists():
        raise NotFound
    row = table_of(pack, register)._default_manager.filter(subject_id=entry_id).first()
    if row is None:
        raise NotFound
    return int(row.region)  # type: ignore[attr-defined]


def claimed(pack: Pack, field: Field, text: str) -> str:
    """The text as it was said, if the field could hold it. Refused in words otherwise."""
    try:
        value_of_claim(pack, field, text)
    except WrongValue as wrong:
        raise Refused(f"{field.label}{wrong.wrong}，{wrong.right}。", "right") from wrong
    return text


def value_of_claim(pack: Pack, field: Field, text: str) -> Value:
    """Typed; None for nothing. Raises WrongValue."""
    return Reader(today(), known_names(pack)).read(field, text)


def claim_text(request: DataRequest) -> str:
    """What would be right, as she wrote it."""
    return str(json.loads(crypto.decrypt(CLAIM, bytes(request.claim)))) if request.claim else ""


def checked_reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Refused(f"请写明理由，不超过{LONGEST_REASON}字。", "reason")
    return said


def unit_answering(register: Register, region: int) -> Unit:
    """The owner unit of the register, the nearest that has somebody to answer; else the nearest other one."""
    places = chain(region)
    found = sorted(offices_holding(ANSWER, places), key=lambda unit: (places.index(unit.region), unit.code))
    owners = [unit for unit in found if unit.kind == register.owner_unit_kind]
    if not found:
        raise Refused("这个地方还没有设定办理的单位，请联系平台管理员。", "no-unit")
    return (owners or found)[0]


def chain(region: int) -> list[int]:
    """The place and everything above it, the nearest first."""
    places, place = [region], regions.parent(region)
    while place:
        places.append(place)
        place = regions.parent(place)
    return places


def stored(actor: Actor, paper: Paper, region: int, subject_id: int) -> StoredFile:
    name, content = paper
    return store(
        actor,
        name=name,
        content=content,
        purpose="个人信息更正证明",
        region=region,
        subject_id=subject_id,
        allowed=PAPER_KINDS,
        max_bytes=PAPER_BYTES,
    )
