"""Lists for comparison: which there are, of which day, and bringing in a new issue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.links.nav import LINK
from guiyan.desk.registers.forms import ListForm
from guiyan.desk.registers.import_views import FAULTS_ON_PAGE, XLSX, apply_href, download, error_file
from guiyan.desk.registers.uploads import on_disk
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.packs.register import ComparisonList
from guiyan.registers import actions, queries, states
from guiyan.registers.importing.lists import ListSummary
from guiyan.registers.importing.template import list_template
from guiyan.registers.models import ComparisonList as Issue
from guiyan.registers.models import ListRefusal
from guiyan.registers.queries.lists import COUNTED

EFFECTS = {
    "block": "命中的要逐条认定，没认定的批次不能签批",
    "warn": "命中的请留意，可以认定，不拦签批",
    "inform": "命中的只供参考",
}


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
        number = whole(request.GET.get("refused", ""))
        refused = queries.refusal_by_id(request.actor, list_id, number) if number is not None else None
        return page(request, wanted, ListForm(initial={"as_of": today()}), refused=refused)
    form = ListForm(request.POST, request.FILES)
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
                said_empty=values["said_empty"],
            )
    except Refused as refusal:
        form.add_error("file", refusal.message)
        href = apply_href(request.actor, list_id) if refusal.code == "no-authorisation" else ""
        return page(request, wanted, form, apply=href, status=422)
    if summary.refusal_id is not None:
        return redirect(f"{reverse('registers:list-import', args=[list_id])}?refused={summary.refusal_id}")
    if summary.faults or summary.dry_run or summary.waits:
        return page(
            request, wanted, form, summary=summary, status=200 if summary.dry_run and not summary.faults else 422
        )
    if summary.same_as_before:
        messages.info(request, "这份文件和现在用的名单一样，没有改动。")
    else:
        messages.success(request, f"名单已更新：{f'{summary.taken:,}行' if summary.taken else '本期无记录'}。")
    return redirect("registers:list-import", list_id=list_id)


def page(
    request: ActingRequest,
    wanted: ComparisonList,
    form: ListForm,
    *,
    summary: ListSummary | None = None,
    refused: ListRefusal | None = None,
    apply: str = "",
    status: int = 200,
) -> HttpResponse:
    history = queries.issues_of(request.actor, wanted.id)
    context = {
        "apply_href": apply,
        "list": wanted,
        "form": form,
        "summary": summary,
        "refused": refused,
        "faults": (refused.faults if refused else summary.faults if summary else [])[:FAULTS_ON_PAGE],
        "issues": [one for one in issues_of(request.actor) if one[0].list_id == wanted.id],
        "history": history,
        "places": region_paths(one.region for one in history),
        "effect": EFFECTS[wanted.effect],
    }
    return render(request, "desk/registers/list_import.html", context, status=status)


@require_safe
def template(request: ActingRequest, list_id: str) -> HttpResponse:
    require(request.actor, "list.import")
    return download(list_template(declared_list(list_id)), XLSX, f"{list_id}-template.xlsx")


@require_POST
def undo(request: ActingRequest, list_id: str, issue_id: int) -> HttpResponse:
    """Take the newest issue back."""
    require(request.actor, "list.import")
    declared_list(list_id)
    try:
        issue = actions.undo_list(request.actor, issue_id=issue_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        back = "现在用的是它换掉的那一份" if issue.replaced_id else "现在没有可用的名单"
        messages.success(request, f"已撤销“{issue.file_name}”，{back}。")
    return redirect("registers:list-import", list_id=list_id)


@require_safe
def errors(request: ActingRequest, list_id: str, refusal_id: int) -> HttpResponse:
    """The faults of a file that was not taken, as a file that Excel opens."""
    require(request.actor, "list.import")
    found = queries.refusal_by_id(request.actor, list_id, refusal_id)
    return error_file(found.faults, f"{list_id}-errors.csv")


@require_safe
def freshness(request: ActingRequest) -> HttpResponse:
    """Lists and registers by age: whose they are, of when, and what is due next."""
    require(request.actor, "register.view" if not holds(request.actor, "list.import") else "list.import")
    rows = queries.ages(request.actor)
    kinds = office_names()
    places = region_paths(row.region for row in rows if row.region is not None)
    context = {
        "rows": [
            {
                "age": row,
                "owner": kinds.get(row.owner_kind, ""),
                "place": places.get(row.region or 0, ""),
                "href": href(row),
                "act": act_of(request.actor, row),
                "checked": checked_words(row),
                "overdue": f"已过期{counted(row.stale)}条" if row.stale else "",
            }
            for row in rows
        ],
        "may_act": any(act_of(request.actor, row) for row in rows),
        "late": sum(row.light == "late" for row in rows),
        "soon": sum(row.light == "warn" for row in rows),
        "today": today(),
        "pairs": pairs_waiting(request.actor),
    }
    return render(request, "desk/registers/freshness.html", context)


def pairs_waiting(actor: Actor) -> str:
    """How many pairs of people wait for this officer, in words; empty for none, and for who does not decide them."""
    return queries.links_piled(actor, states.LINK_WAITING) if holds(actor, LINK) else ""


def href(row: queries.Age) -> str:
    if row.kind == "list":
        return reverse("registers:list-import", args=[row.id])
    return reverse("registers:list", args=[row.id])


def act_of(actor: Actor, row: queries.Age) -> str:
    """Where a new one is brought in; nothing for who may not."""
    if row.kind == "list":
        return href(row) if holds(actor, "list.import") else ""
    return reverse("registers:import", args=[row.id]) if holds(actor, "register.import") else ""


def checked_words(row: queries.Age) -> str:
    """661条里12条超过90天没有核对; nothing of a list, and of a register without entries."""
    if not row.entries:
        return ""
    every, old = counted(row.entries), counted(row.stale)
    if not row.stale:
        return f"{every}条都在{row.fresh_days}天内核对过"
    return f"{every}条里{old}条超过{row.fresh_days}天没有核对"


def counted(number: int) -> str:
    """Entries as far as they are counted: 10,000多."""
    return f"{COUNTED:,}多" if number > COUNTED else f"{number:,}"


def office_names() -> dict[str, str]:
    """Kind of unit → what the city's own office of that kind is called; a kind found only in counties by its first."""
    pack, found = releases.current(), {}
    for unit in pack.units.values():
        if unit.kind not in found or unit.region == pack.city.region:
            found[unit.kind] = unit.short_name or unit.name
    return found


def declared_list(list_id: str) -> ComparisonList:
    found = releases.current().lists.get(list_id)
    if found is None:
        raise NotFound("没有这份名单。")
    return found
