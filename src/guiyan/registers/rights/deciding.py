"""Answering: the field is put right by a report, or the data are blocked or erased; or neither, with the reason."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.declared import key_kind, key_of, key_text
from guiyan.registers.models import Block, DataRequest, SubjectKey
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.rights.asking import ANSWER, claim_text, value_of_claim
from guiyan.registers.rights.blocking import answers_of, block_subjects, erase_answers, erase_subjects, unblock_subjects
from guiyan.registers.rights.restoring import give_again
from guiyan.registers.rights.retention import Kept, all_kept
from guiyan.registers.sealing import digest_of
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value
from guiyan.registers.writing import Report, take

BLOCKED = "data.blocked"
LONGEST = 500


def held_for(actor: Actor, request_id: int) -> DataRequest:
    """The request, locked; nobody answers what she asked herself. In the system's scope."""
    held = DataRequest.objects.select_for_update().filter(pk=request_id).first()
    if held is None:
        raise NotFound
    require(actor, ANSWER, held, unit=None, subject=None)
    if held.subject_id in actor.subject_ids or held.asked_by in actor.persons:
        raise NotAllowed("自己提出的申请，要由别人办理。")
    return held


@transaction.atomic
def accept_correction(actor: Actor, *, request_id: int, note: str = "") -> DataRequest:
    """Put the field right by a report of the source `correction`, with the request as its basis."""
    pack = releases.current()
    with entered(Scope.system()):
        held = held_for(actor, request_id)
        if held.kind != states.CORRECT:
            raise NotFound
        register = register_of(pack, held.register)
        field = register.fields[held.field]
        value = value_of_claim(pack, field, claim_text(held))
        done = workflow.advance(held, "accept", actor=actor)
        put_right(pack, register, field, done, value)
        answered(actor, done, note.strip() or f"{field.label}已按您说的更正。", "", {"fields": 1})
        audit.record(
            actor,
            f"data.correct:{register.id}",
            f"subject:{done.entry_id}",
            region=done.region,
            detail={"field": field.id, "request": done.pk},
        )
        publish("subject.changed", subject_id=done.entry_id, register=register.id)
        return done


def put_right(pack: Pack, register: Register, field: Field, request: DataRequest, value: Value) -> None:
    refuse_key_of_another(register, field, request.entry_id, value)
    empty = value in (None, "", ())
    report = Report(
        {} if empty else {field.id: value},
        states.CORRECTION,
        today(),
        f"本人申请更正{request.number}",
        request.entry_id,
        frozenset({field.id}) if empty else frozenset(),
    )
    take(pack, register, [report], region=request.region)


def refuse_key_of_another(register: Register, field: Field, entry_id: int, value: Value) -> None:
    """A number that is somebody else's already is no mistake of writing, but a question of who is who."""
    if key_of(register) is not field or not isinstance(value, str):
        return
    kind = key_kind(register, field)
    key = SubjectKey.objects.filter(kind=kind, digest=digest_of(kind, key_text(register, kind, value))).first()
    if key is not None and key.subject_id not in same_as(entry_id):
        raise Refused(f"这个{field.label}登记在另一个档案名下，请先核对是不是同一个人。", "key-of-another")


@transaction.atomic
def decide_erasure(actor: Actor, *, request_id: int, erase: bool, basis: str, note: str = "") -> DataRequest:
    """Block everything of hers; with `erase` also empty what was reported, but for what must be kept.

    basis: the legal reason. Where something must be kept her keys and her name stay, blocked.
    """
    pack = releases.current()
    if not basis.strip() or len(basis) > 200:
        raise Refused("请写明依据，不超过200字。", "basis")
    with entered(Scope.system()):
        held = held_for(actor, request_id)
        if held.kind != states.ERASE:
            raise NotFound
        ids = same_as(held.subject_id)
        kept = [one for one in all_kept(ids) if one.must]
        deals = answers_of(pack, ids, dealt=True)
        kept += [Kept("成交记录", len(deals), kind="deal")] if deals else []
        done = workflow.advance(held, "accept", actor=actor)
        blocks = block_subjects(pack, ids, basis=basis.strip(), by_label=actor.label, request=done, erased=erase)
        counts: dict[str, object] = {"registers": sorted({name for one in blocks for name in one.registers})}
        if erase:
            counts |= erase_subjects(ids, keep_keys=bool(kept))
            counts["answers"] = erase_answers(pack, ids, basis=basis.strip(), by_label=actor.label, request=done)
        counts["kept"] = [[one.label, one.count, one.why] for one in kept]
        words = "已删除；依法要保存的已封存。" if erase and kept else "已删除。" if erase else "已封存。"
        answered(actor, done, note.strip() or words, basis, counts)
        audit.record(
            actor,
            "data.erase" if erase else "data.block",
            f"subject:{held.subject_id}",
            region=done.region,
            detail={"request": done.pk, "blocks": len(blocks), "kept": len(kept)},
        )
        publish("subject.changed", subject_id=held.subject_id, register=held.register)
        return done


@transaction.atomic
def refuse_request(actor: Actor, *, request_id: int, reason: str, basis: str) -> DataRequest:
    """Neither; she is told why, by what right, and where she may turn."""
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明不同意的理由，不超过{LONGEST}字。", "reason")
    if not basis.strip():
        raise Refused("请写明依据。", "basis")
    with entered(Scope.system()):
        held = held_for(actor, request_id)
        done = workflow.advance(held, "refuse", actor=actor, reason=reason.strip())
        answered(actor, done, reason.strip(), basis, {})
        audit.record(actor, "data.refuse", done.ref, region=done.region)
        return done


def answered(actor: Actor, request: DataRequest, answer: str, basis: str, done: dict[str, object]) -> None:
    request.answer, request.basis, request.done = answer[:LONGEST], basis.strip()[:200], done
    request.decided_at, request.decided_by, request.decided_by_label = now(), actor.user_id, actor.label[:80]
    if request.state == states.ACCEPTED:
        request.claim = None  # it stands in the register now
    request.save(update_fields=["answer", "basis", "done", "decided_at", "decided_by", "decided_by_label", "claim"])


@transaction.atomic
def lift_block(actor: Actor, *, subject_id: int, reason: str) -> list[str]:
    """The entries are back in their registers, and whoever was given to her helps her again; in words, who does not.

    Only of what was blocked, not of what was erased.
    """
    if not reason.strip():
        raise Refused("请写明为什么解除。", "reason")
    with entered(Scope.system()):
        ids = same_as(subject_id)
        block = Block.objects.filter(subject_id__in=ids, lifted_at=None).order_by("pk").first()
        if block is None:
            raise NotFound
        require(actor, BLOCKED, block, unit=None, subject=None)
        if set(ids) & set(actor.subject_ids):
            raise NotAllowed("自己的数据，要由别人解除封存。")
        lifted = unblock_subjects(releases.current(), ids, by_label=actor.label)
        if not lifted:
            raise Refused("已经删除的，不能解除封存。", "erased")
        left = [words for one in lifted for words in give_again(one.subject_id, since=one.at, by_label=actor.label)]
        audit.record(
            actor, "data.unblock", f"subject:{ids[0]}", region=block.region, detail={"reason": reason.strip()[:200]}
        )
        publish("subject.changed", subject_id=ids[0])
    return left
