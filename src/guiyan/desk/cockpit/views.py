"""The cockpit, the way down to the record, and the instruction that starts a supervision order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.models import Region, Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import chain_of, region_name, region_path
from guiyan.accounts.web import ActingRequest
from guiyan.desk.cockpit.forms import InstructionForm
from guiyan.desk.cockpit.page import context_of
from guiyan.desk.cockpit.pictures import month_line
from guiyan.desk.cockpit.records import Head, Record, table
from guiyan.desk.cockpit.tiles import in_one_scale
from guiyan.desk.paging import paged
from guiyan.desk.plans.figure_views import rows_of
from guiyan.desk.plans.titles import ShortTitles
from guiyan.insights import drill as drilling
from guiyan.insights.figures import as_figure
from guiyan.insights.goals import goal_figure, goal_label, goal_words, nothing_words, printed_words
from guiyan.insights.parts import last_parts, last_words, now_parts, value_words, with_parts
from guiyan.insights.periods import year_before, year_to
from guiyan.insights.standing import RULE, Known, by_place, standing
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import subtree
from guiyan.kernel.releases import current
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries import reported

MOST_REPORTS = 36
LONGEST_FIGURE = 60  # as long as an instruction keeps it
FIRST = ("government", "county-government", "human-resources")


@require_safe
def cockpit(request: ActingRequest) -> HttpResponse:
    require(request.actor, "cockpit.view")
    return render(request, "desk/cockpit/home.html", context_of(request.actor))


def _place(request: ActingRequest) -> int:
    text = request.GET.get("place", "") or request.POST.get("place", "")
    code = whole(text)
    known = code is not None and Region.objects.filter(code=code).exists()
    return code if known and code is not None else int(current().city.region)


@require_safe
def drill(request: ActingRequest, indicator_id: int) -> HttpResponse:
    require(request.actor, "cockpit.view")
    indicator = queries.indicator_by_id(indicator_id)
    place = _place(request)
    context = _head_context(request, indicator, place, InstructionForm(_offices(place)))
    if indicator.is_computed:
        context |= _records_context(request, indicator, place)
    context |= _counties_context(request, indicator, place)
    return render(request, "desk/cockpit/drill.html", context)


def _head_context(request: ActingRequest, indicator: Indicator, place: int, form: InstructionForm) -> dict[str, Any]:
    """The figure, where it stands, and the form of an instruction on it."""
    day = calendar.today()
    period = year_to(day)
    values = queries.newest_values([indicator], period.start, [place])
    before = queries.newest_values([indicator], year_before(period).start, [place])
    stored, earlier = values.get((indicator.id, place)), before.get((indicator.id, place))
    known = Known([indicator], [place], day)
    if indicator.is_computed:
        now = as_figure(stored) if stored else drilling.figure_or_none(indicator, period, place)
        then = as_figure(earlier) if earlier else drilling.figure_or_none(indicator, year_before(period), place)
        found = standing(indicator, now, then, day, target=known.target(indicator, place))
    else:
        now, found = known.told.at(indicator, place).figure, known.standing(indicator, place)
    if place == int(current().city.region) and known.is_per_region(indicator):
        found = known.standing(indicator, place)
    is_city = place == int(current().city.region)
    return {
        "indicator": indicator,
        "place": place,
        "place_name": region_path(place) if not is_city else region_name(place),
        "is_city": is_city,
        "crumbs": crumbs(place),
        "plan": ShortTitles()(indicator.plan or indicator.document.title),
        "clause": " › ".join(queries.clause_of(indicator)) or "总体目标",
        "rule": RULE,
        "standing": found,
        "parts_now": now_parts(found),
        "parts_then": last_parts(found),
        "why": now.why,
        "value_words": value_words(found),
        "goal_label": goal_label(indicator),
        "goal_figure": goal_figure(indicator)
        if is_city or found.target is None
        else amount_words(found.target, indicator.unit),
        "printed": printed_words(indicator),
        "old_words": last_words(found),
        "computed_at": stored.computed_at if stored else None,
        "may_instruct": holds(request.actor, "instruction.write"),
        "form": form,
    }


def _counties_context(request: ActingRequest, indicator: Indicator, place: int) -> dict[str, Any]:
    """Each county with its own target and light; and who may order something about this place."""
    city, day = int(current().city.region), calendar.today()
    known = Region.objects.filter(level__in=("county", "zone")).order_by("code") if place == city else []
    names = {region.code: region for region in known}
    found = by_place([indicator], list(names), day) if names else {}
    amounts = [x for one in found.values() for x in (one[0].value, one[0].target) if x is not None]
    largest = max(amounts, default=None)
    rows = [
        {
            "region": region,
            "inside": names[code // 10**6 * 10**6].name if region.level == "zone" else "",
            "standing": found[code][0],
            "value": words_beside(found[code][0].value, largest, indicator.unit),
            "parts": now_parts(found[code][0]),
            "target": words_beside(found[code][0].target, largest, indicator.unit),
        }
        for code, region in names.items()
    ]
    return {
        "counties": rows,
        "may_order": holds(request.actor, "supervision.handle") and place % 10**6 == 0,
        "may_split": any(holds(request.actor, one) for one in ("target.propose", "target.issue")),
        "reports": [] if indicator.is_computed else figure_rows(request.actor, indicator, place),
    }


def words_beside(value: Decimal | None, largest: Decimal | None, unit: str) -> str:
    """A figure of a table in the scale of its largest; empty for none."""
    return amount_words(value, unit, largest) if value is not None else ""


def figure_rows(actor: Actor, indicator: Indicator, place: int) -> list[Any]:
    """What was reported for a place and below, the latest period first."""
    low, high = subtree(place)
    rows = reported.figures_for(actor).filter(indicator=indicator, place__gte=low, place__lt=high)
    return rows_of(list(rows[:MOST_REPORTS]))


def _records_context(request: ActingRequest, indicator: Indicator, place: int) -> dict[str, Any]:
    period, unit = year_to(calendar.today()), drilling.unit_of_records(indicator)
    below = drilling.parts(indicator, period, place)
    heads: list[Head] = []
    rows: list[Record] | None = None
    pager: dict[str, str] = {}
    dataset = drilling.dataset_of(indicator)
    if holds(request.actor, dataset.permission):
        found, pager = paged(request, drilling.records(request.actor, indicator, period, place))
        heads, rows = table(request.actor, indicator, found)
        read = [f"subject:{row.subject_id}" for row in found if getattr(row, "subject_id", None)]
        audit.record_read(request.actor, f"indicator:{indicator.id}", read, "看指标的来源记录")
    return {
        "parts": list(zip(below, in_one_scale([part.value for part in below], unit), strict=True)),
        "record_unit": unit,
        "line": month_line(indicator, calendar.today(), place),
        "heads": heads,
        "grain": dataset.shape.label,
        "title_label": dataset.shape.columns[dataset.shape.title].label,
        "rows": rows,
        "has_cases": any(row.case_number for row in rows or ()),
        "pager": pager,
        "checked": drilling.check(indicator, period, place),
    }


def crumbs(place: int) -> list[tuple[str, str]]:
    """The cockpit, the city, and the places down to this one; the last without a link."""
    chain = chain_of(place)
    names = {region.code: region.name for region in Region.objects.filter(code__in=chain)}
    city = int(current().city.region)
    found = [(names[code], f"?place={code}") for code in chain if code in names and code != city]
    places = [(region_name(city), f"?place={city}"), *found]
    return [("驾驶舱", reverse("cockpit:home")), *places[:-1], (places[-1][0], "")]


def _offices(place: int) -> list[Unit]:
    """Who may be told to act on a place: its government and its bureaus; for the city, the city's bureaus."""
    units = Unit.objects.filter(region=place, valid_to=None).exclude(kind__in=("village", "township"))
    return sorted(units, key=lambda unit: (unit.kind not in FIRST, unit.name))[:30]


