"""Side-bar entry of the exchange."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.exchange.queries import VIEW
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    return [NavEntry("基础信息", "上下交换", "/desk/exchange/", "swap", 40)] if holds(actor, VIEW) else []
