"""Taking entries out as a file: asking, agreeing, fetching."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged
from guiyan.desk.registers.forms import ExportForm
from guiyan.desk.registers.views import FILTER, menus_of
from guiyan.desk.sheets import XLSX
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.exports import WORDS
from guiyan.registers.tables import register_of

TONES = {"waiting": "amber", "refused": "red", "making": "plain", "ready": "green", "failed": "red", "expired": "plain"}
SHOWN = 50
KEPT = ("q", "region", "level", "about", "total", "sender")


@require_http_methods(["GET", "POST"])
def export(request: ActingRequest, register: str) -> HttpResponse:
    """What the list shows, as a file: the address carries its filters and columns."""
    require(request.actor, "register.export")
    declared = register_of(releases.current(), register)
    given = request.POST if request.method == "POST" else request.GET
    query, columns = query_in(declared, given), given.getlist("columns")
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_export(
                request.actor, register=register, query=query, columns=columns, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            form.add_error("reason", refusal.message)
        else:
            waits = "已提交，等另一个人审核。" if asked.needs_approval else "正在生成，好了可以在这里下载。"
            messages.success(request, waits)
            return redirect("registers:exports")
    found = queries.entry_list(request.actor, register, **narrowing(query), size=1)
    address = urlencode([*query.items(), *(("columns", one) for one in columns)])
    context = {
        "register": declared,
        "form": form,
        "total_words": found.total_words,
        "words": words_of(request.actor, declared, query),
        "labels": labels_of(declared, columns),
        "kept": [*query.items(), *(("columns", one) for one in columns)],
        "back_href": f"{reverse('registers:list', args=[register])}?{address or 'v=0'}",
    }
    return render(request, "desk/registers/export.html", context, status=422 if form.errors else 200)


def query_in(register: Register, given: QueryDict) -> dict[str, str]:
    """What of an address narrows the list; anything else is left behind."""
    filters = [f"{FILTER}{field.id}" for field in shown_fields(register) if field.filter]
    return {name: str(given[name])[:80] for name in (*KEPT, *filters) if given.get(name)}


def narrowing(query: dict[str, str]) -> dict[str, Any]:
    return {
        "search": query.get("q", ""),
        "region": whole(query.get("region", "")),
        "level": query.get("level", ""),
        "about": whole(query.get("about", "")),
        "total": query.get("total", ""),
        "sender": whole(query.get("sender", "")),
        "filters": {name.removeprefix(FILTER): text for name, text in query.items() if name.startswith(FILTER)},
    }


def words_of(actor: Actor, register: Register, query: dict[str, str]) -> list[str]:
    """The filters as the list calls them: 区划 通山县."""
    menus = {str(menu["name"]): menu for menu in menus_of(actor, register)}
    found = []
    for name, text in query.items():
        if name == "q":
            found.append(f"搜“{text}”")
        elif name == "region":
            code = whole(text)
            found.append(region_path(code) if code is not None else text)
        else:
            menu = menus.get(name)
            options: list[tuple[str, str]] = menu["options"] if menu else []  # type: ignore[assignment]
            label = menu["label"] if menu else name.removeprefix(FILTER)
            words = {str(key): word for key, word in options}
            found.append(f"{label}：{words.get(text, text)}")
    return found


def labels_of(register: Register, columns: list[str]) -> list[str]:
    fields = shown_fields(register)
    return [field.label for field in fields if field.id in columns] or [field.label for field in fields]


@require_safe
def exports(request: ActingRequest) -> HttpResponse:
    """One's own files, and those that wait for one's agreement."""
    if not queries.may_decide(request.actor):
        require(request.actor, "register.export")
    rows, pager = paged(request, queries.exports_of(request.actor), "次")
    waiting = queries.exports_to_decide(request.actor)[:SHOWN]
    context = {
        "rows": [row_of(one) for one in rows],
        "pager": pager,
        "waiting": [{"export": one, "label": label_of(one.register)} for one in waiting],
    }
    return render(request, "desk/registers/exports.html", context)


def row_of(one: Any) -> dict[str, Any]:
    standing = queries.standing_of_export(one)
    return {
        "export": one,
        "label": label_of(one.register),
        "words": WORDS[standing],
        "tone": TONES[standing],
        "note": one.decision_note if standing == "refused" else one.failed,
        "ready": standing == "ready",
    }


def label_of(register: str) -> str:
    found = releases.current().registers.get(register)
    return found.label if found else register


@require_http_methods(["GET", "POST"])
def decide(request: ActingRequest, export_id: int) -> HttpResponse:
    """The second officer's page."""
    require(request.actor, "register.approve")
    one = queries.export_by_id(request.actor, export_id)
    declared = register_of(releases.current(), one.register)
    problem = ""
    if request.method == "POST":
        agreed = {"yes": True, "no": False}.get(request.POST.get("agreed", ""))
        if agreed is None:
            raise NotFound("没有这一步，没有改动。")
        try:
            actions.decide_export(request.actor, export_id=export_id, agreed=agreed, note=request.POST.get("note", ""))
        except Refused as refusal:
            problem = refusal.message
        else:
            messages.success(request, "已同意，文件在后台生成。" if agreed else "已退回，理由提出的人看得到。")
            return redirect("registers:exports")
    standing = queries.standing_of_export(one)
    context = {
        "register": declared,
        "export": one,
        "words": WORDS[standing],
        "filters": words_of(request.actor, declared, one.query),
        "labels": labels_of(declared, one.columns),
        "can_decide": standing == "waiting" and one.asked_by not in request.actor.persons,
        "problem": problem,
        "note": request.POST.get("note", ""),
    }
    return render(request, "desk/registers/export_decide.html", context, status=409 if problem else 200)


@require_safe
def fetch(request: ActingRequest, export_id: int) -> FileResponse:
    one, content = actions.fetch_export(request.actor, export_id=export_id)
    name = one.file.name if one.file else f"{one.register}.xlsx"
    response = FileResponse(content, content_type=XLSX, as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
