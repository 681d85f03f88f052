"""Which registers there are, one register as a list, and finding somebody in all of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_paths, regions_below
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.list_views import pairs_waiting
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import level
from guiyan.packs.register import Register
from guiyan.registers import queries
from guiyan.registers.cursor import read_cursor
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.lists import OUT
from guiyan.registers.showing import days_since, is_numeric, marks, regions_in, shown

KEYS = (("J K", "上下移动"), ("Enter", "打开"), ("/", "搜索"))
FILTER = "f-"
YEARS_BACK = 3
SUBJECTS = {"person": "人", "organisation": "单位", "project": "项目", "asset": "资源和清单", "journal": "往来记录"}


def kind_of(register: Register) -> str:
    return "journal" if register.journal is not None else register.subject


@require_safe
def register_index(request: ActingRequest) -> HttpResponse:
    require(request.actor, "register.view")
    pack = releases.current()
    counts = queries.entry_counts(request.actor, list(pack.registers.values()))
    groups = [
        {
            "label": label,
            "rows": [
                {
                    "register": one,
                    "total": queries.capped(counts[one.id]),
                    "clause": pack.clause_words(one.clause) if one.clause else one.set_by,
                }
                for one in pack.registers.values()
                if kind_of(one) == kind
            ],
        }
        for kind, label in SUBJECTS.items()
    ]
    context = {
        "kinds": [group for group in groups if group["rows"]],
        "pairs": pairs_waiting(request.actor),
        "may_import": bool(decide(request.actor, "register.import")),
        "has_exports": bool(decide(request.actor, "register.export")) or queries.may_decide(request.actor),
    }
    return render(request, "desk/registers/index.html", context)


@require_safe
def entry_list(request: ActingRequest, register: str) -> HttpResponse:
    """One page of a register. The address holds search, filters, order and columns: a view can be sent on."""
    require(request.actor, "register.view")
    query = request.GET.dict()
    found = queries.entry_list(
        request.actor,
        register,
        search=query.get("q", ""),
        region=region_asked(query.get("region", "")),
        filters={name.removeprefix(FILTER): query[name] for name in query if name.startswith(FILTER)},
        sort=query.get("sort", ""),
        cursor=read_cursor(query.get("after", "")),
        columns=request.GET.getlist("columns"),
        level=query.get("level", ""),
        about=whole(query.get("about", "")),
        total=query.get("total", ""),
        sender=whole(query.get("sender", "")),
    )
    audit.record_read(
        request.actor, f"register.{register}", [f"subject:{x.subject_id}" for x in found.lines], "名录列表"
    )
    return render(request, "desk/registers/list.html", context_of(request, found))


def context_of(request: ActingRequest, found: queries.EntryList) -> dict[str, object]:
    register, today = found.register, calendar.today()
    places = region_paths(regions_in(found.columns, [line.values for line in found.lines]))
    chosen = {field.id for field in found.columns}
    shown_now = parameters(request, without=("after",))
    senders = queries.sender_names(line.unit_id for line in found.lines) if register.senders else {}
    return {
        "register": register,
        "columns": [{"field": field, "numeric": is_numeric(field)} for field in found.columns],
        "rows": [
            {
                "subject_id": line.subject_id,
                "title": line.values.get(register.title_field),
                "cells": [
                    {
                        "shown": shown(field, line.values[field.id], places),
                        "field": field,
                        "numeric": is_numeric(field),
                        # On a phone a row has no heads: a yes or a number alone says nothing.
                        "named": is_numeric(field) or field.type in ("bool", "date"),
                    }
                    for field in found.columns
                ],
                "marks": marks(register, line.sources),
                "days": days_since(line.checked_on, today),
                "level": queries.level_words(register, line.level) if register.ladder is not None else "",
                "sender": senders.get(line.unit_id or 0, ""),
            }
            for line in found.lines
        ],
        "pager": pager_of(request, found),
        "narrowed": any(text and name not in ("sort", "columns", "v") for name, text in shown_now),
        "menus": menus_of(request.actor, register),
        "behind": behind_words(request, register),
        "search": request.GET.get("q", ""),
        "search_by": "姓名、拼音、手机尾号" if register.subject == "person" else "名称、拼音、首字母",
        "kept": parameters(request, without=("q", "after")),
        "kept_columns": parameters(request, without=("columns", "after")),
        "choices": [
            {"field": field, "chosen": field.id in chosen}
            for field in shown_fields(register)
            if field.type not in ("list", "long_text")
        ],
        "sort": found.sort,
        "keys": KEYS,
        "may_import": bool(decide(request.actor, "register.import")),
        "may_add": bool(register.sources_by("form")) and bool(decide(request.actor, "register.edit")),
        "may_export": bool(decide(request.actor, "register.export")),
        "map_href": f"{reverse('registers:map', args=[register.id])}?{urlencode(shown_now)}",
        "export_href": f"{reverse('registers:export', args=[register.id])}?{urlencode(shown_now)}",
    }


def behind_words(request: ActingRequest, register: Register) -> str:
    """Whom the records shown are about, and which figure they stand behind: 张某某的“最近拜访”."""
    about = whole(request.GET.get("about", ""))
    if about is None:
        return ""
    name = queries.subject(about).display_name
    of, _, field = request.GET.get("total", "").partition(".")
    declared = releases.current().registers.get(of)
    if declared is None or field not in declared.fields:
        return f"{name}的{register.label}"
    return f"{name}的“{declared.fields[field].label}”"


def pager_of(request: ActingRequest, found: queries.EntryList) -> dict[str, str]:
    base = parameters(request, without=("after",))

    def address(cursor: object) -> str:
        return f"?{urlencode([*base, ('after', str(cursor))])}" if cursor is not None else ""

    unit = found.register.counted_in
    summary = f"本页{len(found.lines)}{unit}，共{found.total_words}{unit}" if found.lines else ""
    return {"next_href": address(found.next), "previous_href": address(found.previous), "summary": summary}


def parameters(request: ActingRequest, *, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the address says, to be said again by a form or a link."""
    return [(name, text) for name in request.GET if name not in without for text in request.GET.getlist(name)]


