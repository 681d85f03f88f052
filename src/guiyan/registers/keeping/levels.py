"""Decisions about an entry's level: up, down and out, each with its reason, its evidence and who decided."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Model

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers.keeping.overlaps import refusing_overlap
from guiyan.registers.models import Hat, LevelChange, Subject
from guiyan.registers.queries.entries import find_row
from guiyan.registers.queries.levels import level_words
from guiyan.registers.tables import register_of, table_of

PROMOTE = "register.promote"
LONGEST = 200


@transaction.atomic
def decide_level(
    actor: Actor, *, register: str, subject_id: int, to: str, was: str, reason: str, evidence: str, decided_on: date
) -> LevelChange:
    """Put an entry on a step of its ladder; to empty: take it off. was: the step the officer saw it on."""
    pack = releases.current()
    declared = register_of(pack, register)
    row = find_row(actor, pack, register, subject_id)
    if row is None or declared.ladder is None:
        raise NotFound
    require(actor, PROMOTE, row, subject=None)
    refuse_wrong(declared, to, reason, evidence, decided_on)
    with refusing_overlap(), entered(Scope.system()):
        table = table_of(pack, register)
        Subject.objects.select_for_update().get(pk=row.subject_id)  # type: ignore[attr-defined]
        held = table._default_manager.get(pk=row.pk)
        before = held.level  # type: ignore[attr-defined]
        if before != was:
            raise Refused(f"别人刚把它调到了“{level_words(declared, before)}”，请核对后再定。", "changed-meanwhile")
        if before == to:
            raise Refused(f"它已经是“{level_words(declared, to)}”。", "same-level")
        return put_on_level(actor, declared, held, to, reason=reason, evidence=evidence, decided_on=decided_on)


def put_on_level(
    actor: Actor, register: Register, row: Model, to: str, *, reason: str, evidence: str = "", decided_on: date
) -> LevelChange:
    """Change the level of a locked entry and keep the decision; within a system scope, after permission."""
    subject_id, before = row.subject_id, row.level  # type: ignore[attr-defined]
    type(row)._default_manager.filter(pk=row.pk).update(level=to, version=F("version") + 1)
    Hat.objects.filter(register=register.id, subject_id=subject_id).update(level=to)
    change = LevelChange.objects.create(
        register=register.id,
        subject_id=subject_id,
        before=before,
        after=to,
        reason=reason.strip(),
        evidence=evidence.strip(),
        decided_on=decided_on,
        at=now(),
        user_id=actor.user_id,
        actor_label=actor.label[:80],
        region=row.region,  # type: ignore[attr-defined]
        unit_id=row.unit_id,  # type: ignore[attr-defined]
        holder_id=row.holder_id,  # type: ignore[attr-defined]
    )
    detail = {"from": before, "to": to}
    audit.record(actor, f"register.level:{register.id}", f"subject:{subject_id}", region=change.region, detail=detail)
    publish("subject.changed", subject_id=subject_id, register=register.id)
    return change


def refuse_wrong(register: Register, to: str, reason: str, evidence: str, decided_on: date) -> None:
    if to and to not in register.levels:
        raise Refused("没有这一级，请从列出的里面选。", "level")
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明理由，不超过{LONGEST}字。", "reason")
    if register.ladder is not None and register.ladder.evidence and not evidence.strip():
        raise Refused("请写明依据：文件、会议纪要或评审结果。", "evidence")
    if len(evidence) > LONGEST:
        raise Refused(f"依据不超过{LONGEST}字。", "evidence")
    if decided_on > today():
        raise Refused("决定日期不能晚于今天。", "decided_on")
