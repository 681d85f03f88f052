"""Side-bar entry of answers to published entries."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds

HANDLE = "answer.handle"


def entries(actor: Actor) -> list[NavEntry]:
    return [NavEntry("工作", "供需对接", "/desk/answers/", "speech", 8)] if holds(actor, HANDLE) else []
