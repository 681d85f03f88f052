"""Who is to be called back, by the day it is due."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases import queries
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds

WORKING = ("rating.handle",)
MOST = 50


def todos(actor: Actor) -> list[Todo]:
    if not holds(actor, "rating.handle"):
        return []
    lights = queries.Lights()
    return [
        Todo(
            href=reverse("ratings:page", args=[row.pk]),
            todo="回访",
            title=f"{row.get_grade_display()}：{row.case.title}",
            who=row.case.applicant,
            light=lights.of(row.call_due_on),
            note=row.point_words,
            entry=row.case.number,
            due_on=row.call_due_on,
        )
        for row in queries.ratings_for(actor, view="to_call")[:MOST]
    ]
