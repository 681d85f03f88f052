"""Reading where an object stands from its rows."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localtime

from guiyan.kernel.actors import Actor
from guiyan.kernel.workflow.decide import Entry, Person, Position
from guiyan.kernel.workflow.flows import Ref
from guiyan.kernel.workflow.models import ClockRow, Flowed, Handled, OpinionRow, StepRow, WorkflowLog
from guiyan.packs.flow_acts import URGE


def position_of(ref: Ref, state: str, obj: Flowed) -> Position:
    columns = ("verb", "actor_id", "for_id", "actor_label", "at")
    entries = list(WorkflowLog.objects.filter(**ref.key()).order_by("id").values_list(*columns))
    latest = latest_steps(ref)
    urged = [localtime(at).date() for verb, _, _, _, at in entries if verb == URGE]
    return Position(
        state=state,
        log=[Entry(verb, people(actor, behind), label) for verb, actor, behind, label, _ in entries],
        ends=clock_ends(ref),
        steps_open=sum(step.state == "open" for step in latest),
        steps_failed=sum(step.state == "failed" for step in latest),
        holder=obj.handler_label if isinstance(obj, Handled) else "",
        opinions_open=OpinionRow.objects.filter(**ref.key(), state="open", required=True).count(),
        urged_on=urged[-1] if urged else None,
    )


def people(*ids: int | None) -> frozenset[Person]:
    return frozenset(one for one in ids if one is not None)


def latest_steps(ref: Ref) -> list[StepRow]:
    """Each step in its last round, in the order in which they were opened.

    A round that was dropped never was: what the round before it found stands.
    """
    latest: dict[tuple[str, str], StepRow] = {}
    for step in StepRow.objects.filter(**ref.key()).exclude(state="dropped").order_by("round", "id"):
        latest[step.group, step.step] = step
    return list(latest.values())


def clock_ends(ref: Ref) -> dict[str, dt.date | None]:
    """Of each clock's last run its last day."""
    rows = ClockRow.objects.filter(**ref.key()).order_by("round").values_list("clock", "due_on")
    return dict(rows)


def is_owner(ref: Ref, actor: Actor) -> bool:
    return ref.subject_id in actor.concerned_ids


def is_holder(obj: Flowed, actor: Actor) -> bool:
    """Whether it is this actor's, or nobody's in particular; a deputy has what the officer has."""
    if actor.kind == "system" or not isinstance(obj, Handled):
        return True
    if obj.handler_id is not None:
        return obj.handler_id in actor.persons
    return obj.handler_unit_id is None or obj.handler_unit_id in {grant.unit_id for grant in actor.grants}
