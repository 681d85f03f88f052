"""What waits of targets: figures to fill, check and lock; splits to issue."""

from __future__ import annotations

from django.urls import reverse

from guiyan.accounts.queries import region_paths
from guiyan.cases.queries.lights import Light, Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.plans.queries import reported, splits

WORKING = ("figure.fill", "figure.check", "figure.lock", "target.issue")
VERBS = {"open": "填报指标", "filled": "审核指标", "checked": "锁定指标"}
MOST = 200


def todos(actor: Actor) -> list[Todo]:
    """Each source is bounded."""
    return [*_figures(actor), *_splits(actor)]


def _figures(actor: Actor) -> list[Todo]:
    if not any(holds(actor, one) for one in WORKING[:3]):
        return []
    rows, lights = list(reported.waiting_for(actor)[:MOST]), Lights()
    places = region_paths(x.place for x in rows)
    return [
        Todo(
            href=reverse("plans:figure", args=[x.id]),
            todo=VERBS[x.state],
            title=x.indicator.full_name,
            who=x.period_words,
            light=lights.of(x.due_on),
            place=places.get(x.place, ""),
            due_on=x.due_on,
        )
        for x in rows
    ]


def _splits(actor: Actor) -> list[Todo]:
    if not holds(actor, "target.issue"):
        return []
    return [
        Todo(
            href=reverse("plans:split", args=[x.indicator_id]),
            todo="下达目标",
            title=f"{x.indicator.full_name}{x.year}年目标分解",
            who=x.proposed_by,
            light=Light("idle", "不计时"),
        )
        for x in splits.proposed_for(actor)[:MOST]
    ]
