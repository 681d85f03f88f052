"""Requests at a bank or guarantor: the work list, one request with all that was shown, the answer, the pay-out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions
from guiyan.cases import queries as cases
from guiyan.desk.loans.acting import require_acting
from guiyan.desk.loans.forms import BankAnswerForm, PayOutForm, ReasonForm, SuretyAnswerForm
from guiyan.desk.paging import paged, words_of
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import Refused
from guiyan.lending import queries, states
from guiyan.lending.actions.referring import PERMISSION
from guiyan.lending.models import Referral
from guiyan.lending.money_words import percent_words
from guiyan.lending.permissions import units_acting

VERDICTS = {
    "yes": ("建议免除反担保", "green"),
    "no": ("不在建议免除的范围", "amber"),
    "unknown": ("还缺事实，看不出", "amber"),
}


@require_safe
def request_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "loan.view")
    to_pay = queries.waiting_to_pay_out(request.actor) if holds(request.actor, "loan.decide") else []
    view, words = request.GET.get("view", "waiting"), words_of(request)
    view = view if view in queries.REQUEST_VIEWS else "waiting"
    rows, pager = paged(request, queries.requests_for(request.actor, view, words), "件")
    due = cases.due_days([row.case_ref for row in (*to_pay, *(one for one in rows if not one.decision))])
    lights = cases.Lights()
    counts = queries.request_counts(request.actor)
    context = {
        "rows": [with_light(row, None if row.decision else due.get(row.case_ref), lights) for row in rows],
        "to_pay": [with_light(row, due.get(row.case_ref), lights) for row in to_pay],
        "pager": pager,
        "view": view,
        "q": words,
        "tabs": [
            {"label": label, "href": f"?view={key}", "current": key == view, "count": counts[key]}
            for key, label in queries.REQUEST_VIEWS.items()
        ],
    }
    return render(request, "desk/loans/requests.html", context)


def with_light(row: Referral, due_on: date | None, lights: cases.Lights) -> dict[str, object]:
    return {"row": row, "light": lights.of(due_on) if due_on is not None else None}


@require_safe
def request_page(request: ActingRequest, referral_id: int) -> HttpResponse:
    return page_of(request, referral_of(request.actor, referral_id))


def referral_of(actor: Actor, referral_id: int) -> Referral:
    require(actor, "loan.view")
    return queries.referral_by_id(actor, referral_id)


def page_of(request: ActingRequest, row: Referral, bound: forms.Form | None = None, verb: str = "") -> HttpResponse:
    """What was typed stays on the page with the reason why it was not taken."""
    own = row.subject_id in request.actor.subject_ids
    mine = not own and row.unit_id in units_acting(request.actor, PERMISSION[row.role])
    to_pay = mine and any(one.pk == row.pk for one in queries.waiting_to_pay_out(request.actor))
    due = cases.due_days([row.case_ref]).get(row.case_ref)
    verdict = VERDICTS.get(str(row.advice.get("verdict", "")), ("", "plain"))
    context = {
        "row": row,
        "rate": percent_words(row.rate_percent),
        "shown": row.shown,
        "advice": row.advice,
        "advice_words": verdict[0],
        "advice_tone": verdict[1],
        "light": cases.light_of(due) if due and (not row.decision or to_pay) else None,
        "may_answer": mine and not row.decision,
        "may_pay_out": to_pay,
        "loan": queries.loan_seen(request.actor, row.case_ref),
        "show": verb,
        "answer_form": bound if verb == "approve" else answer_form(None, row),
        "decline_form": bound if verb == "decline" else ReasonForm(),
        "pay_form": bound if verb == "pay-out" else PayOutForm(None, row),
        "give_up_form": bound if verb == "give-up" else ReasonForm(),
    }
    return render(request, "desk/loans/request.html", context, status=422 if bound is not None else 200)


def answer_form(data: Any, row: Referral) -> forms.Form:
    return BankAnswerForm(data, row) if row.role == states.BANK else SuretyAnswerForm(data)


@require_POST
def answer(request: ActingRequest, referral_id: int) -> HttpResponse:
    """`decision=decline` with a reason, or the terms agreed to."""
    row = referral_of(request.actor, referral_id)
    require_acting(request.actor, PERMISSION[row.role], row.unit_id)
    approve = request.POST.get("decision") != "decline"
    form = answer_form(request.POST, row) if approve else ReasonForm(request.POST)

    def do() -> str:
        given = form.cleaned_data
        actions.answer_referral(
            request.actor,
            referral=row,
            approve=approve,
            amount_fen=given.get("amount") or 0,
            rate_percent=given.get("rate"),
            months=given.get("months") or 0,
            counter_guarantee=given.get("counter_guarantee", ""),
            reason=given["reason"],
        )
        return "已答复：同意。" if approve else "已答复：不同意，理由已告诉申请人和经办单位。"

    return done_or_page(request, row, form, "approve" if approve else "decline", do)


@require_POST
def pay_out(request: ActingRequest, referral_id: int) -> HttpResponse:
    row = referral_of(request.actor, referral_id)
    require_acting(request.actor, PERMISSION[states.BANK], row.unit_id)
    form = PayOutForm(request.POST, row)

    def do() -> str:
        given = form.cleaned_data
        loan = actions.record_loan(
            request.actor,
            referral=row,
            contract_no=given["contract_no"],
            from_on=given["from_on"],
            principal_fen=given["principal"],
            method=given["method"],
            basis=given["basis"],
        )
        return f"放款已登记，贷款编号{loan.number}，还款计划已列好。"

    return done_or_page(request, row, form, "pay-out", do)


@require_POST
def give_up(request: ActingRequest, referral_id: int) -> HttpResponse:
    row = referral_of(request.actor, referral_id)
    require_acting(request.actor, PERMISSION[states.BANK], row.unit_id)
    form = ReasonForm(request.POST)

    def do() -> str:
        actions.give_up_payout(request.actor, referral=row, reason=form.cleaned_data["reason"])
        return "已退回经办单位，理由已告诉申请人。"

    return done_or_page(request, row, form, "give-up", do)


def done_or_page(
    request: ActingRequest, row: Referral, form: forms.Form, verb: str, do: Callable[[], str]
) -> HttpResponse:
    if not form.is_valid():
        return page_of(request, row, form, verb)
    try:
        messages.success(request, do())
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return page_of(request, referral_of(request.actor, row.pk), form, verb)
    return redirect("loans:request", referral_id=row.pk)
