"""Demands that wait to be sent on or answered."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases import queries
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor

WORKING = ("demand.dispatch", "demand.answer")


def todos(actor: Actor) -> list[Todo]:
    lights = queries.Lights()
    return [
        Todo(
            href=reverse("demands:page", args=[case.number]),
            todo=verb,
            title=case.title,
            who=case.applicant,
            light=lights.of(case.due_on, case.paused_reason),
            note=case.firm,
            entry=case.entry_label,
            due_on=case.due_on,
        )
        for verb, case in queries.demands_waiting(actor)
    ]
