"""Requests about personal data that wait for an answer."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.rights.words import what_of
from guiyan.desk.todos import Todo
from guiyan.kernel import releases, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries as registers
from guiyan.registers.models import DataRequest
from guiyan.registers.queries import rights

WORKING = (rights.ANSWER,)
MOST = 100


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clocks and the names of all are read at once."""
    if not holds(actor, rights.ANSWER):
        return []
    waiting, lights = list(rights.requests_to_answer(actor)[:MOST]), Lights()
    clocks = workflow.clocks_of(DataRequest, [one.pk for one in waiting])
    due = {pk: next((clock.due_on for clock in found if clock.running), None) for pk, found in clocks.items()}
    names = registers.names_of_subjects(one.subject_id for one in waiting)
    labels = {name: one.label for name, one in releases.current().registers.items()}
    return [
        Todo(
            href=reverse("rights:page", args=[one.pk]),
            todo=f"答复{one.get_kind_display()}申请",
            title=what_of(one),
            who=names.get(one.subject_id, ""),
            note=f"{labels.get(one.register, '')} {one.number}".strip(),
            light=lights.of(due.get(one.pk)),
            entry="本人申请",
            due_on=due.get(one.pk),
        )
        for one in waiting
    ]
