"""Side-bar entry of the notices; the count is of objections that wait."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.notices import queries


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, "notice.view"):
        return []
    waiting = queries.waiting_objections(actor) if holds(actor, "notice.handle") else None
    objections = ("/desk/objections/",)
    return [NavEntry("政策与资金", "公示公开", "/desk/notices/", "megaphone", 15, waiting or None, also=objections)]
