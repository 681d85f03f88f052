"""What an applicant may do about her case: take it back, put a returned account right."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, queries, states
from guiyan.cases.spelling import TOO_LONG
from guiyan.kernel.errors import Refused
from guiyan.portal.my.views import own_case

WITHDRAWABLE = (states.SUBMITTED, states.SUPPLEMENT, states.RAISED, *states.WITH_THE_BANK)
CORRECTABLE = (states.RETURNED, states.ACCOUNT_CHECK)
TOLD = ("returned", "account_given")


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="为什么撤回",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class AccountForm(forms.Form):
    bank = forms.CharField(
        label="开户银行",
        max_length=80,
        help_text="写到支行，例如：通山农商银行大畈支行",
        error_messages={"required": "请填写开户银行", "max_length": TOO_LONG},
    )
    account_no = forms.CharField(
        label="银行卡号",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "请填写银行卡号"},
    )


@require_http_methods(["GET", "POST"])
@sign_in_required
def withdraw(request: ActingRequest, number: str) -> HttpResponse:
    """Ask first, with what follows; then take it back."""
    case = own_case(request.actor, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if queries.just_did(request.actor, case, "withdraw"):
            messages.info(request, "刚才已经撤回，不用再点。")
        else:
            actions.withdraw_case(request.actor, case=case, reason=form.cleaned_data["reason"])
            messages.success(request, "已撤回。需要时可以重新申请。")
        return redirect("portal:case", number=number)
    if case.state not in WITHDRAWABLE:
        raise Refused(f"这件现在是“{case.state_label}”，不能撤回。", "state")
    return render(request, "portal/my/withdraw.html", {"case": case, "form": form})


class UrgeForm(forms.Form):
    words = forms.CharField(
        label="想说的话",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


@require_http_methods(["GET", "POST"])
@sign_in_required
def urge(request: ActingRequest, number: str) -> HttpResponse:
    """Urge it, once a working day; whoever has it in hand sees it."""
    case = own_case(request.actor, number)
    form = UrgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            times = actions.urge_case(request.actor, case=case, words=form.cleaned_data["words"])
            messages.success(request, f"已催办，这是第{times}次。")
        except Refused as refusal:
            messages.info(request, refusal.message)
        return redirect("portal:case", number=number)
    return render(request, "portal/my/urge.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
@sign_in_required
def account(request: ActingRequest, number: str) -> HttpResponse:
    """A returned payment, or an account somebody gave for her: the right one, and it is paid again."""
    case = own_case(request.actor, number)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.correct_account(request.actor, case=case, bank=values["bank"], account_no=values["account_no"])
        except Refused as refusal:
            if refusal.code == "state" and queries.just_did(request.actor, case, "reissue"):
                messages.info(request, "刚才已经更正，不用再点。")
                return redirect("portal:case", number=number)
            form.add_error("account_no" if refusal.code == "account" else None, refusal.message)
        else:
            messages.success(request, "收款账户已更正，会重新申请拨付。")
            return redirect("portal:case", number=number)
    if case.state not in CORRECTABLE and not form.is_bound:
        raise Refused(f"这件现在是“{case.state_label}”，不用更正收款账户。", "state")
    returned = next((one for one in queries.messages_for(request.actor, case=case) if one.kind in TOLD), None)
    note = "必须是本单位" if case.for_firm else "必须是本人"
    context = {"case": case, "form": form, "returned": returned, "holder_note": note}
    return render(request, "portal/my/account.html", context, status=422 if form.errors else 200)
