"""Uploading registrations: template, file, what came of it, its faults."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.import_views import FAULTS_ON_PAGE, XLSX, download, error_file
from guiyan.desk.registers.uploads import on_disk
from guiyan.desk.uploading import OneFile
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.outreach import actions, queries
from guiyan.outreach.permissions import TAKE
from guiyan.outreach.records import RecordReader, trigger_of
from guiyan.packs.trigger import Trigger
from guiyan.registers.importing.template import workbook

ENTRY, LARGEST_MB = "registrations", 30


class UploadForm(forms.Form):
    file = OneFile(largest_mb=LARGEST_MB)


def declared() -> Trigger:
    found = trigger_of(ENTRY)
    if found is None:
        raise NotFound("本市没有开通注册登记上传。")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActingRequest) -> HttpResponse:
    require(request.actor, TAKE)
    trigger = declared()
    if request.method != "POST":
        return page(request, trigger, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, trigger, form, status=422)
    sent = form.cleaned_data["file"]
    try:
        with on_disk(sent) as path:
            file = actions.take_file(request.actor, trigger=trigger, path=path, name=sent.name)
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return page(request, trigger, form, status=422)
    new, refused = file.summary.get("new", 0), file.summary.get("refused", 0)
    messages.success(
        request, f"已收到：首次登记{new}条，退回{refused}条。" if refused else f"已收到：首次登记{new}条。"
    )
    return redirect("arrivals:file", file_id=file.pk)


def page(request: ActingRequest, trigger: Trigger, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {"trigger": trigger, "form": form, "files": queries.files_of(request.actor, trigger.id)}
    return render(request, "desk/arrivals/upload.html", context, status=status)


@require_safe
def template(request: ActingRequest) -> HttpResponse:
    require(request.actor, TAKE)
    trigger = declared()
    fields = list(RecordReader(releases.current(), trigger).fields.values())
    return download(workbook(trigger.label, fields), XLSX, "registrations-template.xlsx")


@require_safe
def result(request: ActingRequest, file_id: int) -> HttpResponse:
    file = queries.file_by_id(request.actor, file_id)
    context: dict[str, Any] = {
        "file": file,
        "count": sum(file.summary.values()),
        "new": file.summary.get("new", 0),
        "known": file.summary.get("known", 0),
        "same": file.summary.get("same", 0),
        "refused": file.summary.get("refused", 0),
        "faults": file.faults[:FAULTS_ON_PAGE],
        "fault_count": len(file.faults),
    }
    return render(request, "desk/arrivals/file.html", context)


@require_safe
def errors(request: ActingRequest, file_id: int) -> HttpResponse:
    """The faults as a file that Excel opens."""
    file = queries.file_by_id(request.actor, file_id)
    return error_file(file.faults, f"registrations-{file.pk}-errors.csv")
