"""Side-bar entry of 首次登记."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.outreach.permissions import LOOK


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, LOOK) or not releases.current().triggers:
        return []
    return [NavEntry("政策与资金", "首次登记", "/desk/arrivals/", "store", 32)]
