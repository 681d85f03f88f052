"""Side-bar entry of household visits."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.registers.queries.rounds import RECORD


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, RECORD) or not releases.current().surveys:
        return []
    return [NavEntry("工作", "入户走访", "/desk/visits/", "home", 30)]
