"""The cockpit, the way down to the record, and the instruction that starts a supervision order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from guiyan.accounts.models import Region, Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_name, region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.cockpit.forms import InstructionForm
from guiyan.desk.cockpit.page import context_of, month_line
from guiyan.insights import drill as drilling
from guiyan.insights.periods import year_before, year_to
from guiyan.insights.standing import standing
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import Refused
from guiyan.kernel.releases import current
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator
from guiyan.plans.models.targets import amount_words

ROWS = 30


@require_GET
def cockpit(request: ActingRequest) -> HttpResponse:
    require(request.actor, "cockpit.view")
    return render(request, "desk/cockpit/home.html", context_of(request.actor))


def _place(request: ActingRequest) -> int:
    text = request.GET.get("place", "") or request.POST.get("place", "")
    known = text.isdigit() and Region.objects.filter(code=int(text)).exists()
    return int(text) if known else int(current().city.region)


@require_GET
def drill(request: ActingRequest, indicator_id: int) -> HttpResponse:
    require(request.actor, "cockpit.view")
    indicator = queries.indicator_by_id(indicator_id)
    return render(request, "desk/cockpit/drill.html", _drill_context(request, indicator, _place(request)))


def _drill_context(
    request: ActingRequest, indicator: Indicator, place: int, form: InstructionForm | None = None
) -> dict[str, Any]:
    day = calendar.today()
    period = year_to(day)
    values = queries.newest_values([indicator], period.start, [place])
    before = queries.newest_values([indicator], year_before(period).start, [place])
    value, old = values.get((indicator.id, place)), before.get((indicator.id, place))
    is_city = place == int(current().city.region)
    context: dict[str, Any] = {
        "indicator": indicator,
        "place": place,
        "place_name": region_path(place) if not is_city else region_name(place),
        "is_city": is_city,
        "standing": standing(
            indicator, value.value if value else None, old.value if old else None, day, with_target=is_city
        ),
        "value_words": amount_words(value.value, indicator.unit) if value else None,
        "old_words": amount_words(old.value, indicator.unit) if old else None,
        "computed_at": value.computed_at if value else None,
        "may_instruct": holds(request.actor, "instruction.write"),
        "form": form or InstructionForm(_offices(place)),
    }
    if indicator.is_computed:
        context |= _records_context(request, indicator, place)
    return context


def _records_context(request: ActingRequest, indicator: Indicator, place: int) -> dict[str, Any]:
    period = year_to(calendar.today())
    below = drilling.parts(indicator, period, place)
    page = None
    if holds(request.actor, "register.view"):
        rows = drilling.records(request.actor, indicator, period, place)
        page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        page.object_list = _placed(page.object_list, drilling.aggregate_of(indicator).dataset)
        audit.record_read(
            request.actor, f"indicator:{indicator.id}", [f"entry:{row.pk}" for row in page], "看指标的来源记录"
        )
    return {
        "parts": [(part, amount_words(part.value, indicator.unit)) for part in below],
        "line": month_line(indicator, calendar.today(), place),
        "page": page,
    }


def _placed(rows: Iterable[Any], register: str) -> list[Any]:
    """The records of a page, each knowing the name of its place and its own page."""
    listed = list(rows)
    names = region_paths(row.region for row in listed)
    for row in listed:
        row.place_name = names.get(row.region, "")
        row.href = f"/desk/registers/{register}/{row.subject_id}/"
    return listed


def _offices(place: int) -> list[Unit]:
    """Who may be told to act on a place: its government and its bureaus; for the city, the city's bureaus."""
    units = Unit.objects.filter(region=place, valid_to=None).exclude(kind__in=("village", "township"))
    return sorted(units, key=lambda unit: (unit.kind not in ("government", "human-resources"), unit.name))[:30]


@require_POST
def instruct(request: ActingRequest, indicator_id: int) -> HttpResponse:
    indicator = queries.indicator_by_id(indicator_id)
    place = _place(request)
    form = InstructionForm(_offices(place), request.POST)
    context = _drill_context(request, indicator, place, form)
    if not form.is_valid():
        return render(request, "desk/cockpit/drill.html", context, status=422)
    name, figure = context["place_name"], context["value_words"] or "还没有数"
    try:
        instruction = actions.write_instruction(
            request.actor,
            text=form.cleaned_data["text"],
            unit_codes=form.cleaned_data["units"],
            place=place,
            title=f"{name}{indicator.name}",
            indicator=indicator,
            figure=f"{figure}，目标{indicator.period_words}{indicator.target_words}",
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "desk/cockpit/drill.html", context, status=422)
    numbers = "、".join(order.number for order in instruction.orders.all())
    messages.success(request, f"批示已发出，督办单{numbers}开始计时。")
    return redirect("supervision:list")
