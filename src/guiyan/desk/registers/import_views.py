"""Bringing a register's file in: template, upload, what came of it, its faults, taking it back.

What happens between upload and result is in `file_views`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.forms import ImportForm
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import Interval
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.importing import kept
from guiyan.registers.importing.faults import inert
from guiyan.registers.importing.template import register_template
from guiyan.registers.sharing.offered import id_of
from guiyan.registers.sharing.using import APPLY
from guiyan.registers.tables import register_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS_ON_PAGE = 50


@require_http_methods(["GET", "POST"])
def import_page(request: ActingRequest, register: str) -> HttpResponse:
    require(request.actor, "register.import")
    declared = register_of(releases.current(), register)
    senders = [(one.pk, one.name) for one in queries.senders_for(declared, imported_places(request.actor))]
    if request.method == "GET":
        return page(request, declared, ImportForm(declared, initial={"as_of": today()}, senders=senders))
    form = ImportForm(declared, request.POST, request.FILES, senders=senders)
    if not form.is_valid():
        return page(request, declared, form, status=422)
    values = form.cleaned_data
    try:
        file = actions.hand_in(
            request.actor,
            register=register,
            source=values["source"],
            as_of=values["as_of"],
            name=values["file"].name,
            blocks=values["file"].chunks(),
            sender=values.get("sender"),
        )
    except Refused as refusal:
        bound = refusal.code == "no-authorisation"
        href = apply_href(request.actor, id_of(register, values["source"])) if bound else ""
        form.add_error("source" if bound or refusal.code == "source-of-sender" else "file", refusal.message)
        return page(request, declared, form, href, status=422)
    return redirect("registers:file", file_id=file.pk)


def apply_href(actor: Actor, item_id: str) -> str:
    """Where another bureau's data are applied for; empty for who may not."""
    return reverse("sharing:apply", args=[item_id]) if holds(actor, APPLY) else ""


def imported_places(actor: Actor) -> list[Interval]:
    return sorted({one for grant in actor.grants if "register.import" in grant.permissions for one in grant.regions})


def page(
    request: ActingRequest, register: Register, form: ImportForm, apply: str = "", *, status: int = 200
) -> HttpResponse:
    senders = queries.senders_of_runs(register, request.actor)
    context = {
        "apply_href": apply,
        "register": register,
        "form": form,
        "waiting": queries.files_waiting(request.actor, register.id),
        "runs": [(run, senders.get(run.pk, "")) for run in queries.imports_of(request.actor, register.id)],
    }
    return render(request, "desk/registers/import.html", context, status=status)


@require_safe
def template(request: ActingRequest, register: str) -> HttpResponse:
    require(request.actor, "register.import")
    declared = register_of(releases.current(), register)
    return download(register_template(declared), XLSX, f"{register}-template.xlsx")


@require_safe
def import_result(request: ActingRequest, import_id: int) -> HttpResponse:
    run = queries.import_by_id(request.actor, import_id)
    faults = run.summary.get("faults", [])
    file = queries.file_of_run(run)
    context = {
        "sender": next(iter(queries.sender_names([file.unit_id if file is not None else None]).values()), ""),
        "returned": file if file is not None and kept.returned_of(file.pk).exists() else None,
        "run": run,
        "register": register_of(releases.current(), run.register),
        "links": queries.links_of_import(run, request.actor),
        "may_link": holds(request.actor, "register.link"),
        "summary": run.summary,
        "faults": faults[:FAULTS_ON_PAGE],
        "fault_count": len(faults),
        "poll_href": reverse("registers:import-result", args=[run.pk]) if run.undo_left else "",
        "undo_total": (total := max(run.summary.get("read", 0) - run.summary.get("refused", 0), run.undo_left)),
        "undo_done": total - run.undo_left,
    }
    return render(request, "desk/registers/import_result.html", context)


@require_safe
def import_errors(request: ActingRequest, import_id: int) -> HttpResponse:
    """The faults as a file that Excel opens."""
    run = queries.import_by_id(request.actor, import_id)
    return error_file(run.summary.get("faults", []), f"import-{run.pk}-errors.csv")


def error_file(faults: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(["行号", "列", "错在哪里", "应该怎样"])
    writer.writerows([row, *map(inert, words)] for row, *words in faults)
    return response


@require_http_methods(["GET", "POST"])
def undo(request: ActingRequest, import_id: int) -> HttpResponse:
    """GET: what would change, and what stands on it. POST: taken back."""
    if request.method == "POST":
        run = actions.undo_import(request.actor, import_id=import_id)
        words = "正在按其余来源重新生成名录。" if run.undo_left else "名录按其余来源重新生成。"
        messages.success(request, f"已撤销“{run.file_name}”的导入，{words}")
        return redirect("registers:import-result", import_id=run.pk)
    run = queries.import_by_id(request.actor, import_id)
    if run.is_undone:
        return redirect("registers:import-result", import_id=run.pk)
    with entered(Scope.system()):
        effects = queries.effects_of_undoing(run)
    context = {"run": run, "register": register_of(releases.current(), run.register), "effects": effects}
    return render(request, "desk/registers/import_undo.html", context)


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
