"""Side-bar entries of the plans."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, "plan.view"):
        return []
    return [
        NavEntry("目标", "任务", "/desk/tasks/", "flag", 40),
        NavEntry("目标", "指标", "/desk/indicators/", "target", 41),
    ]
