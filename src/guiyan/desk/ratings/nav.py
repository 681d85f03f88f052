"""Side-bar entry of ratings."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    """For those who watch how requests are handled."""
    return [NavEntry("工作", "评价和回访", "/desk/ratings/", "phone", 8)] if holds(actor, "rating.view") else []
