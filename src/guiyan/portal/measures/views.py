"""The library of measures, and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.cases.offices import county_region
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.policies import queries as policies
from guiyan.policies.queries import LiveMeasure
from guiyan.portal.calls import advice
from guiyan.portal.measures.library import KINDS, Wanted, benefits_known, groups_known, library
from guiyan.portal.measures.sheet import sheet_of
from guiyan.portal.offices import counties
from guiyan.portal.whom import region_of


@require_safe
def measure_list(request: ActingRequest) -> HttpResponse:
    today, pack = calendar.today(), releases.current()
    wanted = Wanted.of(request.GET, pack)
    rows = library(pack, today, wanted)
    context = {
        "wanted": wanted,
        "named": [row for row in rows if row.named],
        "general": [row for row in rows if not row.named],
        "filters": [
            ("给谁", "group", [(one, one) for one in groups_known(pack, today)]),
            ("个人还是企业", "for", list(KINDS.items())[:2]),
            ("给什么", "benefit", benefits_known(pack, today)),
            ("在哪里", "county", [(str(one.code), one.name) for one in counties(pack)]),
        ],
        "kept": [(name, value) for name, value in request.GET.items() if name != "q" and value],
        "narrowed": wanted != Wanted(past=wanted.past),
        "advice": advice(),
    }
    return render(request, "portal/measures/list.html", context)


@require_safe
def measure(request: ActingRequest, measure_id: str) -> HttpResponse:
    live = live_or_ended(measure_id)
    here = region_of(request.actor)
    sheet = sheet_of(live, releases.current(), calendar.today(), county_region(here) if here else None)
    context = {"sheet": sheet, "measure": sheet.words}
    return render(request, "portal/measures/measure.html", context)


def live_or_ended(measure_id: str) -> LiveMeasure:
    """The measure in force, else as it last was: whoever kept its address is told that it is over."""
    found = policies.live_measure(measure_id)
    ended = (one for one in policies.ended_measures() if one.measure.id == measure_id)
    live = found or next(ended, None)
    if live is None:
        raise NotFound("没有这项政策，可能是地址写错了。")
    return live
