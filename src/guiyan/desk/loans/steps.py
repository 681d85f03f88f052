"""What a bank or guarantor states of a loan by hand: a repayment, a mistake, a claim and its payment."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guiyan.accounts.web import ActingRequest
from guiyan.desk.loans.acting import require_acting
from guiyan.desk.loans.forms import ClaimForm, ReasonForm, RepaymentForm
from guiyan.desk.loans.views import loan_of, page_of
from guiyan.kernel.errors import NotFound, Refused
from guiyan.lending import actions, states
from guiyan.lending.actions import Stated
from guiyan.lending.models import Loan
from guiyan.lending.money_words import words


def stated_of(form: RepaymentForm, kind: str = "") -> Stated:
    given = form.cleaned_data
    return Stated(
        kind or given["kind"], given["on"], given["principal"], given["interest"], given["penalty"], given["serial"]
    )


@require_POST
def repay(request: ActingRequest, number: str) -> HttpResponse:
    loan = loan_of(request.actor, number)
    require_acting(request.actor, "loan.decide", loan.bank_id)
    form = RepaymentForm(request.POST)
    if not form.is_valid():
        return page_of(request, loan, form, "repay")
    try:
        row = actions.state_repayment(request.actor, loan=loan, stated=stated_of(form))
    except Refused as refusal:
        return refused(request, number, form, "repay", refusal)
    messages.success(request, f"已记：{row.get_kind_display()}{words(row.total_fen)}。")
    return redirect("loans:page", number=number)


@require_POST
def void(request: ActingRequest, number: str, repayment_id: int) -> HttpResponse:
    """A reason in words is all it takes; without one nothing happens."""
    loan = loan_of(request.actor, number)
    require_acting(request.actor, "loan.decide", loan.bank_id)
    repayment = loan.repayments.filter(pk=repayment_id).first()
    if repayment is None:
        raise NotFound("这笔贷款没有这条还款记录。")
    form = ReasonForm(request.POST)
    try:
        actions.void_repayment(
            request.actor, repayment=repayment, reason=form.cleaned_data["reason"] if form.is_valid() else ""
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已作废。给过的贴息在下个季度扣回。")
    return redirect("loans:page", number=number)


@require_POST
def ask_claim(request: ActingRequest, number: str) -> HttpResponse:
    loan = loan_of(request.actor, number)
    require_acting(request.actor, "loan.decide", loan.bank_id)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return page_of(request, loan, form, "claim")
    given = form.cleaned_data
    try:
        actions.ask_claim(request.actor, loan=loan, amount_fen=given["amount"], reason=given["reason"])
    except Refused as refusal:
        return refused(request, number, form, "claim", refusal)
    messages.success(request, "已申请代偿，担保机构会收到。")
    return redirect("loans:page", number=number)


@require_POST
def pay_claim(request: ActingRequest, number: str) -> HttpResponse:
    loan = loan_of(request.actor, number)
    require_acting(request.actor, "loan.guarantee", loan.guarantor_id)
    form = RepaymentForm(request.POST, paid_for=True)
    if not form.is_valid():
        return page_of(request, loan, form, "claim-paid")
    try:
        actions.pay_claim(request.actor, loan=loan, stated=stated_of(form, states.CLAIMED))
    except Refused as refusal:
        return refused(request, number, form, "claim-paid", refusal)
    messages.success(request, "代偿已登记。")
    return redirect("loans:page", number=number)


def refused(request: ActingRequest, number: str, form: forms.Form, verb: str, refusal: Refused) -> HttpResponse:
    form.add_error(None, refusal.message)
    fresh: Loan = loan_of(request.actor, number)
    return page_of(request, fresh, form, verb)
