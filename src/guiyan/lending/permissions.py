"""Who acts for a bank or guarantor: only somebody of the very unit that the request was sent to."""

from __future__ import annotations

from guiyan.accounts.permissions import require
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused


def units_acting(actor: Actor, permission: str) -> frozenset[int]:
    """The units for which the actor holds the permission."""
    return frozenset(
        grant.unit_id for grant in actor.grants if permission in grant.permissions and grant.unit_id is not None
    )


def watches_places(actor: Actor) -> bool:
    """Whether the actor follows all loans of some place, as offices do, and not only those of a bank or guarantor."""
    return actor.kind == "system" or any(
        "loan.view" in grant.permissions and not grant.own_unit_only for grant in actor.grants
    )


def require_unit(actor: Actor, permission: str, unit_id: int | None) -> None:
    """NotFound for a unit the actor does not act for, wherever else their grants reach."""
    if actor.kind == "system":
        return
    if unit_id is None or unit_id not in units_acting(actor, permission):
        # Refused for want of the permission where they may know of it, else as if it did not exist.
        if unit_id in units_acting(actor, "loan.view"):
            require(actor, permission)
        raise NotFound


def refuse_own(actor: Actor, subject_id: int) -> None:
    """Nobody decides on, or states anything of, a loan of their own."""
    if subject_id in actor.subject_ids:
        raise Refused("这是您本人的贷款，不能由您经办，请由其他同事办理。", "own_case")
