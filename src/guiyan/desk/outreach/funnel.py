"""The funnel of a run, by measure and county, and who stands behind each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.queries import local_paths, region_names
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged
from guiyan.kernel import audit
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import COUNTRY, Interval
from guiyan.outreach import queries, states
from guiyan.outreach.models import MatchRun
from guiyan.outreach.queries import FunnelPerson, FunnelRow
from guiyan.registers import queries as registers


@require_safe
def funnel_page(request: ActingRequest, run_id: int) -> HttpResponse:
    run = queries.run_by_id(request.actor, run_id)
    funnel = queries.funnel_of(run)
    context = {
        "run": run,
        "place": region_names([run.region]).get(run.region, ""),
        "tiles": [tile(run, funnel.whole, step) for step in states.STEPS],
        "declined": funnel.whole.declined,
        "heads": list(states.STEPS.values()),
        "measures": [(row, cells(run, row)) for row in funnel.measures],
        "rows": [(row, cells(run, row)) for row in funnel.rows],
        "untold": queries.untold_counts(run),
        "deliveries": queries.delivery_counts(run),
    }
    return render(request, "desk/outreach/funnel.html", context)


def tile(run: MatchRun, whole: FunnelRow, step: str) -> dict[str, Any]:
    """A number with its share of those who were told."""
    told, number = whole.told, whole.at(step)
    of = step not in (states.FOUND, states.TOLD) and told
    note = f"已告知{told:,}项次的{share_words(number, told)}" if of else ""
    return {"label": states.STEPS[step], "value": f"{number:,}", "note": note, "href": people_href(run, whole, step)}


def cells(run: MatchRun, row: FunnelRow) -> list[dict[str, Any]]:
    return [
        {"label": label, "number": row.at(step), "href": people_href(run, row, step) if row.at(step) else ""}
        for step, label in states.STEPS.items()
    ]


def people_href(run: MatchRun, row: FunnelRow, step: str) -> str:
    query = {"step": step, "measure": row.measure, "county": row.county or ""}
    return f"{reverse('outreach:people', args=[run.pk])}?{urlencode({k: v for k, v in query.items() if v})}"


class People(Sequence[FunnelPerson]):
    """Who stands behind a number, read a page at a time."""

    def __init__(self, run: MatchRun, step: str, measure: str, place: Interval, total: int) -> None:
        self.run, self.step, self.measure, self.place, self.total = run, step, measure, place, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: Any) -> Any:
        if not isinstance(wanted, slice):
            raise TypeError("read a page, not a row")
        low, high, _ = wanted.indices(self.total)
        return queries.people_at(
            self.run, self.step, measure=self.measure, place=self.place, most=max(high - low, 0), skip=low
        )


@require_safe
def people_page(request: ActingRequest, run_id: int) -> HttpResponse:
    """Names masked; the reading is logged with everybody on the page."""
    run = queries.run_by_id(request.actor, run_id)
    step, measure, county = asked(request, run)
    place = queries.place_of(run, county) if county else COUNTRY
    funnel = queries.funnel_of(run)
    of = [row for row in funnel.rows if measure in ("", row.measure) and county in (0, row.county)]
    total = sum(row.at(step) for row in of)
    rows, pager = paged(request, People(run, step, measure, place, total), run.counter)
    if rows:
        ids = [f"subject:{row.about_id}" for row in rows]
        audit.record_read(request.actor, "outreach", ids, f"{run.title}：{states.STEPS[step]}", region=run.region)
    names = registers.names_of_subjects({row.about_id for row in rows})
    places = local_paths(request.actor, {row.region // 1000 * 1000 for row in rows})
    titles = queries.titles_of(run)
    context = {
        "run": run,
        "step": states.STEPS[step],
        "measure": titles.get(measure, ""),
        "county": region_names([county]).get(county, "") if county else "",
        "rows": [
            (row, names.get(row.about_id, ""), places.get(row.region // 1000 * 1000, ""), titles[row.measure])
            for row in rows
        ],
        "pager": pager,
        "total": total,
    }
    return render(request, "desk/outreach/people.html", context)


def asked(request: ActingRequest, run: MatchRun) -> tuple[str, str, int]:
    """Step, measure and county of the address; NotFound for what the run does not have."""
    step, measure = request.GET.get("step", states.FOUND), request.GET.get("measure", "")
    county = request.GET.get("county", "")
    if step not in states.STEPS or (measure and measure not in run.measures):
        raise NotFound("漏斗里没有这一格。")
    if county and not (county.isascii() and county.isdigit() and len(county) == 12):
        raise NotFound("没有这个地区。")
    return step, measure, int(county or 0)


def share_words(number: int, whole: int) -> str:
    """12.5%; what has begun is never 0.0%."""
    share = number * 100 / whole
    return "不到0.1%" if 0 < share < 0.1 else f"{share:.1f}%"
