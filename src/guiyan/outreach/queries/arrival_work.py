"""What of the arrivals waits: for the helper, for whoever gives helpers, for those who answer for what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import usernames_of
from guiyan.cases.permissions import units_with
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.workflow import ClockView, LateClock
from guiyan.outreach import states
from guiyan.outreach.models import Arrival
from guiyan.outreach.opening import CONTACT
from guiyan.outreach.permissions import ASSIGN, LOOK

OPEN = (states.HELPING, states.UNASSIGNED)
MOST = 100


def seen_by(actor: Actor) -> QuerySet[Arrival]:
    """All of the actor's area."""
    return visible(actor, LOOK, Arrival.objects.all(), region="region", unit=None, subject=None)


def late_ones() -> list[LateClock]:
    return [late for late in workflow.late_clocks(Arrival, calendar.today()) if late.clock == CONTACT]


@dataclass(frozen=True)
class Waiting:
    """An arrival that waits for somebody, with its clock."""

    arrival: Arrival
    clock: ClockView | None


def with_clocks(rows: Iterable[Arrival]) -> list[Waiting]:
    found = list(rows)
    clocks = workflow.clocks_of(Arrival, [one.pk for one in found])
    return [Waiting(one, next(iter(clocks.get(one.pk, ())), None)) for one in found]


def to_contact(actor: Actor) -> list[Waiting]:
    """Whom this account is to contact, or the officer's it stands in for."""
    names = usernames_of(actor.persons)
    if not names:
        return []
    rows = seen_by(actor).filter(state=states.HELPING, helper_account__in=names).order_by("pk")
    return with_clocks(rows[:MOST])


def to_assign(actor: Actor) -> list[Waiting]:
    """Those that nobody could be given to, and those whose helper has no account: the office records for them."""
    if not holds(actor, ASSIGN):
        return []
    mine = visible(actor, ASSIGN, Arrival.objects.all(), region="region", unit=None, subject=None)
    open_ones = Q(state=states.UNASSIGNED) | Q(state=states.HELPING, helper_account="")
    return with_clocks(mine.filter(open_ones).order_by("pk")[:MOST])


def overdue_for(actor: Actor) -> list[Waiting]:
    """What is so late that the unit's head, or the supervision office, is to know; it goes when it is done."""
    heads, offices = holds(actor, "case.oversee"), holds(actor, "case.supervise")
    if not (heads or offices):
        return []
    late = {one.object_id: one for one in late_ones()}
    rows = Arrival.objects.filter(pk__in=late, state__in=OPEN)
    covered = Q(pk__in=())
    if heads:
        covered |= Q(unit_id__in=units_with(actor, "case.oversee"), pk__in=reached(rows, late, "head_after"))
    if offices:
        mine = visible(actor, "case.supervise", rows, region="region", unit=None, subject=None)
        covered |= Q(pk__in=reached(mine, late, "supervision_after"))
    return with_clocks(rows.filter(covered).order_by("pk")[:MOST])


def reached(rows: QuerySet[Arrival], late: dict[int, LateClock], level: str) -> list[int]:
    """Those that are late by as many working days as their flow says of this level."""
    working, today, found = calendar.calendar(), calendar.today(), []
    for row in rows:
        after = getattr(workflow.flow_of(row).clocks[CONTACT], level)
        if after is not None and workflow.working_days(late[row.pk].due_on, today, working) >= after:
            found.append(row.pk)
    return found
