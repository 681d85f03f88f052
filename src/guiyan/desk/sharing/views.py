"""The catalogue, my applications and those to authorise, on one page; applying on another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.offices import acts_for_unit
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import FORM_WORDS
from guiyan.registers import actions
from guiyan.registers.queries import sharing


class ApplyForm(forms.Form):
    purpose = forms.ChoiceField(
        label="用来做什么", widget=forms.RadioSelect, error_messages={**FORM_WORDS, "required": "请选用来做什么。"}
    )
    reason = forms.CharField(
        label="为什么要用",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明为什么要用。"},
    )
    until = forms.DateField(
        label="用到哪一天",
        help_text="最长一年",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填用到哪一天。", "invalid": "日期不对，请按年月日填写。"},
    )

    def __init__(self, purposes: dict[str, str], *args: Any) -> None:
        super().__init__(*args)
        self.fields["purpose"].choices = list(purposes.items())  # type: ignore[attr-defined]


@require_safe
def catalogue(request: ActingRequest) -> HttpResponse:
    offers = sharing.catalogue(request.actor)
    uses = sharing.uses_for(request.actor)
    taken = sharing.takings_of(uses)
    waiting = {use.pk for use in sharing.uses_to_answer(request.actor)}
    rows = [
        {
            "use": use,
            "label": sharing.label_of(use.list_id),
            "purpose": sharing.purpose_of(use.list_id, use.purpose),
            "taken": taken.get(use.pk),
            "may_answer": use.pk in waiting,
            "may_withdraw": use.state == use.LIVE and acts_for_unit(request.actor, "sharing.authorise", use.holder_id),
        }
        for use in uses
    ]
    context = {"offers": offers, "rows": rows, "may_apply": holds(request.actor, "sharing.apply")}
    return render(request, "desk/sharing/catalogue.html", context)


@require_http_methods(["GET", "POST"])
def apply(request: ActingRequest, list_id: str) -> HttpResponse:
    require(request.actor, "sharing.apply")
    offer = next((one for one in sharing.catalogue(request.actor) if one.item.id == list_id), None)
    if offer is None:
        raise NotFound("目录里没有这项数据。")
    purposes = {str(name): words for name, words in offer.sharing.purposes.items()}
    form = ApplyForm(purposes, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply_for_data(request.actor, list_id=list_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已提交，等{offer.holder}同意。")
            return redirect("sharing:list")
    context = {"offer": offer, "form": form, "columns": offer.item.columns}
    return render(request, "desk/sharing/apply.html", context, status=422 if form.errors else 200)


@require_POST
def answer(request: ActingRequest, use_id: int) -> HttpResponse:
    agreed = request.POST.get("agreed") == "yes"
    try:
        use = actions.answer_application(request.actor, use_id=use_id, agreed=agreed, note=request.POST.get("note", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已处理，现在是“{use.words}”。")
    return redirect("sharing:list")


@require_POST
def withdraw(request: ActingRequest, use_id: int) -> HttpResponse:
    try:
        actions.withdraw_use(request.actor, use_id=use_id, note=request.POST.get("note", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已收回。以后不能导入，也不能再比对。")
    return redirect("sharing:list")
