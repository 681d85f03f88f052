"""A file on its way into a register: what its columns are, what it would change, how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.kernel import releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import Refused
from guiyan.packs.people import SEND
from guiyan.packs.register import Field, Register
from guiyan.registers import actions, queries, states
from guiyan.registers.declared import reported_fields
from guiyan.registers.importing import kept
from guiyan.registers.importing.handing import samples
from guiyan.registers.importing.sheet import sheet_titles
from guiyan.registers.models import ImportFile
from guiyan.registers.showing import regions_in, shown
from guiyan.registers.tables import register_of
from guiyan.registers.values import from_json

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS_ON_PAGE = 50
OUTCOMES = (("created", "新增"), ("changed", "更新"), ("linked", "关联"), ("unchanged", "没有变化"))


@require_http_methods(["GET", "POST"])
def file_page(request: ActingRequest, file_id: int) -> HttpResponse:
    """GET: where the file stands. POST: which column is which (`field`, once a column), or another `sheet`."""
    file = queries.file_by_id(request.actor, file_id)
    if request.method == "POST":
        try:
            if "sheet" in request.POST:
                actions.choose_sheet(request.actor, file_id=file.pk, sheet=request.POST["sheet"])
            else:
                actions.name_columns(request.actor, file_id=file.pk, fields=request.POST.getlist("field"))
        except Refused as refusal:
            chosen = request.POST.getlist("field")
            return draw(request, file, problem=refusal.message, chosen=chosen, status=422)
        return redirect("registers:file", file_id=file.pk)
    if file.stage == states.FILE_DONE and file.run_id is not None:
        if holds(request.actor, SEND):
            return redirect("sending:result", file_id=file.pk)
        return redirect("registers:import-result", import_id=file.run_id)
    return draw(request, file, again="columns" in request.GET)


def draw(
    request: ActingRequest,
    file: ImportFile,
    *,
    problem: str = "",
    chosen: list[str] | None = None,
    again: bool = False,
    status: int = 200,
) -> HttpResponse:
    register = register_of(releases.current(), file.register)
    asks_columns = file.stage == states.FILE_HANDED_IN or (file.stage == states.FILE_CHECKED and (again or problem))
    sends = holds(request.actor, SEND)
    context: dict[str, Any] = {
        "file": file,
        "register": register,
        "problem": problem,
        "sends": sends,
        "import_href": reverse("sending:upload" if sends else "registers:import", args=[register.id]),
    }
    if asks_columns:
        context |= columns_asked(file, register, chosen)
    elif file.is_working:
        context |= {"poll_href": reverse("registers:file", args=[file.pk]), "rows": kept.read_progress(file.pk)}
    elif file.stage == states.FILE_CHECKED:
        context |= preview(register, file)
    context["before"] = queries.brought_in_before(request.actor, file) if not file.is_over else None
    return render(request, "desk/registers/import_file.html", context, status=status)


def columns_asked(file: ImportFile, register: Register, chosen: list[str] | None) -> dict[str, Any]:
    fields = [(one.id, one.label + ("*" if one.required else "")) for one in reported_fields(register)]
    picked = chosen if chosen and len(chosen) == len(file.columns) else [field for _, field in file.columns]
    told = samples(file)
    lines = [
        {"heading": heading, "samples": told[place], "chosen": picked[place]}
        for place, (heading, _) in enumerate(file.columns)
    ]
    return {"lines": lines, "fields": fields, "sheets": sheet_titles(kept.upload_of(file.pk))}


def preview(register: Register, file: ImportFile) -> dict[str, Any]:
    found = file.preview
    examples = found.get("examples", {})
    fields = {one.id: one for one in reported_fields(register)}
    places = region_paths(regions_in(fields.values(), (entry for entry in changed_values(fields, examples))))
    outcomes = [
        {
            "key": key,
            "label": label,
            "count": found.get(key, 0),
            "rows": [
                {
                    "row": one["row"],
                    "title": one["title"],
                    "changes": [
                        (
                            fields[name].label,
                            shown(fields[name], from_json(fields[name], before), places),
                            shown(fields[name], from_json(fields[name], after), places),
                        )
                        for name, before, after in one["changes"]
                        if name in fields
                    ],
                }
                for one in examples.get(key, [])
            ],
        }
        for key, label in OUTCOMES
    ]
    faults = found.get("faults", [])
    nothing = not any(found.get(key) for key in ("created", "changed", "linked"))
    return {
        "found": found,
        "outcomes": outcomes,
        "faults": faults[:FAULTS_ON_PAGE],
        "fault_count": found.get("fault_count", 0),
        "nothing": nothing,
        "has_returned": kept.returned_of(file.pk).exists(),
    }


def changed_values(fields: dict[str, Field], examples: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for one in examples.get("changed", []):
        for name, before, after in one["changes"]:
            yield {name: before}
            yield {name: after}


@require_POST
def confirm(request: ActingRequest, file_id: int) -> HttpResponse:
    actions.confirm_file(request.actor, file_id=file_id)
    return redirect("registers:file", file_id=file_id)


@require_POST
def drop(request: ActingRequest, file_id: int) -> HttpResponse:
    file = actions.drop_file(request.actor, file_id=file_id)
    words = "已要求停下，做过的会全部退回。" if file.is_working else "没有导入，文件已经删除。"
    messages.success(request, words)
    return redirect("registers:file", file_id=file_id)


@require_safe
def returned(request: ActingRequest, file_id: int) -> HttpResponseBase:
    """The rows that are not taken, to mend and hand in again; kept for a week."""
    file = queries.file_by_id(request.actor, file_id)
    path = kept.returned_of(file.pk)
    if not path.exists():
        raise Http404
    name = f"returned-{file.pk}.xlsx"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
    response.headers["Cache-Control"] = "no-store"
    return response
