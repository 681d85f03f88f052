"""Side-bar entry of requests about personal data."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.registers.queries import rights


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, rights.VIEW):
        return []
    return [NavEntry("基础信息", "个人信息申请", "/desk/data/", "shield", 30)]
