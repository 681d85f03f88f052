"""Imports that were made: what came of them, and whether they still count."""

from __future__ import annotations

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.registers.models import ImportRun

SHOWN = 20


def imports_of(actor: Actor, register: str) -> list[ImportRun]:
    """The last imports of a register that the actor may see."""
    rows = ImportRun.objects.filter(register=register)
    return list(visible(actor, "register.import", rows, unit=None, subject=None).order_by("-pk")[:SHOWN])


def import_by_id(actor: Actor, import_id: int) -> ImportRun:
    rows = visible(actor, "register.import", ImportRun.objects.filter(pk=import_id), unit=None, subject=None)
    found = rows.first()
    if found is None:
        raise NotFound
    return found
