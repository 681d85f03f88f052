"""Side-bar entry of pairs to be told apart."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds

LINK = "register.link"


def entries(actor: Actor) -> list[NavEntry]:
    return [NavEntry("基础信息", "同人核对", "/desk/links/", "user-check", 15)] if holds(actor, LINK) else []
