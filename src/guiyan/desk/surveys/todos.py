"""Rounds whose last day has passed and that nobody has closed."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.registers.queries.rounds import to_close
from guiyan.registers.surveying.rounds import RUN, survey_of

WORKING = (RUN,)


def todos(actor: Actor) -> list[Todo]:
    if not holds(actor, RUN):
        return []
    lights = Lights()
    return [
        Todo(
            href=reverse("surveys:page", args=[one.pk]),
            todo="结束调查",
            title=one.title,
            who=survey_of(one.survey).label,
            light=lights.of(one.to_on),
            entry="意愿调查",
            due_on=one.to_on,
        )
        for one in to_close(actor, today())
    ]
