"""Side-bar entry of 政策试算."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.outreach.permissions import WHAT_IF_VIEW


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, WHAT_IF_VIEW):
        return []
    return [NavEntry("政策与资金", "政策试算", "/desk/whatif/", "chart", 32)]
