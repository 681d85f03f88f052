"""Side-bar entries of the plans."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    found = []
    if holds(actor, "plan.view"):
        found.append(NavEntry("目标", "任务", "/desk/tasks/", "flag", 40))
        found.append(NavEntry("目标", "问题清单", "/desk/findings/", "alert", 43))
    if holds(actor, "indicator.view"):
        found.append(NavEntry("目标", "指标", "/desk/indicators/", "target", 41, also=("/desk/splits/",)))
        found.append(NavEntry("目标", "指标填报", "/desk/figures/", "edit", 42))
    return found
