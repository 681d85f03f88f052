"""Side-bar entry of pairing."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    """For those who give helpers, where the city declares any."""
    if not holds(actor, "relation.assign") or not releases.current().relations_for_all:
        return []
    return [NavEntry("基础信息", "对接指派", "/desk/pairing/", "branch", 15)]
