"""Indicators of the plans in force: every promised figure, its target, its 口径, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.plans.titles import ShortTitles
from guiyan.desk.plans.views import plan_choices
from guiyan.desk.sheets import excel
from guiyan.insights.goals import goal_figure, goal_label, grows_words
from guiyan.insights.standing import RULE, Standing, standings_of
from guiyan.kernel.actors import holds
from guiyan.plans import queries
from guiyan.plans.models import Indicator
from guiyan.plans.models.targets import amount_words

SORTS = {"name": "name", "target": "target"}
WAYS = {"computed": "从记录计算", "reported": "按期填报", "none": "还没有口径"}
COLUMNS = (
    ("序号", 6), ("指标", 36), ("上级指标", 24), ("目标", 22), ("期限", 10), ("方案", 16),
    ("怎么来的", 14), ("口径", 60), ("数据来源", 24), ("实绩", 14), ("截至", 14),
)  # fmt: skip


@require_safe
def indicator_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "indicator.view")
    listed, pager = paged(request, narrowed(request), "个", 50)
    short = ShortTitles()
    context = {
        "rows": [(row_of(x), way(x.indicator), short(x.indicator.plan)) for x in standings_of(list(listed))],
        "rule": RULE,
        "pager": pager,
        "q": words_of(request),
        "plans": plan_choices(queries.indicators()),
        "ways": list(WAYS.items()),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "plan", "way")),
        "may_drill": holds(request.actor, "cockpit.view"),
    }
    return render(request, "desk/plans/indicators.html", context)


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its promise and where it stands in the whole city."""

    indicator: Indicator
    goal_label: str
    goal_figure: str
    standing: Standing
    figure: str


def row_of(found: Standing) -> IndicatorRow:
    x = found.indicator
    return IndicatorRow(x, goal_label(x), goal_figure(x), found, figure_words(found))


def figure_words(found: Standing) -> str:
    return amount_words(found.value, found.indicator.unit) if found.value is not None else ""


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
    short = ShortTitles()
    rows = (
        (
            number,
            x.name,
            x.parent,
            f"{grows_words(x)}{x.target_words}",
            x.period_words,
            short(x.plan),
            WAYS[way(x)],
            x.explanation,
            x.source,
            figure_words(standing),
            standing.counted_on,
        )
        for number, standing in enumerate(standings_of(list(narrowed(request))), start=1)
        for x in [standing.indicator]
    )
    return excel("指标清单.xlsx", [("指标", "指标清单", COLUMNS, rows)])
