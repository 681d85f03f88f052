"""Side-bar entries of deputies and delegations."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    """What the actor's posts open; a deputy finds the way through the top bar."""
    found = []
    if holds(actor, "deputy.manage"):
        found.append(NavEntry("工作", "代岗授权", "/desk/deputies/", "users", 6))
    if holds(actor, "delegation.manage"):
        found.append(NavEntry("工作", "委托受理", "/desk/delegations/", "building", 7))
    return found
