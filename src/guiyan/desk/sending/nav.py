"""Side-bar entry of who sends from outside government."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.packs.people import SEND


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, SEND):
        return []
    return [NavEntry("工作", "报送", "/desk/sending/", "upload", 1, also=("/desk/registers/files/",))]
