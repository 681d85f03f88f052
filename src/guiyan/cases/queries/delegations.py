"""Delegations to townships, and what they mean for whose work a new request is."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guiyan.accounts.models import Unit
from guiyan.cases.models import Delegation
from guiyan.cases.permissions import POWERS, units_with
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree

MOST = 200


def running() -> QuerySet[Delegation]:
    today = calendar.today()
    return Delegation.objects.filter(ended_at=None, valid_from__lte=today, valid_to__gte=today)


def done_here(actor: Actor, permission: str) -> Q:
    """Cases whose acceptance (or review) is the actor's work: a township's what is delegated to it, the bureau's all
    the rest.

    permission: case.accept or case.review; entrusted, a township accepts; authorised, it decides as well.
    The bureau may still open and do what it delegated; it only does not stand in its list. What is handed over
    to somebody by name is theirs.
    """
    mine = units_with(actor, permission)
    named = Q(handler_id__in=actor.persons)
    own, away = competent(mine), Q(pk__in=())
    for one in running()[:MOST]:
        if permission not in POWERS[one.kind]:
            continue
        low, high = subtree(one.region)
        theirs = Q(unit_id=one.principal_id, item__in=one.items, region__gte=low, region__lt=high)
        if one.agent_id in mine:
            own |= theirs
        else:
            away |= theirs
    return named | (own & ~away) | (own & away & Q(handler_unit_id__in=mine))


def competent(units: frozenset[int]) -> Q:
    """Cases of these bureaus, and of those in their area: a township's area holds no bureau."""
    own = Q(unit_id__in=units)
    for region in Unit.objects.filter(pk__in=units).values_list("region", flat=True):
        low, high = subtree(region)
        own |= Q(unit__region__gte=low, unit__region__lt=high)
    return own


def delegations_for(actor: Actor) -> list[Delegation]:
    """Those the actor's units gave or hold, the newest first."""
    units = units_with(actor, "delegation.manage") | units_with(actor, "case.accept")
    rows = Delegation.objects.filter(Q(principal_id__in=units) | Q(agent_id__in=units))
    return list(rows.select_related("principal", "agent", "file").order_by("-id")[:MOST])


def delegation_by_id(actor: Actor, delegation_id: int) -> Delegation:
    """One of them."""
    units = units_with(actor, "delegation.manage") | units_with(actor, "case.accept")
    row = Delegation.objects.select_related("principal", "agent", "file").filter(pk=delegation_id).first()
    if row is None or not units & {row.principal_id, row.agent_id}:
        raise NotFound("没有找到这份委托。")
    return row
