"""Side-bar entries of the registers."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    found = []
    if holds(actor, "register.view"):
        found.append(NavEntry("基础信息", "名录", "/desk/registers/", "users", 10, also=("/desk/dossier/",)))
    if holds(actor, "list.import"):
        found.append(NavEntry("基础信息", "比对名单", "/desk/lists/", "scales", 20))
    if found:
        found.append(NavEntry("基础信息", "数据时效", "/desk/freshness/", "clock", 30))
    return found
