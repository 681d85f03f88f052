"""Who may send a form of a bank's or guarantor's: somebody with the post, of that very unit."""

from __future__ import annotations

from guiyan.accounts.permissions import require
from guiyan.kernel.actors import Actor
from guiyan.lending.permissions import require_unit


def require_acting(actor: Actor, permission: str, unit_id: int | None) -> None:
    """NotAllowed for who has no such post at all, NotFound for another bank's or guarantor's."""
    require(actor, permission)
    require_unit(actor, permission, unit_id)
