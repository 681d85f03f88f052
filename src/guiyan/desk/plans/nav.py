"""Side-bar entries of the plans."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, "plan.view"):
        return []
    return [
        NavEntry("成效", "任务", "/desk/tasks/", "list", 40),
        NavEntry("成效", "指标", "/desk/indicators/", "target", 41),
    ]
