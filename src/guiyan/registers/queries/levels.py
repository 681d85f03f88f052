"""The steps of a register's ladder: what each is called, and every decision about an entry."""

from __future__ import annotations

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.packs.register import Register
from guiyan.registers.models import LevelChange


def level_words(register: Register, level: str) -> str:
    return register.levels.get(level, level) or "未列入"


def levels_of(actor: Actor, register: str, subject_id: int) -> list[LevelChange]:
    """Every decision about an entry, the newest first."""
    rows = LevelChange.objects.filter(register=register, subject_id=subject_id).order_by("-pk")
    return list(visible(actor, "register.view", rows, subject="holder_id"))
