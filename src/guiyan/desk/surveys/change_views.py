"""What changed since an earlier round, on a page and as Excel; how far a round is, as Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.sheets import excel
from guiyan.desk.surveys.views import crumbs, own_name, round_and_place
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import whole
from guiyan.packs.register import Field
from guiyan.registers.models import SurveyRound
from guiyan.registers.queries import rounds as queries
from guiyan.registers.queries import survey_changes as changes
from guiyan.registers.queries.survey_changes import Matrix, Turned
from guiyan.registers.surveying.rounds import survey_of

SHOWN, MOST_ROWS, AT_ONCE = 100, 200_000, 500
DONE_COLUMNS = (
    ("地方", 26), ("应访", 10), ("已访", 10), ("没访到", 10), ("待访", 10), ("结束时没访", 12), ("新增", 10),
    ("完成率（%）", 12),
)  # fmt: skip
CHANGE_COLUMNS = (("姓名", 14), ("地方", 30), ("上次", 16), ("这次", 16))


def asked(request: ActingRequest, round_id: int) -> tuple[SurveyRound, int, SurveyRound | None, list[SurveyRound]]:
    """The round, the place, the round before (the last one unless another is asked for), all before."""
    found, place = round_and_place(request, round_id)
    before = changes.rounds_before(found)
    wanted = whole(request.GET.get("with", ""))
    chosen = next((one for one in before if one.pk == wanted), None) if wanted else next(iter(before), None)
    if wanted and chosen is None:
        raise NotFound
    return found, place, chosen, before


def fields_of(found: SurveyRound) -> list[Field]:
    register = releases.current().registers[found.register]
    return [register.fields[name] for name in survey_of(found.survey).compares]


def field_asked(request: ActingRequest, found: SurveyRound) -> Field:
    fields = fields_of(found)
    return next((one for one in fields if one.id == request.GET.get("field")), fields[0])


@require_safe
def change_page(request: ActingRequest, round_id: int) -> HttpResponse:
    found, place, before, earlier = asked(request, round_id)
    field = field_asked(request, found)
    context: dict[str, Any] = {
        "round": found,
        "survey": survey_of(found.survey),
        "before": before,
        "earlier": [(str(one.pk), one.title) for one in earlier],
        "place": place,
        "place_name": region_path(place),
        "crumbs": crumbs(request, found, place),
        "field": field,
        "fields": [(one.id, one.label) for one in fields_of(found)],
    }
    if before is not None:
        told = changes.matrix(request.actor, field, before, found, place)
        was, now = request.GET.get("was"), request.GET.get("now")
        people = list(islice(changes.turned(request.actor, field, before, found, place, was=was, now=now), SHOWN + 1))
        audit.record_read(
            request.actor, "visits", [f"subject:{one.subject_id}" for one in people], "比较两轮调查", region=place
        )
        context |= {"matrix": table_of(told), "told": told, **listed(people), "narrowed": (was, now) != (None, None)}
    return render(request, "desk/surveys/change.html", context)


def listed(people: Sequence[Turned]) -> dict[str, Any]:
    places = region_paths(one.region for one in people[:SHOWN])
    return {
        "people": [{"one": one, "place": places.get(one.region, "")} for one in people[:SHOWN]],
        "more": len(people) > SHOWN,
    }


def table_of(told: Matrix) -> dict[str, Any]:
    """before in rows, after in columns, each with its sum; answers nobody gave are left out of both."""
    used = {answer for pair, number in told.counts.items() if number for answer in pair}
    answers = [(key, words) for key, words in told.answers if key in used]
    return {
        "heads": [words for _, words in answers],
        "rows": [
            {
                "words": words,
                "cells": [
                    {"was": was, "now": now, "number": told.counts.get((was, now), 0), "same": was == now}
                    for now, _ in answers
                ],
                "sum": sum(told.counts.get((was, now), 0) for now, _ in answers),
            }
            for was, words in answers
        ],
        "sums": [sum(told.counts.get((was, now), 0) for was, _ in answers) for now, _ in answers],
    }


@require_safe
def change_sheet(request: ActingRequest, round_id: int) -> FileResponse:
    found, place, before, _ = asked(request, round_id)
    if before is None:
        raise NotFound("前面没有可以比较的一轮。")
    field = field_asked(request, found)
    told = changes.matrix(request.actor, field, before, found, place)
    table = table_of(told)
    people = changes.turned(
        request.actor, field, before, found, place, was=request.GET.get("was"), now=request.GET.get("now")
    )
    audit.record(request.actor, "survey.export", f"round:{found.pk}", region=place, detail={"field": field.id})
    title = f"{region_path(place)}：{field.label}，{before.title}到{found.title}"
    columns = (("上次\\这次", 16), *((words, 12) for words in table["heads"]), ("合计", 12))
    counts = [[row["words"], *(cell["number"] for cell in row["cells"]), row["sum"]] for row in table["rows"]]
    counts.append(["合计", *table["sums"], told.both])
    return excel(
        "两轮变化.xlsx",
        [("变化", title, columns, counts), ("改了的人", title, CHANGE_COLUMNS, lines(islice(people, MOST_ROWS)))],
    )


def lines(people: Iterator[Turned]) -> Iterator[Sequence[Any]]:
    while piece := list(islice(people, AT_ONCE)):
        places = region_paths(one.region for one in piece)
        yield from ((one.name, places.get(one.region, ""), one.before, one.after) for one in piece)


@require_safe
def sheet(request: ActingRequest, round_id: int) -> FileResponse:
    """How far each place below is."""
    found, place = round_and_place(request, round_id)
    done = queries.completion(request.actor, found, place)
    total = queries.total_of(done, place)
    audit.record(request.actor, "survey.export", f"round:{found.pk}", region=place, detail={"places": len(done)})
    names = region_paths(one.place for one in done)
    rows = [
        [name, one.total, one.done, one.unreached, one.due, one.missed, one.added, round(one.percent, 1)]
        for one, name in [
            *((one, own_name(place) if one.own else names.get(one.place, "")) for one in done),
            (total, "合计"),
        ]
    ]
    title = f"{region_path(place)}：{found.title}，截至{calendar.long_day(calendar.today())}"
    return excel("调查完成情况.xlsx", [("完成情况", title, DONE_COLUMNS, rows)])
