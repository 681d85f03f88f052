"""Lists for comparison: which there are, of which day, and bringing in a new issue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.forms import FileForm
from guiyan.desk.registers.import_views import FAULTS_ON_PAGE, XLSX, download
from guiyan.desk.registers.uploads import on_disk
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs.register import ComparisonList
from guiyan.registers import actions, queries
from guiyan.registers.importing.lists import ListSummary
from guiyan.registers.importing.template import list_template
from guiyan.registers.models import ComparisonList as Issue


@require_safe
def lists(request: ActingRequest) -> HttpResponse:
    require(request.actor, "list.import")
    issues = issues_of(request.actor)
    declared = releases.current().lists.values()
    rows = [{"list": one, "issues": [i for i in issues if i[0].list_id == one.id]} for one in declared]
    return render(request, "desk/registers/lists.html", {"rows": rows})


def issues_of(actor: Actor) -> list[tuple[Issue, str]]:
    """The issues in force for the actor's places, each with the place it stands for."""
    issues = queries.current_lists(actor)
    places = region_paths(one.region for one in issues)
    return [(one, places[one.region]) for one in issues]


@require_http_methods(["GET", "POST"])
def list_page(request: ActingRequest, list_id: str) -> HttpResponse:
    require(request.actor, "list.import")
    wanted = declared_list(list_id)
    if request.method == "GET":
        return page(request, wanted, FileForm(initial={"as_of": today()}))
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, wanted, form, status=422)
    values = form.cleaned_data
    try:
        with on_disk(values["file"]) as path:
            summary = actions.import_list(
                request.actor,
                list_id=list_id,
                path=path,
                as_of=values["as_of"],
                name=values["file"].name,
                dry_run=values["only_check"],
                confirmed=request.POST.get("confirmed", ""),
            )
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return page(request, wanted, form, status=422)
    if summary.faults or summary.dry_run or summary.waits:
        return page(
            request, wanted, form, summary=summary, status=200 if summary.dry_run and not summary.faults else 422
        )
    if summary.same_as_before:
        messages.info(request, "这份文件和现在用的名单一样，没有改动。")
    else:
        messages.success(request, f"名单已更新：{summary.taken}行。")
    return redirect("registers:lists")


def page(
    request: ActingRequest,
    wanted: ComparisonList,
    form: FileForm,
    *,
    summary: ListSummary | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "list": wanted,
        "form": form,
        "summary": summary,
        "faults": summary.faults[:FAULTS_ON_PAGE] if summary else [],
        "issues": [one for one in issues_of(request.actor) if one[0].list_id == wanted.id],
    }
    return render(request, "desk/registers/list_import.html", context, status=status)


@require_safe
def template(request: ActingRequest, list_id: str) -> HttpResponse:
    require(request.actor, "list.import")
    return download(list_template(declared_list(list_id)), XLSX, f"{list_id}-template.xlsx")


def declared_list(list_id: str) -> ComparisonList:
    found = releases.current().lists.get(list_id)
    if found is None:
        raise NotFound("没有这份名单。")
    return found
