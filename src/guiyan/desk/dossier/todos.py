"""What was promised next to somebody, in the work of the account it stands with."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.engagements import queries as engagements
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries as registers

WORKING = ("service.record",)


def todos(actor: Actor) -> list[Todo]:
    """Two queries, whatever there is."""
    if not holds(actor, "service.record"):
        return []
    steps, lights = engagements.steps_for(actor), Lights()
    names = registers.names_of_subjects({step.subject_id for step in steps})
    return [
        Todo(
            href=reverse("dossier:service-page", args=[step.pk]),
            todo="记录办理",
            title=f"{engagements.kind_label(step.kind)}后续：{step.next_step}",
            who=names.get(step.subject_id, ""),
            light=lights.of(step.next_on),
            note=f"需要：{step.need}" if step.need else "",
            entry="服务记录",
            due_on=step.next_on,
        )
        for step in steps
    ]
