"""A revised document: which one it revises, its changes one by one, and its publication in the place of the old."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.revision_page import change_address, effects_of, revision_context, since_of
from guiyan.desk.paging import paged
from guiyan.desk.plans.history import told_of
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document
from guiyan.plans.queries.revisions import changes_by
from guiyan.plans.revisions import Change, changes_of
from guiyan.policies.actions import confirm_measure, end_confirmations


class RevisesForm(forms.Form):
    revises: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label="修订哪份文件",
        empty_label="请选择",
        error_messages={"required": "请选择它修订的文件。", "invalid_choice": "请从列表里选一份执行中的文件。"},
    )

    def __init__(self, request: ActingRequest, document: Document, given: Any = None) -> None:
        suggested = queries.suggested_revised(request.actor, document) if given is None else None
        super().__init__(given, initial={"revises": suggested})
        self.suggested = suggested
        self.fields["revises"].queryset = queries.successors_of(request.actor, document)  # type: ignore[attr-defined]
        self.fields["revises"].label_from_instance = lambda row: row.dated  # type: ignore[attr-defined]


class SinceForm(forms.Form):
    since = forms.DateField(
        label="从哪天起按新文件执行",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写从哪天起。", "invalid": "日期不对，应写成2026-06-09这样。"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: ActingRequest, document_id: int) -> HttpResponse:
    """Choose which document it revises, or go through what changed."""
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    if request.method == "POST":
        return _choose(request, document)
    if document.revises_id is None:
        return _choosing(request, document, RevisesForm(request, document))
    if document.state not in ("draft", "reviewing"):
        return _published(request, document)
    return render(request, "desk/documents/revision.html", revision_context(request, document))


def _published(request: ActingRequest, document: Document) -> HttpResponse:
    """What it changed, after it was published."""
    listed, pager = paged(request, changes_by(document), "处", 50)
    context = {"document": document, "old": document.revises, "rows": told_of(listed), "pager": pager}
    return render(request, "desk/documents/revision_done.html", context)


def _choosing(request: ActingRequest, document: Document, form: RevisesForm, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "form": form,
        "suggested": form.suggested,
        "has_choice": form.fields["revises"].queryset.exists(),  # type: ignore[attr-defined]
        "is_open": document.state in ("draft", "reviewing"),
        "back_href": reverse("documents:review", args=[document.id]),
    }
    return render(request, "desk/documents/revises.html", context, status=status)


def _choose(request: ActingRequest, document: Document) -> HttpResponse:
    form = RevisesForm(request, document, request.POST)
    try:
        if request.POST.get("leave") == "1":
            actions.leave_revision(request.actor, document=document)
            messages.success(request, "已改为一份新文件，不再和旧文件对照。")
            return redirect("documents:review", document_id=document.id)
        if not form.is_valid():
            return _choosing(request, document, form, 422)
        actions.start_revision(request.actor, document=document, revises=form.cleaned_data["revises"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _choosing(request, document, form, 409)
    messages.success(request, "已逐条对照。没有变的已经确认，请看有改动的。")
    return redirect("documents:revision", document_id=document.id)


@require_POST
def change(request: ActingRequest, document_id: int, key: str) -> HttpResponse:
    """Take a change over, keep the old, or take that back; then on to the next that waits."""
    document = queries.document_by_id(request.actor, document_id)
    require(request.actor, "document.review", document)
    is_open = document.state in ("draft", "reviewing")
    if is_open and all(x.key != key for x in changes_of(document)):
        raise NotFound("没有这一处改动。")
    decision, show = request.POST.get("decision", ""), request.POST.get("show", "waiting")
    try:
        done = actions.decide_change(
            request.actor,
            document=document,
            key=key,
            mark=request.POST.get("mark", ""),
            seen=request.POST.get("seen", ""),
            decision="" if decision == "reopen" else decision,
            reason=request.POST.get("reason", ""),
        )
    except Refused as refusal:
        if not is_open:
            messages.error(request, str(refusal))
            return redirect("documents:revision", document_id=document_id)
        status = 422 if refusal.code == "reason" else 409
        context = revision_context(request, queries.document_by_id(request.actor, document_id), str(refusal), key)
        return render(request, "desk/documents/revision.html", context, status=status)
    return redirect(change_address(document, _next(document, done, decision), show))


def _next(document: Document, done: Change, decision: str) -> Change | None:
    """The one that waits behind the one just decided, from the beginning after the last; itself when taken back."""
    if decision == "reopen":
        return done
    listed = changes_of(document)
    place = next((n for n, x in enumerate(listed) if x.key == done.key), 0)
    return next((x for x in (*listed[place + 1 :], *listed[:place]) if not x.decided), None)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_revision(request: ActingRequest, document_id: int) -> HttpResponse:
    """Ask from when, with what follows; then publish, with the measures on their new words, in one transaction."""
    document = queries.document_by_id(request.actor, document_id)
    require(request.actor, "document.publish", document)
    if document.revises_id is None:
        raise NotFound("这份文件没有标明修订哪一份。")
    if request.method != "POST":
        return _publishing(request, document, SinceForm(initial={"since": since_of(document)}))
    form = SinceForm(request.POST)
    if not form.is_valid():
        return _publishing(request, document, form, 422)
    try:
        with transaction.atomic():
            done = actions.publish_revision(request.actor, document=document, since=form.cleaned_data["since"])
            end_confirmations(request.actor, document_id=document.revises_id)
            linked = queries.linked_measures(done)
            for reading in linked:
                confirm_measure(request.actor, **asdict(reading))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _publishing(request, document, form, 409)
    messages.success(request, "已按修订后的文件执行，原来的进展、分解和批示都接着用。")
    return redirect("documents:revision", document_id=document.id)


def _publishing(request: ActingRequest, document: Document, form: SinceForm, status: int = 200) -> HttpResponse:
    changes = changes_of(document) if document.state in ("draft", "reviewing") else []
    context = {
        "document": document,
        "old": document.revises,
        "form": form,
        "waiting": sum(not x.decided for x in changes),
        "is_open": document.state in ("draft", "reviewing"),
        "effects": effects_of(changes),
        "is_draft_text": queries.is_draft_text(document),
        "back_href": reverse("documents:revision", args=[document.id]),
    }
    return render(request, "desk/documents/revision_publish.html", context, status=status)
