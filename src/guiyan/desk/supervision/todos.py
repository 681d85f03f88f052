"""Supervision orders that the actor's own unit has to answer; for the supervision office, what waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localtime

from guiyan.cases.queries.lights import Light
from guiyan.desk.cockpit.orders import order_rows
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import short_day
from guiyan.plans.models import SupervisionOrder, SupervisionProposal
from guiyan.plans.queries import supervision

WORKING = ("supervision.reply", "supervision.handle")
MOST = 100
OFFICE_VERBS = {"replied": "认可督办回复", "overdue": "等承办单位回复"}
UNTIMED = Light("idle", "不计时")


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clocks of all are read at once."""
    found: list[Todo] = []
    if holds(actor, "supervision.reply"):
        found += [_order(row, "回复督办") for row in _rows(supervision.orders_to_answer(actor)[:MOST])]
    if holds(actor, "supervision.handle"):
        orders = supervision.orders_to_judge(actor)[:MOST]
        found += [_order(row, OFFICE_VERBS[row["order"].state], office=True) for row in _rows(orders)]
        found += _proposed(actor)
    return found


def _rows(orders: Iterable[SupervisionOrder]) -> list[dict[str, Any]]:
    return order_rows(list(orders))


def _order(row: dict[str, Any], verb: str, *, office: bool = False) -> Todo:
    order = row["order"]
    return Todo(
        href=reverse("supervision:order", args=[order.number]),
        todo=verb,
        title=order.title,
        who=order.number,
        light=row["light"] or UNTIMED,
        due_on=row["due_on"],
        can_act=not office or order.state == "replied",
    )


def _proposed(actor: Actor) -> list[Todo]:
    """One line a kind: how many are proposed, and since when the first of them waits."""
    rows = supervision.proposals_for(actor).order_by().values_list("kind")
    counts = {kind: (count, since) for kind, count, since in rows.annotate(Count("id"), Min("made_at"))}
    return [
        Todo(
            href=f"{reverse('supervision:proposals')}?kind={kind}",
            todo="定督办",
            title=label,
            who=f"{counts[kind][0]}条建议",
            light=UNTIMED,
            note=f"最早{short_day(localtime(counts[kind][1]).date())}发现",
            entry="督办建议",
        )
        for kind, label in SupervisionProposal.KINDS
        if kind in counts
    ]
