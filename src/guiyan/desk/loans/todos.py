"""What waits for a bank or guarantor: a request to answer, a loan to pay out, a claim to settle; a list to confirm."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases import queries as cases
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.lending import queries, states
from guiyan.lending.money_words import words

WORKING = ("loan.decide", "loan.guarantee", "loan.confirm")
MOST = 100
ASKED = {states.BANK: "审批", states.GUARANTOR: "担保审查"}


def todos(actor: Actor) -> list[Todo]:
    if not any(holds(actor, one) for one in WORKING):
        return []
    return [*_requests(actor), *_claims(actor), *_lists(actor)]


def _requests(actor: Actor) -> list[Todo]:
    """Both kinds have the day by which their case's clock runs out."""
    open_ones = list(queries.waiting_for(actor)[:MOST])
    to_pay = queries.waiting_to_pay_out(actor) if holds(actor, "loan.decide") else []
    due = cases.due_days([one.case_ref for one in (*open_ones, *to_pay)])
    lights = cases.Lights()
    rows = [*((one, ASKED[one.role]) for one in open_ones), *((one, "放款") for one in to_pay)]
    return [
        Todo(
            href=reverse("loans:request", args=[one.pk]),
            todo=verb,
            title=one.title,
            who=one.borrower,
            light=lights.of(due.get(one.case_ref)),
            note=words(one.amount_fen or one.wish_fen),
            entry=one.case_number,
            due_on=due.get(one.case_ref),
        )
        for one, verb in rows
    ]


def _claims(actor: Actor) -> list[Todo]:
    return [
        Todo(
            href=reverse("loans:page", args=[one.number]),
            todo="代偿",
            title=one.title,
            who=one.borrower,
            light=cases.light_of(None),
            note=words(one.claim_fen or 0),
            entry=one.number,
        )
        for one in queries.claims_waiting(actor)[:MOST]
    ]


def _lists(actor: Actor) -> list[Todo]:
    return [
        Todo(
            href=reverse("loans:subsidy", args=[one.pk]),
            todo="复核",
            title=f"{one.label}贷款贴息",
            who=f"{one.line_count}笔",
            light=cases.light_of(None),
            note=words(one.total_fen),
        )
        for one in queries.lists_to_confirm(actor)[:MOST]
    ]
