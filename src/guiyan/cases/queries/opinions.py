"""Opinions asked beside a step (加签), for those who were asked."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guiyan.cases.models import Case
from guiyan.cases.permissions import opinion_is_mine, units_with
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.workflow import OpinionRow

ASKED = ("case.accept", "case.check", "case.review")


def opinions_asked_of(actor: Actor) -> QuerySet[OpinionRow]:
    """What waits for the actor's answer, by name or for the unit; what is due first on top."""
    units = frozenset[int]().union(*(units_with(actor, one) for one in ASKED))
    mine = Q(asked_user_id__in=actor.persons) | Q(asked_user_id=None, unit_id__in=units)
    return OpinionRow.objects.filter(mine, object_type=Case.flow_object, state="open").order_by("due_on", "id")


def opinion_by_id(actor: Actor, opinion_id: int) -> OpinionRow:
    """One opinion, for whoever was asked."""
    row = OpinionRow.objects.filter(pk=opinion_id, object_type=Case.flow_object).first()
    if row is None or not opinion_is_mine(actor, row):
        raise NotFound("没有找到这份加签，可能不是请您的单位。")
    return row


def opinion_of(case: Case, opinion_id: int) -> OpinionRow:
    """One opinion asked about that case, for whoever handles it."""
    row = OpinionRow.objects.filter(pk=opinion_id, object_type=Case.flow_object, object_id=case.pk).first()
    if row is None:
        raise NotFound("没有找到这份加签。")
    return row
