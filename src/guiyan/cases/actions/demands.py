"""Demands (诉求): sent on to the office that can settle them, answered, asked again once, closed with a judgement."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.cases import answering_offices, declared
from guiyan.cases.actions.moving import behalf, locked, move, refuse_if_blocked
from guiyan.cases.actions.telling import (
    tell_answered,
    tell_asked_again,
    tell_declined,
    tell_dispatched,
    tell_unrated,
)
from guiyan.cases.models import Case, Reply
from guiyan.cases.permissions import require_applicant
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most, visible

LONGEST_ANSWER = 2000
LONGEST_REASON = 300


@transaction.atomic
def dispatch_demand(actor: Actor, *, case: Case, unit_id: int, note: str = "") -> Case:
    """Send it to one of `answering_offices.offices_for`: from then on that office answers for it, on its own clock."""
    require(actor, "demand.dispatch", case)
    case = _demand(case)
    refuse_if_blocked(actor, case, "dispatch")
    office = next((one for one in answering_offices.offices_for(case) if one.pk == unit_id), None)
    if office is None:
        raise Refused("请从名单里选一个承办单位。", "unit")
    _hand_to(case, office)
    moved = move(actor, case, "dispatch", reason=at_most(visible(note), LONGEST_REASON, "分办意见"))
    tell_dispatched(moved, office.name)
    return moved


@transaction.atomic
def decline_demand(actor: Actor, *, case: Case, reason: str) -> Case:
    """Do not take it, and say why and where to go instead."""
    require(actor, "demand.dispatch", case)
    case = _demand(case)
    said = _said(reason, "请写明为什么不受理、可以到哪里反映。", "理由")
    moved = move(actor, case, "decline", reason=said)
    tell_declined(moved, said)
    return moved


@transaction.atomic
def return_demand(actor: Actor, *, case: Case, reason: str) -> Case:
    """Not for this office: back to who sends it on, with the reason."""
    require(actor, "demand.answer", case)
    case = _demand(case)
    said = _said(reason, "请写明为什么不归本单位办、应当归谁办。", "退回的理由")
    refuse_if_blocked(actor, case, "return_dispatch")
    with entered(Scope.system()):  # the office's own wall closes behind what it gives away
        _hand_to(case, answering_offices.dispatching_office(case))
        return move(actor, case, "return_dispatch", reason=said)


@transaction.atomic
def answer_demand(actor: Actor, *, case: Case, text: str) -> Reply:
    """Answer it; the applicant is told in full and asked to judge."""
    require(actor, "demand.answer", case)
    case = _demand(case)
    refuse_if_blocked(actor, case, "answer")
    said = at_most(visible(text), LONGEST_ANSWER, "答复")
    if not said:
        raise Refused("请写明怎么解决的；解决不了的，写明原因和下一步。", "text")
    with entered(Scope.system()):  # what the applicant is told stands behind her wall, not the office's
        return _answer(actor, case, said)


def _answer(actor: Actor, case: Case, said: str) -> Reply:
    reply = Reply.objects.create(
        case=case,
        turn=case.replies.count() + 1,
        unit_id=case.unit_id,
        text=said,
        at=calendar.now(),
        by_id=actor.user_id,
        by_label=actor.label,
        region=case.region,
        subject_id=case.subject_id,
    )
    tell_answered(move(actor, case, "answer"), case.unit.name)
    return reply


@transaction.atomic
def ask_again(actor: Actor, *, case: Case, reason: str) -> Case:
    """The applicant is not satisfied: once, with what is still open, back to the office that answered."""
    require_applicant(actor, case)
    case = _demand(case)
    said = _said(reason, "请写明还有什么没有解决。", "没解决的事")
    moved = move(actor, case, "redo", reason=said, on_behalf=behalf(actor, case))
    tell_asked_again(moved, case.unit.name)
    return moved


@transaction.atomic
def close_unrated(*, case: Case) -> Case:
    """Time was given to judge and nobody did: closed, and the reason says so."""
    case = _demand(case)
    days = declared.pack_of(case).flows[case.flow].clocks["rating"].days
    moved = move(SYSTEM, case, "close_unrated", reason=f"答复后{days}个工作日没有评价")
    tell_unrated(moved, days)
    return moved


def _demand(case: Case) -> Case:
    case = locked(case)
    if declared.item_of(case).outcome != "reply":
        raise Refused("这件不是诉求。", "outcome")
    return case


def _said(text: str, otherwise: str, what: str) -> str:
    said = at_most(visible(text), LONGEST_REASON, what)
    if not said:
        raise Refused(otherwise, "reason")
    return said


def _hand_to(case: Case, office: Unit) -> None:
    """Before the step, so that the clock it starts and the line it writes stand behind the office's own wall."""
    case.unit = office
    case.save(update_fields=["unit"])
