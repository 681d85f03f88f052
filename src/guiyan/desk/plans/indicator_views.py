"""Indicators of the plans in force: every promised figure, its target, its 口径, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.models import Region
from guiyan.accounts.offices import office_of
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_name
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.plans.titles import ShortTitles
from guiyan.desk.plans.views import plan_choices
from guiyan.desk.sheets import excel
from guiyan.insights.goals import goal_figure, goal_label, grows_words, printed_words, scaled_words
from guiyan.insights.parts import now_parts, value_words, with_parts
from guiyan.insights.standing import RULE, Standing, standings_of
from guiyan.kernel import calendar
from guiyan.kernel.actors import holds
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import subtree
from guiyan.kernel.releases import current
from guiyan.plans import queries
from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries.splits import split_states

SORTS = {"name": "name", "target": "target"}
WAYS = {"computed": "从记录计算", "reported": "按期填报", "none": "还没有口径"}
LIGHTS = {"late": "红灯", "warn": "黄灯", "ok": "绿灯", "idle": "还没有数", "none": "没有分解的目标"}
SPLITS = {"draft": ("拟定中", "amber"), "proposed": ("待下达", "blue"), "issued": ("已下达", "green")}
COLUMNS = (
    ("序号", 6), ("指标", 36), ("上级指标", 24), ("目标", 22), ("期限", 10), ("方案", 16),
    ("怎么来的", 14), ("口径", 60), ("数据来源", 24), ("实绩", 14), ("分子和分母", 28), ("截至", 14), ("亮灯", 18),
)  # fmt: skip


@require_safe
def indicator_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "indicator.view")
    place = place_of(request)
    found = lit(request, standings_of(list(narrowed(request)), place))
    listed, pager = paged(request, found, "个", 50)
    short, is_city = ShortTitles(), place == int(current().city.region)
    states = split_states([x.indicator for x in listed], calendar.today().year)
    context = {
        "rows": [
            (row_of(x, is_city), way(x.indicator), short(x.indicator.plan), SPLITS.get(states.get(x.indicator.id, "")))
            for x in listed
        ],
        "rule": RULE,
        "scaled": scaled_words(x.indicator for x in found),
        "pager": pager,
        "q": words_of(request),
        "plans": plan_choices(queries.indicators()),
        "ways": list(WAYS.items()),
        "lights": list(LIGHTS.items()),
        "places": [(str(x.code), x.short_name or x.name) for x in places_of(request)],
        "place": place,
        "place_name": "全市" if is_city else region_name(place),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "plan", "way", "light")),
        "may_drill": holds(request.actor, "cockpit.view"),
        "may_split": any(holds(request.actor, one) for one in ("target.propose", "target.issue")),
    }
    return render(request, "desk/plans/indicators.html", context)


def places_of(request: ActingRequest) -> list[Region]:
    """The city and counties in the actor's own area; whoever has the city has them all."""
    low, high = subtree(office_of(request.actor, "indicator.view").region)
    found = Region.objects.filter(level__in=("city", "county", "zone"), code__gte=low, code__lt=high)
    return list(found.order_by("code"))


def place_of(request: ActingRequest) -> int:
    """The place asked for within the actor's own area; else the whole of it, towns by their county."""
    own, code = office_of(request.actor, "indicator.view").region, whole(request.GET.get("place", ""))
    if code is not None and any(x.code == code for x in places_of(request)):
        return code
    return own if own % 10**6 == 0 else own // 10**6 * 10**6


def lit(request: ActingRequest, found: list[Standing]) -> list[Standing]:
    """Those with the light asked for."""
    wanted = request.GET.get("light", "")
    return [x for x in found if (x.light or "none") == wanted] if wanted in LIGHTS else found


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its promise and where it stands in one place."""

    indicator: Indicator
    goal_label: str
    goal_figure: str
    standing: Standing
    figure: str
    parts: str


def row_of(found: Standing, is_city: bool = True) -> IndicatorRow:
    x = found.indicator
    if is_city:
        return IndicatorRow(x, goal_label(x), goal_figure(x), found, value_words(found), now_parts(found))
    goal = amount_words(found.target, x.unit) if found.target is not None else "—"
    return IndicatorRow(x, "", goal, found, value_words(found), now_parts(found))


def narrowed(request: ActingRequest) -> QuerySet[Indicator]:
    """The live indicators that the address asks for, in its order."""
    rows = queries.indicators()
    words, plan, how = words_of(request), words_of(request, "plan"), request.GET.get("way", "")
    if words:
        rows = rows.filter(name__contains=words)
    if plan:
        rows = rows.filter(plan=plan)
    if how == "computed":
        rows = rows.exclude(dataset="")
    elif how in WAYS:
        rows = rows.filter(dataset="")
        rows = rows.filter(definition="") if how == "none" else rows.exclude(definition="")
    return ordered(request, rows, SORTS)


def way(indicator: Indicator) -> str:
    """Which of `WAYS` its figure comes by."""
    return "computed" if indicator.dataset else "reported" if indicator.definition else "none"


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The indicators asked for as Excel, with their 口径."""
    require(request.actor, "indicator.view")
    short, place = ShortTitles(), place_of(request)
    rows = (
        (
            number,
            x.name,
            x.parent,
            with_parts(f"{grows_words(x)}{x.bound_words}{goal_figure(x)}", printed_words(x)),
            x.period_words,
            short(x.plan),
            WAYS[way(x)],
            x.explanation,
            x.source,
            value_words(standing),
            now_parts(standing),
            standing.counted_on,
            standing.words,
        )
        for number, standing in enumerate(lit(request, standings_of(list(narrowed(request)), place)), start=1)
        for x in [standing.indicator]
    )
    return excel("指标清单.xlsx", [("指标", "指标清单", COLUMNS, rows)])
