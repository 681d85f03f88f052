"""Side-bar entry of the documents."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, "document.review"):
        return []
    return [NavEntry("政策与资金", "政策文件", "/desk/documents/", "doc", 20)]
