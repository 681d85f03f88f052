"""Supervision orders that the actor's own unit has to answer."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries.lights import Light
from guiyan.desk.cockpit.page import order_rows
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.plans.queries import supervision

WORKING = ("supervision.reply",)
MOST = 100


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clock of each is read at once."""
    if not holds(actor, "supervision.reply"):
        return []
    rows = supervision.orders_to_answer(actor)[:MOST]
    return [
        Todo(
            href=reverse("supervision:order", args=[row["order"].number]),
            todo="回复督办",
            title=row["order"].title,
            who=row["order"].number,
            light=Light(row["clock"].light, row["clock"].words) if row["clock"] else Light("idle", "不计时"),
            due_on=row["clock"].due_on if row["clock"] else None,
        )
        for row in order_rows(list(rows))
    ]
