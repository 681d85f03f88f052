"""Packages that wait for a second officer, and one's own that can be taken."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.exchange.showing import label_of
from guiyan.desk.todos import Todo
from guiyan.exchange import queries
from guiyan.exchange.models import Package
from guiyan.kernel.actors import Actor, holds

WORKING = (queries.APPROVE, queries.USE)
SHOWN = 20


def todos(actor: Actor) -> list[Todo]:
    found = [_asked(one) for one in queries.packages_to_decide(actor)[:SHOWN]] if holds(actor, queries.APPROVE) else []
    if holds(actor, queries.USE):
        found += [_ready(one) for one in queries.packages_to_fetch(actor)[:SHOWN]]
    return found


def _asked(one: Package) -> Todo:
    return Todo(
        href=reverse("exchange:package", args=[one.pk]),
        todo="审核往来包",
        title=f"{label_of(one.register)}发给{one.partner.name}",
        who=one.asked_by_label,
        light=Light("warn", "等审核"),
        note=one.reason,
        entry="上下交换",
    )


def _ready(one: Package) -> Todo:
    return Todo(
        href=reverse("exchange:package", args=[one.pk]),
        todo="取走往来包",
        title=f"{label_of(one.register)}发给{one.partner.name}",
        who="上下交换",
        light=Light("ok", "可以取走"),
        note=f"{one.row_count or 0:,}条",
        entry="上下交换",
    )
