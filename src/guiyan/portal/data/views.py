"""What is held, who looked, the copy, one's requests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel import releases, workflow
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotAllowed
from guiyan.kernel.numbers import whole
from guiyan.registers import actions
from guiyan.registers import queries as registers
from guiyan.registers.queries import personal, rights
from guiyan.registers.showing import regions_in, shown


@require_safe
@sign_in_required
def my_data(request: ActingRequest) -> HttpResponse:
    only_residents(request)
    found = personal.my_data(request.actor)
    asked = list(rights.my_requests(request.actor)[:20])
    open_fields = {(one.register, one.entry_id, one.field): one for one in asked if one.is_open}
    context = {
        "found": found,
        "cards": [card_of(entry, open_fields) for entry in found.entries],
        "asked": asked,
        "copy": copy_line(request),
        "helpers": [one for one in registers.standing_of(request.actor.subject_id or 0) if one.helpers],
        "firms": registers.firms_of(request.actor.subject_id or 0),
        "may_ask": "data-request" in releases.current().flows,
        "erasing": next((one for one in asked if one.is_open and one.kind == "erase"), None),
        "copy_days": releases.current().city.data_rights.copy_days,
    }
    return render(request, "portal/data/page.html", context)


def only_residents(request: ActingRequest) -> None:
    if request.actor.subject_id is None:
        raise NotAllowed("这里是居民本人看自己的信息。您的账号是工作人员账号。")


def card_of(entry: personal.HeldEntry, open_fields: dict[tuple[str, int, str], Any]) -> dict[str, Any]:
    places = region_paths(
        {entry.region, *regions_in([one.field for one in entry.fields], [{x.field.id: x.value for x in entry.fields}])}
    )
    return {
        "entry": entry,
        "register": entry.register,
        "place": places.get(entry.region, ""),
        "level": registers.level_words(entry.register, entry.level) if entry.level else "",
        "rows": [
            {
                "held": one,
                "shown": shown(one.field, one.value, places),
                "asked": open_fields.get((entry.register.id, entry.entry_id, one.field.id)),
            }
            for one in entry.fields
        ],
    }


def copy_line(request: ActingRequest) -> dict[str, Any]:
    """The newest copy: waiting, there until a day, or none that could still be fetched."""
    copy = personal.copy_of(request.actor)
    if copy is None or copy.fetched_at is not None:
        return {"state": "none", "fetched": copy.fetched_at if copy else None}
    if copy.made_at is None:
        return {"state": "making"}
    if copy.expires_at is not None and copy.expires_at <= now():
        return {"state": "none", "fetched": None}
    return {"state": "ready", "copy": copy}


@require_safe
@sign_in_required
def looks(request: ActingRequest) -> HttpResponse:
    only_residents(request)
    found = personal.my_looks(request.actor, before=whole(request.GET.get("before", "")))
    return render(request, "portal/data/looks.html", {"looks": found})


@require_POST
@sign_in_required
def ask_copy(request: ActingRequest) -> HttpResponse:
    actions.ask_copy(request.actor)
    messages.success(request, "正在准备您的个人信息副本，一两分钟后回来下载。")
    return redirect("portal:my-data")


@require_POST
@sign_in_required
def fetch_copy(request: ActingRequest, copy_id: int) -> HttpResponse:
    """The zip, once."""
    content = actions.fetch_copy(request.actor, copy_id=copy_id)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = "attachment; filename=\"my-data.zip\"; filename*=UTF-8''" + (
        "%E4%B8%AA%E4%BA%BA%E4%BF%A1%E6%81%AF%E5%89%AF%E6%9C%AC.zip"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@sign_in_required
def request_page(request: ActingRequest, request_id: int) -> HttpResponse:
    found = rights.my_request(request.actor, request_id)
    pack = releases.current()
    register = pack.registers.get(found.register)
    context = {
        "asked": found,
        "register": register,
        "field": register.fields.get(found.field) if register else None,
        "claim": rights.claim_of(found),
        "clock": next(iter(workflow.clocks(found)), None),
        "appeal": pack.city.appeal_bodies(found.region),
    }
    return render(request, "portal/data/request.html", context)


@require_POST
@sign_in_required
def withdraw(request: ActingRequest, request_id: int) -> HttpResponse:
    actions.withdraw_request(request.actor, request_id=request_id)
    messages.success(request, "申请已撤回。")
    return redirect("portal:my-data")
