"""Side-bar entry of my work."""

from __future__ import annotations

from guiyan.desk import todos
from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor


def entries(actor: Actor) -> list[NavEntry]:
    """Only for posts that handle something."""
    return [NavEntry("工作", "我的工作", "/desk/", "inbox", 1)] if todos.has_work(actor) else []
