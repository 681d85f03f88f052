"""What a signed-in resident has asked for and was given before."""

from __future__ import annotations

from guiyan.cases import queries as cases
from guiyan.cases import states
from guiyan.kernel.actors import Actor


def own_cases(actor: Actor, firm: int | None = None) -> dict[str, cases.Case]:
    """measure -> her own request, for herself or for that firm, that stands in the way of a second one."""
    live = [one for one in cases.my_cases(actor) if one.measure and one.number]
    live = [one for one in live if one.state not in states.MAY_ASK_AGAIN]
    return {one.measure: one for one in live if firm is None or one.beneficiary_id == firm}


def received_by(subject_id: int, own: dict[str, cases.Case]) -> list[str]:
    """The measures that person or firm had before; a request under way or paid is told as that, not as this."""
    return sorted(cases.received_before(subject_id) - own.keys())
