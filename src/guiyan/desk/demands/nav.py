"""Side-bar entry of demands."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds

READERS = ("demand.dispatch", "demand.answer")


def entries(actor: Actor) -> list[NavEntry]:
    """For those who send demands on or answer them."""
    return [NavEntry("工作", "诉求", "/desk/demands/", "speech", 7)] if any(holds(actor, p) for p in READERS) else []
