"""Side-bar entry of the cockpit."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    return [NavEntry("目标", "驾驶舱", "/desk/cockpit/", "gauge", 39)] if holds(actor, "cockpit.view") else []
