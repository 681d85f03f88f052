"""Reading where an object stands from its rows."""

from __future__ import annotations

import datetime as dt

from guiyan.kernel.actors import Actor
from guiyan.kernel.workflow.decide import Entry, Position
from guiyan.kernel.workflow.flows import Ref
from guiyan.kernel.workflow.models import ClockRow, StepRow, WorkflowLog


def position_of(ref: Ref, state: str) -> Position:
    entries = WorkflowLog.objects.filter(**ref.key()).order_by("id").values_list("verb", "actor_id", "actor_label")
    latest = latest_steps(ref)
    return Position(
        state=state,
        log=[Entry(*entry) for entry in entries],
        ends=clock_ends(ref),
        steps_open=sum(step.state == "open" for step in latest),
        steps_failed=sum(step.state == "failed" for step in latest),
    )


def latest_steps(ref: Ref) -> list[StepRow]:
    """Each step in its last round, in the order in which they were opened."""
    latest: dict[tuple[str, str], StepRow] = {}
    for step in StepRow.objects.filter(**ref.key()).order_by("round", "id"):
        latest[step.group, step.step] = step
    return [step for step in latest.values() if step.state != "dropped"]


def clock_ends(ref: Ref) -> dict[str, dt.date | None]:
    """Of each clock's last run its last day."""
    rows = ClockRow.objects.filter(**ref.key()).order_by("round").values_list("clock", "due_on")
    return dict(rows)


def is_owner(ref: Ref, actor: Actor) -> bool:
    return ref.subject_id in actor.subject_ids
