"""Side-bar entry of my work."""

from __future__ import annotations

from guiyan.desk import todos
from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor


def entries(actor: Actor) -> list[NavEntry]:
    """Only for posts that handle something."""
    if not todos.has_work(actor):
        return []
    called = ("/desk/mentions/", "/desk/alerts/", "/desk/opinions/")
    return [NavEntry("工作", "我的工作", "/desk/", "inbox", 1, also=called, alone=True)]
