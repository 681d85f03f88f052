"""Side-bar entry of my work."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds

WORKING = (
    "case.accept",
    "case.check",
    "case.review",
    "case.enter",
    "case.help",
    "batch.prepare",
    "batch.recheck",
    "batch.sign",
    "payment.request",
)


def entries(actor: Actor) -> list[NavEntry]:
    """Only for posts that handle something."""
    if not any(holds(actor, permission) for permission in WORKING):
        return []
    return [NavEntry("工作", "我的工作", "/desk/", "inbox", 1)]
