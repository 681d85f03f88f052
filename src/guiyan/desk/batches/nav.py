"""Side-bar entry of batches."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds

HANDLING = ("batch.prepare", "batch.recheck", "batch.sign")


def entries(actor: Actor) -> list[NavEntry]:
    """For those who sum up, recheck and sign."""
    if not any(holds(actor, permission) for permission in HANDLING):
        return []
    return [NavEntry("工作", "批次", "/desk/batches/", "flag", 5)]
