"""This is wrong, that would be right; and: delete what you hold of me."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import FORM_WORDS
from guiyan.packs.register import Field
from guiyan.portal.data.views import only_residents
from guiyan.registers import actions
from guiyan.registers.queries import personal
from guiyan.registers.showing import regions_in, shown

HINTS = {
    "date": "写年月日，例如2026-06-08",
    "money": "写元，例如5000",
    "region": "写到乡镇或村，例如通山县大畈镇",
    "list": "几项之间用顿号隔开",
    "phone": "11位手机号",
    "id_number": "18位",
}


NO_RIGHT = {**FORM_WORDS, "required": "请写应当是什么；不应当有内容的，选下面一项。"}


class CorrectionForm(forms.Form):
    """right: chosen where the field has few values, written otherwise; nothing: the field should be empty."""

    use_required_attribute = False

    right = forms.CharField(label="应当是什么", max_length=400, error_messages=NO_RIGHT)
    nothing = forms.BooleanField(label="这一项不应当有内容", required=False)
    reason = forms.CharField(
        label="为什么",
        max_length=300,
        help_text="写清楚哪里不对，办理单位照着核对",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明哪里不对。"},
    )
    paper = forms.FileField(label="证明材料", required=False, help_text="照片或PDF，5MB以内")

    def __init__(self, field: Field, *args: Any) -> None:
        super().__init__(*args)
        if field.type in ("code", "bool"):
            choices = [("是", "是"), ("否", "否")] if field.type == "bool" else [(x, x) for x in field.codes.values()]
            self.fields["right"] = forms.ChoiceField(
                label="应当是什么", choices=[("", "请选择"), *choices], error_messages=NO_RIGHT
            )
        elif field.type == "list":
            self.fields["right"].help_text = f"{HINTS['list']}：{'、'.join(field.codes.values())}"
        else:
            self.fields["right"].help_text = HINTS.get(field.type, field.hint)
        self.fields["right"].required = not (self.is_bound and self.data.get("nothing"))

    def right_text(self) -> str:
        return "" if self.cleaned_data["nothing"] else str(self.cleaned_data["right"])


class ErasureForm(forms.Form):
    reason = forms.CharField(
        label="为什么",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**FORM_WORDS, "required": "请写明为什么要删除。"},
    )


@require_http_methods(["GET", "POST"])
@sign_in_required
def correct(request: ActingRequest, register: str, entry_id: int, field: str) -> HttpResponse:
    """Her claim about one field, with the reason and, if she likes, a paper."""
    only_residents(request)
    entry, held = personal.my_field(request.actor, register, entry_id, field)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CorrectionForm(held.field, *sent)
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            asked = actions.ask_correction(
                request.actor,
                register=register,
                entry_id=entry_id,
                field=field,
                right=form.right_text(),
                reason=form.cleaned_data["reason"],
                paper=(paper.name, paper.read()) if paper else None,
            )
        except Refused as refusal:
            form.add_error("right" if refusal.code == "right" else None, refusal.message)
        else:
            messages.success(request, f"已提交，{asked.unit_name}会核对后答复您。")
            return redirect("portal:my-data-request", request_id=asked.pk)
    places = region_paths(regions_in([held.field], [{held.field.id: held.value}]))
    context = {
        "entry": entry,
        "held": held,
        "shown": shown(held.field, held.value, places),
        "form": form,
    }
    return render(request, "portal/data/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@sign_in_required
def erase(request: ActingRequest) -> HttpResponse:
    """Says beforehand what can't be deleted and why."""
    only_residents(request)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_erasure(request.actor, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已提交，{asked.unit_name}会答复您。")
            return redirect("portal:my-data-request", request_id=asked.pk)
    found = personal.my_data(request.actor)
    context = {"form": form, "found": found, "kept": [one for one in found.kept if one.must]}
    return render(request, "portal/data/erase.html", context, status=422 if form.errors else 200)
