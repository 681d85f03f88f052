"""Objections that wait for a decision, by the day by which they are to be answered."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.texts import shortened
from guiyan.notices import queries
from guiyan.notices.models import Objection

WORKING = ("notice.handle",)
MOST = 100


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clocks of all are read at once. Who raised one is sealed, so it is told by its line."""
    if not holds(actor, "notice.handle"):
        return []
    waiting, lights = list(queries.objections_to_decide(actor)[:MOST]), Lights()
    clocks = workflow.clocks_of(Objection, [one.pk for one in waiting])
    due = {pk: next((clock.due_on for clock in found if clock.running), None) for pk, found in clocks.items()}
    return [
        Todo(
            href=reverse("notices:objection", args=[one.number]),
            todo="处理异议",
            title=one.notice.title,
            who=f"第{one.row.line_no}行",
            light=lights.of(due.get(one.pk)),
            note=shortened(one.text_shown, 30),
            entry="公示异议",
            due_on=due.get(one.pk),
        )
        for one in waiting
    ]
