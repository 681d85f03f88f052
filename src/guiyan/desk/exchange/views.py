"""The log of what went where; sending, receiving, deciding, taking a package."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path
from guiyan.accounts.web import ActingRequest
from guiyan.desk.exchange.forms import ReceiveForm, SendForm
from guiyan.desk.exchange.showing import Line, label_of, lines_of
from guiyan.desk.paging import paged
from guiyan.desk.registers.uploads import on_disk
from guiyan.exchange import actions, queries, states
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole

TABS = (("往来包", "exchange:log"), ("接口往来", "exchange:traffic"), ("往来单位", "exchange:partners"))
DIRECTIONS = [(states.OUT, "发出"), (states.IN, "收进")]


def tabs(current: str) -> list[dict[str, object]]:
    return [{"label": label, "href": reverse(name), "current": name == current} for label, name in TABS]


@require_safe
def log(request: ActingRequest) -> HttpResponse:
    """Packages, the newest first; partner, direction and register in the address."""
    require(request.actor, queries.VIEW)
    asked = {name: request.GET.get(name, "") for name in ("partner", "direction", "register")}
    rows = queries.packages_for(
        request.actor,
        partner=whole(asked["partner"]),
        direction=asked["direction"],
        register=asked["register"],
    )
    listed, pager = paged(request, rows, "个包")
    partners = list(queries.partners_for(request.actor)[: queries.MENU])
    agreed = sorted({one for partner in partners for one in partner.registers})
    context = {
        "tabs": tabs("exchange:log"),
        "rows": lines_of(listed),
        "pager": pager,
        "menus": [
            ("对方", "partner", [(one.pk, one.name) for one in partners]),
            ("方向", "direction", DIRECTIONS),
            ("名录", "register", [(one, label_of(one)) for one in agreed]),
        ],
        "filtered": any(asked.values()),
        "has_partners": any(one.ended_at is None for one in partners),
        "may_use": holds(request.actor, queries.USE),
        "may_manage": holds(request.actor, "exchange.manage"),
    }
    return render(request, "desk/exchange/log.html", context)


@require_safe
def traffic(request: ActingRequest) -> HttpResponse:
    """What was read and reported by API, a line a day, key and register."""
    require(request.actor, queries.VIEW)
    register = request.GET.get("register", "")
    listed, pager = paged(request, queries.traffic_for(request.actor, register=register), "行")
    known = releases.current().registers.values()
    context = {
        "tabs": tabs("exchange:traffic"),
        "rows": [{"line": one, "label": label_of(one.register)} for one in listed],
        "pager": pager,
        "registers": [(one.id, one.label) for one in known],
        "filtered": bool(register),
    }
    return render(request, "desk/exchange/traffic.html", context)


@require_http_methods(["GET", "POST"])
def send(request: ActingRequest) -> HttpResponse:
    require(request.actor, queries.USE)
    partners = queries.partners_for(request.actor, queries.USE).filter(ended_at=None)[: queries.MENU]
    form = SendForm(partners, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            asked = actions.ask_package(
                request.actor,
                partner_id=int(values["partner"]),
                register=values["register"],
                since=values["since"],
                reason=values["reason"],
            )
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "已提交，等另一个人审核；同意后在后台生成。")
            return redirect("exchange:package", package_id=asked.pk)
    return render(request, "desk/exchange/send.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def receive(request: ActingRequest) -> HttpResponse:
    """A package that came; once it is proven its rows go the way of any register's file."""
    require(request.actor, queries.USE)
    form = ReceiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with on_disk(form.cleaned_data["file"]) as path:
                came = actions.receive_package(request.actor, path=path)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, f"签名核对无误，第{came.number}号包已收进，请看检查结果再确认导入。")
            return redirect("registers:file", file_id=came.import_file_id or 0)
    return render(request, "desk/exchange/receive.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def package(request: ActingRequest, package_id: int) -> HttpResponse:
    """One package; the second officer decides here (`agreed` yes or no, `note`)."""
    one = queries.package_by_id(request.actor, package_id)
    problem = ""
    if request.method == "POST":
        agreed = {"yes": True, "no": False}.get(request.POST.get("agreed", ""))
        if agreed is None:
            raise NotFound("没有这一步，没有改动。")
        try:
            note = request.POST.get("note", "")
            actions.decide_package(request.actor, package_id=package_id, agreed=agreed, note=note)
        except Refused as refusal:
            problem = refusal.message
        else:
            messages.success(request, "已同意，往来包在后台生成。" if agreed else "已退回，理由提出的人看得到。")
            return redirect("exchange:package", package_id=package_id)
    (line,) = lines_of([one])
    context = {**shown(request.actor, line), "problem": problem, "note": request.POST.get("note", "")}
    return render(request, "desk/exchange/package.html", context, status=409 if problem else 200)


def shown(actor: Actor, line: Line) -> dict[str, Any]:
    one = line.package
    mine = one.asked_by in actor.persons
    waits = line.standing == states.WAITING
    return {
        "line": line,
        "place": region_path(one.region),
        "can_decide": waits and not mine and holds(actor, queries.APPROVE),
        "can_fetch": line.standing in (states.READY, states.SENT) and holds(actor, queries.USE),
        "can_import": line.standing == states.CHECKING and holds(actor, "register.import"),
        "waits_mine": waits and mine,
    }


@require_safe
def fetch(request: ActingRequest, package_id: int) -> HttpResponseBase:
    one, content = actions.fetch_package(request.actor, package_id=package_id)
    name = one.file.name if one.file else "package.gyx"
    response = FileResponse(content, content_type="application/octet-stream", as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
