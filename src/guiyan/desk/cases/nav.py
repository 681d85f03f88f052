"""Side-bar entries of cases, checks and mandates."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    """What the actor's posts open."""
    found = []
    if holds(actor, "case.view"):
        found.append(NavEntry("工作", "办件", "/desk/cases/", "list", 2, also=("/desk/flows/",)))
    if holds(actor, "case.check"):
        found.append(NavEntry("工作", "核验", "/desk/checks/", "check", 3))
    if holds(actor, "case.help") or holds(actor, "case.enter"):
        found.append(NavEntry("工作", "帮办委托", "/desk/mandates/", "user-check", 4))
    return found
