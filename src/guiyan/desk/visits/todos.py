"""Visits that wait in one's villages: one line a round, with its last day and whether somebody reminded."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import short_day
from guiyan.registers.queries.rounds import RECORD, Waiting, waiting_for
from guiyan.registers.surveying.rounds import survey_of

WORKING = (RECORD,)


def todos(actor: Actor) -> list[Todo]:
    if not holds(actor, RECORD):
        return []
    lights = Lights()
    return [todo_of(one, lights) for one in waiting_for(actor)]


def todo_of(one: Waiting, lights: Lights) -> Todo:
    return Todo(
        href=f"{reverse('visits:shell')}#round-{one.round.pk}",
        todo="入户走访",
        title=one.round.title,
        who=survey_of(one.round.survey).label,
        light=lights.of(one.round.to_on),
        note=f"{one.due:,}人待访" + (f"，{short_day(one.reminded_at.date())}提醒过" if one.reminded_at else ""),
        entry="意愿调查",
        due_on=one.round.to_on,
    )
