"""Whom a helper is to contact first; whom nobody could be given to; what is so late that others are to know."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.outreach import queries, states
from guiyan.outreach.permissions import ASSIGN
from guiyan.outreach.queries import Waiting

WORKING = ("service.record", "arrival.assign")


def todos(actor: Actor) -> list[Todo]:
    """Bounded; the clocks of each kind are read at once."""
    lights, found = Lights(), []
    if holds(actor, "service.record"):
        found += [todo_of(one, "首次联系", lights, "contact") for one in queries.to_contact(actor)]
    if holds(actor, ASSIGN):
        for one in queries.to_assign(actor):
            open_one = one.arrival.state == states.UNASSIGNED
            found.append(
                todo_of(one, "指派首护人" if open_one else "代记联系", lights, "helper" if open_one else "contact")
            )
    found += [todo_of(one, "督促首次联系", lights, "page", can_act=False) for one in queries.overdue_for(actor)]
    return found


def todo_of(one: Waiting, verb: str, lights: Lights, page: str, *, can_act: bool = True) -> Todo:
    due_on = one.clock.due_on if one.clock else None
    helper = f"首护人{one.arrival.helper_name}" if one.arrival.helper_name else "还没有首护人"
    return Todo(
        href=reverse(f"arrivals:{page}", args=[one.arrival.pk]),
        todo=verb,
        title=one.arrival.name,
        who=helper,
        light=lights.of(due_on),
        entry="首次登记",
        due_on=due_on,
        can_act=can_act,
    )
