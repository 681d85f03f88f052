"""A sender's first page, and its files: template, upload, what came of one, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.forms import FileForm
from guiyan.desk.registers.import_views import FAULTS_ON_PAGE, XLSX, download
from guiyan.desk.uploading import OneFile
from guiyan.kernel import releases
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import Refused
from guiyan.packs.people import SEND
from guiyan.registers import actions, queries, states
from guiyan.registers.importing import kept
from guiyan.registers.importing.template import register_template
from guiyan.registers.models import ImportFile
from guiyan.registers.tables import register_of


class SentForm(FileForm):
    """A sender's file: whose it is follows from the account."""

    only_check = None  # type: ignore[assignment]
    file = OneFile(
        largest_mb=kept.LARGEST_MB,
        what=".xlsx或.csv",
        hint="。用模板，或者用自己的表：下一步对应列",
        smaller="请分成几个文件再传",
    )
    field_order = ("file", "as_of")


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """What the unit sends: how its entries stand, what came of the last file, what has to be put right."""
    require(request.actor, SEND)
    parts = [part(request, one) for one in queries.sending(request.actor)]
    return render(request, "desk/sending/home.html", {"parts": parts})


def part(request: ActingRequest, one: queries.Sending) -> dict[str, Any]:
    files = queries.files_sent(request.actor, one.register.id)
    last = next((file for file in files if file.stage == states.FILE_DONE), None)
    return {
        "sending": one,
        "standing": queries.standing_of_sent(request.actor, one.register),
        "waiting": [file for file in files if not file.is_over],
        "last": told(last) if last is not None else None,
    }


def told(file: ImportFile) -> dict[str, Any]:
    """A file that was brought in, as its sender sees it."""
    faults = file.preview.get("faults", [])
    return {
        "file": file,
        "found": file.preview,
        "faults": faults[:FAULTS_ON_PAGE],
        "fault_count": file.preview.get("fault_count", len(faults)),
        "returned": file if kept.returned_of(file.pk).exists() and faults else None,
    }


@require_http_methods(["GET", "POST"])
def upload(request: ActingRequest, register: str) -> HttpResponse:
    require(request.actor, SEND)
    to = queries.sent_where(request.actor, register)
    if request.method == "GET":
        return upload_page(request, to, SentForm(initial={"as_of": today()}))
    form = SentForm(request.POST, request.FILES)
    if not form.is_valid():
        return upload_page(request, to, form, status=422)
    values = form.cleaned_data
    try:
        file = actions.send_file(
            request.actor,
            register=register,
            as_of=values["as_of"],
            name=values["file"].name,
            blocks=values["file"].chunks(),
        )
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return upload_page(request, to, form, status=422)
    return redirect("registers:file", file_id=file.pk)


def upload_page(request: ActingRequest, to: queries.Sending, form: SentForm, *, status: int = 200) -> HttpResponse:
    files = queries.files_sent(request.actor, to.register.id)
    context = {
        "sending": to,
        "register": to.register,
        "form": form,
        "waiting": [file for file in files if not file.is_over],
        "files": [file for file in files if file.stage == states.FILE_DONE],
        "undone": queries.undone_among(files),
    }
    return render(request, "desk/sending/upload.html", context, status=status)


@require_safe
def template(request: ActingRequest, register: str) -> HttpResponse:
    require(request.actor, SEND)
    queries.sent_where(request.actor, register)
    declared = register_of(releases.current(), register)
    return download(register_template(declared), XLSX, f"{register}-template.xlsx")


@require_safe
def result(request: ActingRequest, file_id: int) -> HttpResponse:
    file = queries.file_sent(request.actor, file_id)
    return render(request, "desk/sending/result.html", about(file))


def about(file: ImportFile) -> dict[str, Any]:
    register = register_of(releases.current(), file.register)
    return {"register": register, "is_undone": file.pk in queries.undone_among([file]), **told(file)}


@require_http_methods(["GET", "POST"])
def undo(request: ActingRequest, file_id: int) -> HttpResponse:
    """GET: asks. POST: taken back."""
    file = queries.file_sent(request.actor, file_id)
    if request.method == "POST":
        actions.take_back_file(request.actor, file_id=file_id)
        messages.success(request, f"已撤销“{file.file_name}”，名录按本单位其余的报送重新生成。")
        return redirect("sending:result", file_id=file.pk)
    context = about(file)
    if context["is_undone"]:
        return redirect("sending:result", file_id=file.pk)
    return render(request, "desk/sending/undo.html", context)
