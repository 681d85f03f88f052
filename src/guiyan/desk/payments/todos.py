"""Payment requests whose answers the treasury has not stated yet, by the day by which the money should have arrived."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.cases.queries.loans import due_days
from guiyan.cases.queries.numbers import batch_titles
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.ledger import queries
from guiyan.ledger.models import PaymentRequest

WORKING = ("payment.result",)
MOST = 50


def todos(actor: Actor) -> list[Todo]:
    """Bounded; one query for the lines of all requests, one for their days."""
    if not holds(actor, "payment.result"):
        return []
    waiting, lights = list(queries.requests_to_answer(actor)[:MOST]), Lights()
    titles = batch_titles(actor, [one.batch_ref for one in waiting], "payment.result")
    due = _due_on(waiting)
    return [
        Todo(
            href=reverse("payments:request", args=[one.number]),
            todo="登记支付结果",
            title=titles.get(one.batch_ref, ("", "支付申请"))[1],
            who=f"{one.line_count}笔",
            light=lights.of(due.get(one.pk)),
            entry=one.number,
            due_on=due.get(one.pk),
        )
        for one in waiting
    ]


def _due_on(waiting: list[PaymentRequest]) -> dict[int, date | None]:
    """Request -> the first day on which one of its lines without an answer is due."""
    lines = queries.unanswered_lines(waiting)
    days = due_days([case_ref for _, case_ref in lines])
    found: dict[int, list[date]] = defaultdict(list)
    for request_id, case_ref in lines:
        day = days.get(case_ref)
        if day is not None:
            found[request_id].append(day)
    return {request_id: min(days) for request_id, days in found.items()}
