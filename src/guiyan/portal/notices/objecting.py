"""Raising an objection to one line of a notice that runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel import calendar
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import FORM_WORDS, visible
from guiyan.notices import actions, queries
from guiyan.notices.contacts import WrongContact, read_contact
from guiyan.notices.models import Notice
from guiyan.portal.notices.news import is_running
from guiyan.portal.notices.page import table_of

KEY = "objections_filed"


class ObjectionForm(forms.Form):
    """Which line, what is wrong with it, and who says so: kept sealed, read only by those who handle it."""

    line_no = forms.TypedChoiceField(
        label="对哪一行有异议",
        coerce=int,
        error_messages={"required": "请选是哪一行", "invalid_choice": "公示里没有这一行"},
    )
    text = forms.CharField(
        label="异议内容",
        max_length=1000,
        help_text="写清是什么情况、怎么知道的",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=FORM_WORDS | {"required": "请写明异议的内容和依据"},
    )
    name = forms.CharField(label="您的姓名", max_length=40, error_messages=FORM_WORDS | {"required": "请填写姓名"})
    contact = forms.CharField(
        label="联系电话或邮箱",
        max_length=100,
        help_text="手机、座机或电子邮箱。只给核实的人用，核实结果会告诉您",
        error_messages=FORM_WORDS | {"required": "请填写联系电话或邮箱"},
    )

    def __init__(self, lines: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        choice = self.fields["line_no"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *lines]

    def clean_name(self) -> str:
        name = visible(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("请填写姓名，刚才填的是看不见的字符")
        return name

    def clean_contact(self) -> str:
        try:
            return read_contact(self.cleaned_data["contact"])
        except WrongContact as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


@require_http_methods(["GET", "POST"])
def objection(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.notice_by_number(number)
    if not is_running(found, calendar.today()):
        raise Refused(f"公示期已经结束。可以拨打监督电话{found.phone}反映。", "closed")
    form = ObjectionForm(lines_of(found), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            filed = actions.file_objection(request.actor, notice=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            request.session[KEY] = {**request.session.get(KEY, {}), number: filed.number}
            return redirect("portal:objection-done", number=number)
    context = {"notice": found, "form": form}
    return render(request, "portal/notices/objection.html", context, status=422 if form.errors else 200)


def lines_of(found: Notice) -> list[tuple[int, str]]:
    lines = table_of(found, queries.rows_of(found)).lines
    return [(one.line_no, "　".join(x for x in (f"{one.line_no}", one.name, one.main) if x)) for one in lines]


@require_safe
def done(request: ActingRequest, number: str) -> HttpResponse:
    """The number of the objection, for whoever has just raised it in this browser."""
    found = queries.notice_by_number(number)
    filed = request.session.get(KEY, {}).get(number)
    if not filed:
        raise NotFound("没有找到刚才提出的异议。")
    return render(request, "portal/notices/objection_done.html", {"notice": found, "filed": filed})
