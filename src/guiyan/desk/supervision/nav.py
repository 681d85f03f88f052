"""Side-bar entry of supervision."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    concerned = ("supervision.handle", "supervision.reply", "instruction.write")
    if not any(holds(actor, permission) for permission in concerned):
        return []
    return [NavEntry("目标", "督办", "/desk/supervision/", "gavel", 43)]
