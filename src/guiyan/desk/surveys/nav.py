"""Side-bar entry of survey rounds."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.registers.queries.rounds import LOOK


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, LOOK) or not releases.current().surveys:
        return []
    return [NavEntry("基础信息", "意愿调查", "/desk/surveys/", "speech", 16)]