@require_http_methods(["GET", "POST"])
def instruct(request: ActingRequest, indicator_id: int) -> HttpResponse:
    """The leader's instruction: its page (also the dialog's, without script), and writing it."""
    require(request.actor, "instruction.write")
    indicator = queries.indicator_by_id(indicator_id)
    place = _place(request)
    form = InstructionForm(_offices(place), request.POST if request.method == "POST" else None)
    context = _head_context(request, indicator, place, form)
    if request.method == "GET":
        return render(request, "desk/cockpit/instruct.html", context)
    if not form.is_valid():
        return render(request, "desk/cockpit/instruct.html", context, status=422)
    name = context["place_name"]
    figure = with_parts(context["value_words"], context["parts_now"]) or nothing_words(indicator)
    goal = f"目标{goal_words(indicator)}"
    try:
        instruction = actions.write_instruction(
            request.actor,
            text=form.cleaned_data["text"],
            unit_codes=form.cleaned_data["units"],
            place=place,
            title=f"{name}{indicator.full_name}",
            indicator=indicator,
            figure=(f"{figure}，{goal}" if context["is_city"] else figure)[:LONGEST_FIGURE],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "desk/cockpit/instruct.html", context, status=409)
    numbers = "、".join(order.number for order in instruction.orders.all())
    messages.success(request, f"批示已发出，督办单{numbers}开始计时。")
    return redirect("supervision:list")
