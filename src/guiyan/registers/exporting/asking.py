"""Asking for a file of entries, agreeing to it, refusing it, and fetching it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, jobs, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.files import open_file
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers.declared import shown_fields
from guiyan.registers.models import RegisterExport
from guiyan.registers.queries.exports import export_by_id
from guiyan.registers.tables import register_of

EXPORT, APPROVE = "register.export", "register.approve"
MAKE = "registers.make_export"
LONGEST = 200
KEPT = timedelta(days=7)


class Place:
    """Where the entries of a file lie, to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


@transaction.atomic
def ask_export(
    actor: Actor, *, register: str, query: Mapping[str, str], columns: Sequence[str], reason: str
) -> RegisterExport:
    """query: search, region, sort and f-… as in the list's address; columns: none for all that are declared.

    Where the register wants no second officer the file is made at once. Refused without a reason.
    """
    require(actor, EXPORT)
    declared = register_of(releases.current(), register)
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明导出做什么用，不超过{LONGEST}字。", "reason")
    if actor.user_id is None:
        raise NotAllowed("导出要由登录的工作人员提出。")
    asked = RegisterExport.objects.create(
        register=register,
        query=dict(query),
        columns=chosen(declared, columns),
        reason=reason.strip(),
        needs_approval=declared.export.approval,
        asked_at=now(),
        asked_by=actor.user_id,
        asked_by_label=actor.label[:80],
        region=place_of(actor),
    )
    detail = {"reason": reason.strip(), "columns": ",".join(asked.columns)[:400]}
    audit.record(actor, f"register.export.ask:{register}", f"export:{asked.pk}", region=asked.region, detail=detail)
    if not asked.needs_approval:
        jobs.defer(MAKE, once_while_waiting=f"{MAKE}:{asked.pk}", export_id=asked.pk)
    return asked


def chosen(register: Register, columns: Sequence[str]) -> list[str]:
    fields = [field.id for field in shown_fields(register)]
    return [name for name in fields if name in columns] or fields


def place_of(actor: Actor) -> int:
    """The widest place in which the actor may take entries out."""
    lows = [low for grant in actor.grants if EXPORT in grant.permissions for low, _ in grant.regions]
    if not lows:
        raise NotAllowed("您没有导出名录的范围。")
    return min(lows)


@transaction.atomic
def decide_export(actor: Actor, *, export_id: int, agreed: bool, note: str = "") -> RegisterExport:
    """A second officer agrees, and the file is made; or refuses, with the reason. Nobody decides on what she asked."""
    with entered(Scope.system()):
        asked = RegisterExport.objects.select_for_update().filter(pk=export_id).first()
        if asked is None:
            raise NotFound
        require(actor, APPROVE, Place(asked.region), unit=None)
        if asked.asked_by in actor.persons:
            raise NotAllowed("自己提出的导出，要由另一个人审核。")
        if not asked.needs_approval or asked.decided_at is not None:
            raise Refused("这次导出已经处理过了。", "already-decided")
        if not agreed and not note.strip():
            raise Refused("不同意要写明理由。", "note")
        asked.decided_at, asked.decided_by, asked.decided_by_label = now(), actor.user_id, actor.label[:80]
        asked.agreed, asked.decision_note = agreed, note.strip()[:LONGEST]
        asked.save(update_fields=["decided_at", "decided_by", "decided_by_label", "agreed", "decision_note"])
        action = "agree" if agreed else "refuse"
        audit.record(actor, f"register.export.{action}:{asked.register}", f"export:{asked.pk}", region=asked.region)
        if agreed:
            jobs.defer(MAKE, once_while_waiting=f"{MAKE}:{asked.pk}", export_id=asked.pk)
    return asked


def fetch_export(actor: Actor, *, export_id: int) -> tuple[RegisterExport, BinaryIO]:
    """The file, for whoever asked for it and for nobody else, until it expires. Each fetching is logged."""
    asked = export_by_id(actor, export_id)
    if asked.asked_by != actor.user_id:
        raise NotFound
    require(actor, EXPORT)
    if asked.file is None:
        raise Refused("文件还没有生成。", "not-made")
    if asked.expires_at is not None and asked.expires_at <= now():
        raise Refused("文件已过期，请重新导出。", "expired")
    with entered(Scope.system()):
        RegisterExport.objects.filter(pk=asked.pk, fetched_at=None).update(fetched_at=now())
        return asked, open_file(actor, asked.file, purpose=f"导出：{asked.reason}")
