"""What the city lets out of its registers: sites, projects, carriers, products, charges."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.queries import region_paths
from guiyan.kernel import printing, releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import whole
from guiyan.kernel.printing import TYPES
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.places import Region
from guiyan.packs.register import Field, Register
from guiyan.portal.booklet.keeping import kept_file
from guiyan.registers import queries
from guiyan.registers.mapping import picture
from guiyan.registers.papers import booklet_of
from guiyan.registers.showing import regions_in, shown

FILTER = "f-"
LONGEST = 40


@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {"register": one, "title": one.publish.title, "note": one.publish.note or one.note}
        for one in queries.published_registers()
        if one.publish is not None
    ]
    return render(request, "portal/registers/list.html", {"rows": rows})


@require_safe
def register_page(request: HttpRequest, register: str) -> HttpResponse:
    asked = request.GET
    words = asked.get("q", "")[:LONGEST]
    found = queries.published(
        register,
        search=words,
        region=place_asked(asked.get("region", "")),
        filters={name.removeprefix(FILTER): asked[name] for name in asked if name.startswith(FILTER)},
        page=whole(asked.get("page", "")) or 1,
    )
    places = region_paths(regions_in(found.fields, found.rows))
    context = {
        "register": found.register,
        "rule": found.rule,
        "title": found.rule.title,
        "rows": [
            row_of(found.register, found.fields, row, places, queries.token_of(register, subject_id))
            for row, subject_id in zip(found.rows, found.subject_ids, strict=True)
        ],
        "asking": [one.answers.title for one in queries.answering(register) if one.answers is not None],
        "total": found.total,
        "menus": menus_of(found.register, asked.dict()),
        "booklets": booklets_of(found.register, asked.dict()) if found.total else [],
        "words": words,
        "map_href": map_address(found.register, asked),
        "page": found.page,
        "pages": found.pages,
        "previous_href": address(request, found.page - 1) if found.page > 1 else "",
        "next_href": address(request, found.page + 1) if found.page < found.pages else "",
    }
    return render(request, "portal/registers/page.html", context)


def map_address(register: Register, asked: Mapping[str, str]) -> str:
    kept = [(name, text) for name, text in asked.items() if name.startswith(FILTER) and text]
    page = reverse("portal:register-map", args=[register.id])
    return f"{page}?{urlencode(kept)}" if kept else page


@require_safe
def register_booklet(request: HttpRequest, register: str, kind: str) -> HttpResponse:
    """What is published, on paper: `region` and the filter of its chapters narrow it as they do the page."""
    declared = releases.current().registers.get(register)
    if kind not in TYPES or declared is None or declared.publish is None or declared.publish.booklet is None:
        raise NotFound("没有这份手册，或只有PDF和Word两种。")
    by = declared.fields[declared.publish.booklet.by]
    asked = request.GET.get(f"{FILTER}{by.id}", "")
    paper = booklet_of(
        register, region=place_asked(request.GET.get("region", "")), chapter=asked if asked in by.codes else ""
    )
    words = json.dumps(dataclasses.asdict(paper), ensure_ascii=False)
    digest = hashlib.sha256(f"{printing.setting()}\0{words}".encode()).hexdigest()
    answer = HttpResponse(kept_file(f"{digest}.{kind}", lambda: printing.made(paper, kind)), content_type=TYPES[kind])
    name = f"{paper.title}-{paper.beneath.replace(' · ', '-')}-{paper.printed_on.removesuffix('印')}.{kind}"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def booklets_of(register: Register, asked: dict[str, str]) -> list[tuple[str, str]]:
    """(PDF, address) and (Word, address), for the county and chapter that the page shows."""
    if register.publish is None or register.publish.booklet is None:
        return []
    names = ("region", f"{FILTER}{register.publish.booklet.by}")
    query = urlencode({name: asked[name] for name in names if asked.get(name)})
    kinds = (("pdf", "下载PDF"), ("docx", "下载Word"))
    return [(label, f"{reverse('portal:register-booklet', args=[register.id, kind])}?{query}") for kind, label in kinds]


def place_asked(text: str) -> int | None:
    return whole(text) if len(text) == 12 else None


def row_of(register: Register, fields: tuple[Field, ...], row: Any, places: Any, token: str) -> dict[str, Any]:
    pictures = [one.id for one in fields if one.type == "picture" and row[one.id]]
    return {
        "title": row[register.title_field],
        "href": reverse("portal:entry", args=[register.id, token]),
        "picture": reverse("portal:entry-picture", args=[register.id, token, pictures[0]]) if pictures else "",
        "cells": [
            {"label": one.label, "shown": shown(one, row[one.id], places)}
            for one in fields
            if one.id != register.title_field and one.type != "picture" and row[one.id] not in (None, "", ())
        ],
    }


def menus_of(register: Register, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The county, and the filters that the publication names."""
    pack = releases.current()
    counties = [(str(code), one.name) for code, one in sorted(pack.regions.items()) if one.level in ("county", "zone")]
    menus = [{"label": "县市区", "name": "region", "options": counties, "chosen": asked.get("region", "")}]
    for name in register.publish.filters if register.publish else ():
        field = register.fields[name]
        if field.codes:
            chosen = asked.get(f"{FILTER}{name}", "")
            options = list(field.codes.items())
            menus.append({"label": field.label, "name": f"{FILTER}{name}", "options": options, "chosen": chosen})
    return menus


def address(request: HttpRequest, page: int) -> str:
    kept = [(name, text) for name, text in request.GET.items() if name != "page"]
    return f"?{urlencode([*kept, ('page', str(page))])}"


@require_safe
def register_map(request: HttpRequest, register: str) -> HttpResponse:
    """How much of what is out lies in which county."""
    declared, rule = queries.published_rule(register)
    pack = releases.current()
    kept = [(name, str(text)) for name, text in request.GET.items() if name.startswith(FILTER)]
    asked = {name.removeprefix(FILTER): text for name, text in kept}
    with entered(Scope.system()):
        counts = queries.published_by_place(register, below=pack.city.region, filters=asked)
    page = reverse("portal:register", args=[register])

    def into(region: Region) -> str:
        return f"{page}?{urlencode([*kept, ('region', region.code)])}"

    drawn = picture(pack, pack.city.region, counts, unit=declared.counted_in, href=into)
    context = {
        "title": rule.title,
        "register": declared,
        "drawn": drawn,
        "ranked": sorted(drawn.areas, key=lambda one: -one.value),
        "list_href": f"{page}?{urlencode(kept)}" if kept else page,
        "menus": [menu for menu in menus_of(declared, request.GET.dict()) if menu["name"] != "region"],
    }
    return render(request, "portal/registers/map.html", context)
