"""Side-bar entry of the catalogue of other bureaus' data."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor
from guiyan.registers.queries import sharing


def entries(actor: Actor) -> list[NavEntry]:
    if not sharing.may_open(actor):
        return []
    return [NavEntry("基础信息", "数据目录", "/desk/catalogue/", "book", 31)]
