"""The list of measures in force, and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.policies import queries as policies
from guiyan.portal.calls import advice
from guiyan.portal.measures import words
from guiyan.portal.measures.steps import way_of
from guiyan.portal.offices import office_words
from guiyan.portal.whom import region_of


@require_safe
def measure_list(request: ActingRequest) -> HttpResponse:
    today = calendar.today()
    rows = [words.measure_words(one, today) for one in policies.live_measures()]
    return render(request, "portal/measures/list.html", {"measures": rows, "advice": advice()})


@require_safe
def measure(request: ActingRequest, measure_id: str) -> HttpResponse:
    live, today, pack = policies.live_measure(measure_id), calendar.today(), releases.current()
    if live is None:
        raise NotFound("没有这项政策，或者已经不再执行。")
    version = words.version_on(live, today)
    item = pack.items.get(live.measure.item or "")
    context = {
        "live": live,
        "measure": words.measure_words(live, today),
        "conditions": words.conditions_of(version, pack),
        "open_conditions": live.measure.open_conditions,
        "item": item,
        "materials": words.materials_of(item) if item else [],
        "office": office_words(live.measure, region_of(request.actor)),
        "phone": item.phone if item and item.phone else (found.value if (found := advice()) else ""),
        "limit_note": words.limit_note(item) if item else "",
        "steps": way_of(pack.flows[item.flow], item) if item else [],
        "clause": pack.clause_words(live.measure.clause),
        "versions": words.versions_of(live, today),
    }
    return render(request, "portal/measures/measure.html", context)