def menus_of(actor: Actor, register: Register) -> list[dict[str, object]]:
    """The filters that open: places below the actor's own, and every filter with few values."""
    menus: list[dict[str, object]] = [{"label": "区划", "name": "region", "options": places_of(actor)}]
    if register.ladder is not None:
        steps = [*register.levels.items(), (OUT, "未列入")]
        menus.append({"label": "梯次", "name": "level", "options": steps})
    if register.senders:
        units = [(one.pk, one.short_name or one.name) for one in queries.senders_for(register, None)]
        menus.append({"label": "报送单位", "name": "sender", "options": units})
    year = calendar.today().year
    for field in shown_fields(register):
        if not field.filter:
            continue
        name = f"{FILTER}{field.id}"
        if field.codes:
            menus.append({"label": field.label, "name": name, "options": list(field.codes.items())})
        elif field.type == "bool":
            menus.append({"label": field.label, "name": name, "options": [("true", "是"), ("false", "否")]})
        elif field.type == "date" and field.sort:
            years = [(str(y), f"{y}年") for y in range(year, year - YEARS_BACK, -1)]
            menus.append({"label": field.label, "name": name, "options": years})
    return menus


def places_of(actor: Actor, permission: str = "register.view") -> list[tuple[int, str]]:
    """The places one level below where the actor may look: counties for the city, townships for a county."""
    roots = sorted({low for g in actor.grants if permission in g.permissions for low, _ in g.regions})
    if not roots:
        return []
    wanted = {"city": "county", "county": "township"}.get(level(roots[0]), "village")
    below = regions_below(roots[0]).filter(level__in=[wanted, "zone"]).order_by("code")
    return [(place.code, place.name) for place in below[:60]]


def region_asked(text: str) -> int | None:
    return whole(text) if len(text) == 12 else None


@require_safe
def find(request: ActingRequest) -> HttpResponse:
    """People and firms by the beginning of a name, pinyin, initials, the end of a phone or a whole ID number."""
    require(request.actor, "register.view")
    text = request.GET.get("q", "").strip()
    found = queries.search(request.actor, text)
    hats = queries.hats_by_subject([one.pk for one in found])
    registers = releases.current().registers
    places = region_paths(one.region for one in found)
    rows = [
        {
            "subject": one,
            "place": places.get(one.region, ""),
            "registers": [registers[name] for name in hats.get(one.pk, []) if name in registers],
        }
        for one in found
    ]
    context = {
        "rows": rows,
        "text": text,
        "more": len(found) == queries.MOST_FOUND,
        "may_open_file": bool(decide(request.actor, "dossier.view")),
    }
    audit.record_read(request.actor, "register.search", [f"subject:{one.pk}" for one in found], "搜索")
    return render(request, "desk/registers/search.html", context)
