"""Side-bar entry of the reports."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    return [NavEntry("目标", "周报", "/desk/reports/weekly/", "book", 43)] if holds(actor, "report.view") else []
