"""Whom a helper is to contact first; whom nobody could be given to; what is so late that others are to know."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.outreach import queries, states
from guiyan.outreach.permissions import ASSIGN
from guiyan.outreach.queries import Waiting
from guiyan.registers import queries as registers

WORKING = ("service.record", "arrival.assign")
ASSIGNED = {states.UNASSIGNED: ("指派首护人", "helper"), states.HELPING: ("代记联系", "contact")}
"""What the office does: gives a helper, or records for one who has no account."""


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clocks of each kind are read at once, and the founders' names once for all."""
    found: list[tuple[str, str, Waiting, bool]] = []
    if holds(actor, "service.record"):
        found += [("首次联系", "contact", one, True) for one in queries.to_contact(actor)]
    if holds(actor, ASSIGN):
        found += [(*ASSIGNED[one.arrival.state], one, True) for one in queries.to_assign(actor)]
    found += [("督促首次联系", "page", one, False) for one in queries.overdue_for(actor)]
    names = registers.names_of_subjects({one.arrival.subject_id or 0 for _, _, one, _ in found})
    lights = Lights()
    return [todo_of(verb, page, one, can_act, names, lights) for verb, page, one, can_act in found]


def todo_of(verb: str, page: str, one: Waiting, can_act: bool, names: Mapping[int, str], lights: Lights) -> Todo:
    arrival, due_on = one.arrival, one.clock.due_on if one.clock else None
    helper = f"首护人{arrival.helper_name}" if arrival.helper_name else "还没有首护人"
    return Todo(
        href=reverse(f"arrivals:{page}", args=[arrival.pk]),
        todo=verb,
        title=arrival.name,
        who=names.get(arrival.subject_id or 0, ""),
        light=lights.of(due_on),
        note="" if page == "contact" and arrival.helper_account else helper,
        entry="首次登记",
        due_on=due_on,
        can_act=can_act,
    )
