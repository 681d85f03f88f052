"""来源核对: how many people a register has, by place and by source, and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.sheets import excel
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import chain_below, level
from guiyan.packs.register import Register
from guiyan.registers.queries import reconciling as queries
from guiyan.registers.queries.reconciling import PlaceCount, Totals
from guiyan.registers.queries.rounds import At
from guiyan.registers.showing import marks
from guiyan.registers.tables import register_of

OWN = {"city": "没有落到县", "county": "没有落到乡镇"}


def place_asked(request: ActingRequest) -> int:
    """The place of the address, or the widest of the reader's. Raises NotFound for one she does not reach."""
    text = request.GET.get("region", "")
    place = whole(text) if text else queries.widest(request.actor)
    require(request.actor, queries.VIEW)
    if place is None or place not in releases.current().regions:
        raise NotFound("没有这个地方。")
    return place


@require_safe
def reconcile(request: ActingRequest, register: str) -> HttpResponse:
    place = place_asked(request)
    found = queries.reconcile(request.actor, register, place)
    context = {
        "register": found.register,
        "place": place,
        "place_name": region_path(place),
        "crumbs": crumbs(request, found),
        "sources": list(found.register.sources.values()),
        "whole": row_of(found, found.whole, "合计"),
        "rows": rows_of(found),
        "today": calendar.today(),
    }
    return render(request, "desk/registers/reconcile.html", context)


def rows_of(found: Totals) -> list[dict[str, Any]]:
    names, above = region_paths(one.place for one in found.lines), region_path(found.place)
    return [
        row_of(found, one, OWN.get(level(one.place), "没有落到村") if one.own else short(names, one.place, above))
        for one in found.lines
    ]


def short(names: dict[int, str], code: int, above: str) -> str:
    name = names.get(code, str(code))
    return name.removeprefix(above) or name


def row_of(found: Totals, line: PlaceCount, name: str) -> dict[str, Any]:
    base = reverse("registers:reconcile", args=[found.register.id])
    people = f"{base}people/?region={line.place}"
    deeper = level(line.place) != "village" and not line.own
    return {
        "name": name,
        "line": line,
        "href": f"{base}?region={line.place}" if deeper else people,
        "people": people,
        "cells": [
            {"source": one, "number": line.by_source[one.id], "only": line.only[one.id]}
            for one in found.register.sources.values()
        ],
    }


def crumbs(request: ActingRequest, found: Totals) -> list[tuple[str, str]]:
    """The register, then from the city down to the place, as far as the reader may look."""
    base = reverse("registers:reconcile", args=[found.register.id])
    chain = chain_below(int(releases.current().city.region), found.place)
    above = [code for code in chain if decide(request.actor, queries.VIEW, At(code), unit=None)]
    names = region_paths(above)
    links = [(names.get(code, ""), f"{base}?region={code}" if code != found.place else "") for code in above]
    return [(found.register.label, reverse("registers:list", args=[found.register.id])), *links]


@require_safe
def people(request: ActingRequest, register: str) -> HttpResponse:
    place = place_asked(request)
    source, only, differing = asked(request)
    after = whole(request.GET.get("after", "")) or 0
    declared = register_of(releases.current(), register)
    found, more = queries.people_from(
        request.actor, register, place, source=source, only=only, differing=differing, after=after
    )
    ids = [f"subject:{one.subject_id}" for one in found]
    audit.record_read(request.actor, f"register.{register}.entry", ids, "来源核对", region=place)
    places = region_paths(one.region for one in found)
    context = {
        "register": declared,
        "place": place,
        "place_name": region_path(place),
        "back_href": f"{reverse('registers:reconcile', args=[register])}?region={place}",
        "rows": [
            {"one": one, "place": places.get(one.region, ""), "marks": marks(declared, one.sources)} for one in found
        ],
        "sources": [(one.id, one.label) for one in declared.sources.values()],
        "conflict_choices": [("1", "来源说法不一致")],
        "after": found[-1].subject_id if more else None,
    }
    return render(request, "desk/registers/reconcile_people.html", context)


def asked(request: ActingRequest) -> tuple[str, str, bool]:
    given = request.GET
    return given.get("source", ""), given.get("only", ""), given.get("conflict") == "1"


@require_safe
def sheet(request: ActingRequest, register: str) -> FileResponse:
    place = place_asked(request)
    found = queries.reconcile(request.actor, register, place)
    audit.record(request.actor, "register.reconcile", f"register:{register}", region=place)
    title = f"{region_path(place)}：{found.register.label}来源核对，截至{calendar.long_day(calendar.today())}"
    lines = [*rows_of(found), row_of(found, found.whole, "合计")]
    return excel("来源核对.xlsx", [("来源核对", title, columns(found.register), [cells(one) for one in lines])])


def columns(register: Register) -> Sequence[tuple[str, int]]:
    by_source = [(one.label, 14) for one in register.sources.values()]
    only = [(f"只在{one.label}", 14) for one in register.sources.values()]
    return (("地方", 26), ("总数", 10), *by_source, *only, ("来源说法不一致", 14))


def cells(row: dict[str, Any]) -> Sequence[Any]:
    line: PlaceCount = row["line"]
    return (row["name"], line.total, *line.by_source.values(), *line.only.values(), line.conflicts)
