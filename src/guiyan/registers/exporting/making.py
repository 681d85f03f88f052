"""Making the file, behind: as whoever asked, with the range she has now."""

from __future__ import annotations

import tempfile
from array import array
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.accounts.scope import scope_of
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import now
from guiyan.kernel.files import store_written
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.registers.exporting.asking import EXPORT, KEPT
from guiyan.registers.exporting.streaming import rows_for
from guiyan.registers.exporting.workbook import write_workbook
from guiyan.registers.importing.reading import region_paths_of
from guiyan.registers.models import ExportedPiece, RegisterExport
from guiyan.registers.tables import register_of


def make_export(export_id: int) -> None:
    """Write the file of a request that is agreed to; nothing where it is made already, or no longer allowed."""
    with entered(Scope.system()):
        asked = RegisterExport.objects.get(pk=export_id)
        if asked.made_at is not None or asked.agreed is False or asked.failed:
            return
        if asked.needs_approval and asked.decided_at is None:
            return
        actor, pack = actor_of(User.objects.get(pk=asked.asked_by)), releases.current()
    if not holds(actor, EXPORT) or asked.register not in pack.registers:
        with entered(Scope.system()):
            RegisterExport.objects.filter(pk=export_id).update(failed="提出的人现在没有导出的权限，或名录已经停用。")
        return
    with tempfile.TemporaryDirectory(prefix="guiyan-export-") as folder:
        path = Path(folder) / "export.xlsx"
        pieces: list[array[int]] = []
        count = written(actor, pack, asked, path, pieces)
        keep(actor, asked, path, count, pieces)


def written(actor: Actor, pack: Pack, asked: RegisterExport, path: Path, pieces: list[array[int]]) -> int:
    """Read and write in one transaction of the actor's own scope: all rows are of one moment.

    pieces: is given the subjects of the rows, piece by piece, 8 bytes each.
    """
    register = register_of(pack, asked.register)
    fields = [register.fields[name] for name in asked.columns if name in register.fields]

    def note(subject_ids: list[int]) -> None:
        pieces.append(array("q", subject_ids))

    with entered(scope_of(actor)):
        rows = rows_for(actor, pack, asked.register, asked.query, [field.id for field in fields], note=note)
        return write_workbook(
            path,
            register,
            fields,
            rows,
            mark=mark_of(asked),
            by=asked.asked_by_label,
            places=region_paths_of(pack),
            tell=lambda done: None,
        )


def mark_of(asked: RegisterExport) -> str:
    """通山县人社局周敏 2026-06-08 09:12 导出（第12号）：核对补贴名单。内部使用，不得外传。"""
    moment = timezone.localtime(now()).strftime("%Y-%m-%d %H:%M")
    return f"{asked.asked_by_label} {moment} 导出（第{asked.pk}号）：{asked.reason}。内部使用，不得外传。"


@transaction.atomic
def keep(actor: Actor, asked: RegisterExport, path: Path, count: int, pieces: list[array[int]]) -> None:
    with entered(Scope.system()):
        label = releases.current().registers[asked.register].label
        stored = store_written(
            actor, name=f"{label}-{asked.pk}.xlsx", path=path, kind="xlsx", purpose="导出名录", region=asked.region
        )
        RegisterExport.objects.filter(pk=asked.pk, made_at=None).update(
            file=stored, row_count=count, made_at=now(), expires_at=now() + KEPT
        )
        ExportedPiece.objects.bulk_create(
            ExportedPiece(export=asked, low=min(piece), high=max(piece), subject_ids=list(piece), region=asked.region)
            for piece in pieces
        )
        detail: dict[str, str | int | bool | None] = {"rows": count, "sha256": stored.sha256}
        audit.record(
            actor, f"register.export.made:{asked.register}", f"export:{asked.pk}", region=asked.region, detail=detail
        )
