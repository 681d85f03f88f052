"""Rounds, and one of them by place: who lags, who is left, reminding and closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases.queries import light_of
from guiyan.desk.paging import paged
from guiyan.desk.registers.views import places_of
from guiyan.desk.surveys.forms import RoundForm
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import chain_below, level
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.queries import rounds as queries
from guiyan.registers.queries.rounds import LOOK, At, Done
from guiyan.registers.queries.survey_changes import rounds_before
from guiyan.registers.surveying import rounds as actions
from guiyan.registers.surveying.rounds import RUN, asked_in, survey_of


@require_safe
def round_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, LOOK)
    found = queries.rounds_for(request.actor)
    listed, pager = paged(request, found, "轮")
    done = queries.totals(listed, request.actor)
    places = region_paths(one.region for one in listed)
    surveys = releases.current().surveys
    context = {
        "rows": [
            {
                "round": one,
                "survey": surveys[one.survey].label if one.survey in surveys else one.survey,
                "place": places.get(one.region, ""),
                "done": done.get(one.pk, Done(one.region, 0, 0, 0, 0, 0, 0)),
                "light": light_of(one.to_on) if one.is_open else None,
            }
            for one in listed
        ],
        "pager": pager,
        "surveys": list(surveys.values()) if holds(request.actor, RUN) else [],
    }
    return render(request, "desk/surveys/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActingRequest, survey: str) -> HttpResponse:
    require(request.actor, RUN)
    declared = survey_of(survey)
    form = RoundForm(declared, areas_of(request.actor), today(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_round(request.actor, survey=survey, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已开始，{opened.listed:,}人待访。村里的工作清单里已经有了。")
            return redirect("surveys:page", round_id=opened.pk)
    register = releases.current().registers[declared.register_]
    place = int(form["region"].value() or 0)
    context = {
        "survey": declared,
        "register": register,
        "form": form,
        "asks": [register.fields[name].label for name in declared.asks],
        "count": asked_in(declared, place).count() if place else 0,
        "count_place": region_path(place) if place else "",
    }
    return render(request, "desk/surveys/new.html", context, status=422 if form.errors else 200)


def areas_of(actor: Actor) -> list[tuple[int, str]]:
    """The officer's own places, then those one level below."""
    own = sorted(low for low, _ in queries.ranges_of(actor, RUN))
    names = region_paths(own)
    return [*((code, names.get(code, str(code))) for code in own), *places_of(actor, RUN)]


@require_safe
def round_page(request: ActingRequest, round_id: int) -> HttpResponse:
    found, place = round_and_place(request, round_id)
    lines = queries.completion(request.actor, found, place)
    total = queries.total_of(lines, place)
    names = region_paths([one.place for one in lines])
    reminded = queries.reminded(found, [one.place for one in lines])
    before = rounds_before(found)
    runs = bool(decide(request.actor, RUN, At(place), unit=None))
    context = {
        "round": found,
        "survey": survey_of(found.survey),
        "place": place,
        "place_name": region_path(place),
        "crumbs": crumbs(request, found, place),
        "total": total,
        "light": light_of(found.to_on) if found.is_open else None,
        "lines": [
            {
                "done": one,
                "name": own_name(place) if one.own else short_name(names, one.place, place),
                "href": href_of(found, one, place),
                "reminded_at": reminded.get(one.place),
                "may_remind": runs and found.is_open and bool(one.due),
            }
            for one in lines
        ],
        "before": before,
        "may_run": runs,
        "may_close": found.is_open and bool(decide(request.actor, RUN, found, unit=None, subject=None)),
    }
    return render(request, "desk/surveys/page.html", context)


def round_and_place(request: ActingRequest, round_id: int) -> tuple[SurveyRound, int]:
    require(request.actor, LOOK)
    found = queries.round_for(request.actor, round_id)
    asked = request.GET.get("region", "")
    return found, queries.place_in(request.actor, found, whole(asked) if asked else None)


def crumbs(request: ActingRequest, found: SurveyRound, place: int) -> list[tuple[str, str]]:
    """From the round's place down to this one, as far as the reader may look."""
    base = reverse("surveys:page", args=[found.pk])
    above = [code for code in chain_below(found.region, place) if decide(request.actor, LOOK, At(code), unit=None)]
    names = region_paths(above)
    links = [(short_name(names, code, found.region), f"{base}?region={code}") for code in above]
    here = [(name, href if code != place else "") for code, (name, href) in zip(above, links, strict=True)]
    return [("意愿调查", reverse("surveys:list")), *here]


def own_name(place: int) -> str:
    return {"city": "没有落到县", "county": "没有落到乡镇"}.get(level(place), "没有落到村")


def short_name(names: dict[int, str], code: int, above: int) -> str:
    """大畈镇 under 通山县: the place above is in the head already."""
    name, prefix = names.get(code, str(code)), region_path(above)
    return name.removeprefix(prefix) or name


def href_of(found: SurveyRound, one: Done, place: int) -> str:
    if level(one.place) == "village" or one.own:
        return f"{reverse('surveys:people', args=[found.pk])}?region={one.place}"
    return f"{reverse('surveys:page', args=[found.pk])}?region={one.place}"


@require_safe
def people_page(request: ActingRequest, round_id: int) -> HttpResponse:
    found, place = round_and_place(request, round_id)
    state = request.GET.get("state", "")
    rows = queries.people(request.actor, found, place, state=state, added=request.GET.get("added") == "1")
    listed, pager = paged(request, rows, "人")
    audit.record_read(
        request.actor, "visits", [f"subject:{one.subject_id}" for one in listed], "查看走访情况", region=place
    )
    places = region_paths(one.region for one in listed)
    reasons = survey_of(found.survey).not_reached
    context = {
        "round": found,
        "survey": survey_of(found.survey),
        "place": place,
        "place_name": region_path(place),
        "rows": [
            {
                "visit": one.visit,
                "name": one.name,
                "place": places.get(one.visit.region, ""),
                "reason": reasons.get(one.visit.reason, one.visit.reason),
            }
            for one in queries.named(listed)
        ],
        "pager": pager,
        "states": [("", "全部"), *SurveyVisit.STATES],
        "state": state,
        "register": found.register,
        "may_open": holds(request.actor, "register.view"),
    }
    return render(request, "desk/surveys/people.html", context)


@require_POST
def remind(request: ActingRequest, round_id: int) -> HttpResponse:
    require(request.actor, RUN)
    place, above = whole(request.POST.get("region", "")), whole(request.POST.get("above", ""))
    if place is None:
        raise NotFound
    try:
        said = actions.remind(request.actor, round_id=round_id, region=place)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已提醒{region_path(place)}，还有{said.left:,}人待访。")
    return back_to(round_id, above)


@require_POST
def close(request: ActingRequest, round_id: int) -> HttpResponse:
    require(request.actor, RUN)
    try:
        closed = actions.close_round(request.actor, round_id=round_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"“{closed.title}”已结束。")
    return back_to(round_id, None)


def back_to(round_id: int, region: Any) -> HttpResponse:
    address = reverse("surveys:page", args=[round_id])
    return redirect(f"{address}?region={region}" if region else address)
