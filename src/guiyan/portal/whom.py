"""Who is at the page: the resident's own place, for the office that is hers."""

from __future__ import annotations

from guiyan.kernel.actors import Actor
from guiyan.registers import queries as registers


def region_of(actor: Actor) -> int | None:
    """Where the signed-in resident is registered to live; None for everybody else."""
    if actor.subject_id is None:
        return None
    return int(registers.subject(actor.subject_id).region)
