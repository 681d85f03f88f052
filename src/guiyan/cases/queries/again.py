"""A second click: whether what somebody asks for is what they themselves did last."""

from __future__ import annotations

from guiyan.cases.models import Case
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor


def just_did(actor: Actor, case: Case, verb: str) -> bool:
    """Whether the last thing a person did with the case is this verb, by this actor; what followed by itself aside."""
    if actor.user_id is None:
        return False
    by_people = [row for row in workflow.history(case) if row.actor_kind != "system"]
    last = by_people[-1] if by_people else None
    return last is not None and (last.verb, last.actor_id) == (verb, actor.user_id)
