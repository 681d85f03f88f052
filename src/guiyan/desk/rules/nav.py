"""Side-bar entry of 规则台."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.policies.permissions import VIEW


def entries(actor: Actor) -> list[NavEntry]:
    if not holds(actor, VIEW):
        return []
    return [NavEntry("政策与资金", "规则台", "/desk/rules/", "filter", 25)]
