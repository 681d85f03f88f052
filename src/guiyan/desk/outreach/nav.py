"""Side-bar entry of 政策找人."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.outreach.permissions import VIEW


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, VIEW):
        return []
    return [NavEntry("政策与资金", "政策找人", "/desk/outreach/", "megaphone", 31)]
