"""A document in force is put out of it by another: which one, from when, why; the page says what follows first."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document
from guiyan.policies.actions import confirm_measure, end_confirmations


class SupersedeForm(forms.Form):
    by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label="由哪份文件替代",
        empty_label="请选择",
        error_messages={"required": "请选择替代它的文件。", "invalid_choice": "请从列表里选一份执行中的文件。"},
    )
    since = forms.DateField(
        label="从哪天起",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写从哪天起。", "invalid": "日期不对，应写成2026-06-09这样。"},
    )
    reason = forms.CharField(
        label="依据", max_length=200, error_messages={"required": "请写明依据，例如新文件的哪一条。"}
    )

    def __init__(self, request: ActingRequest, document: Document, given: QueryDict | None = None) -> None:
        super().__init__(given, initial={"since": calendar.today().isoformat()})
        self.fields["by"].queryset = queries.successors_of(request.actor, document)  # type: ignore[attr-defined]
        self.fields["by"].label_from_instance = lambda row: row.title  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def supersede(request: ActingRequest, document_id: int) -> HttpResponse:
    """Ask, with what follows; then do it, with the measures, in one transaction."""
    document = queries.document_by_id(request.actor, document_id)
    require(request.actor, "document.publish", document)
    if request.method != "POST":
        return _page(request, document, SupersedeForm(request, document))
    form = SupersedeForm(request, document, request.POST)
    if not form.is_valid():
        return _page(request, document, form, 422)
    try:
        with transaction.atomic():
            done = actions.supersede_document(request.actor, document=document, **form.cleaned_data)
            ended = end_confirmations(request.actor, document_id=done.id)
            for reading in queries.linked_measures(form.cleaned_data["by"]):
                confirm_measure(request.actor, **asdict(reading))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, document, form, 409)
    messages.success(request, f"已标为被替代。它的任务和指标不再列入执行中，{ended}项政策按旧文件停止受理。")
    return redirect("documents:review", document_id=document.id)


def _page(request: ActingRequest, document: Document, form: SupersedeForm, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "form": form,
        "back_href": reverse("documents:review", args=[document.id]),
        "task_count": document.tasks.count(),
        "indicator_count": document.indicators.count(),
        "measure_count": len(queries.linked_measures(document)),
        "has_choice": form.fields["by"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "desk/documents/supersede.html", context, status=status)
