"""Reported figures: the list by state and period, one figure with all its values, Excel, fill, check, lock, unlock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import acts_for_unit
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases.queries.lights import Light, Lights
from guiyan.desk.logs import log_line
from guiyan.desk.paging import paged, words_of
from guiyan.desk.plans.figure_sheets import FIGURE_HEAD, FaultyRows, figure_values
from guiyan.desk.sheets import plain_excel
from guiyan.insights.parts import parts_units
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import Refused
from guiyan.plans import actions
from guiyan.plans.actions import Given
from guiyan.plans.models import Indicator, ReportedFigure
from guiyan.plans.models.amounts import exact_words
from guiyan.plans.numbers import entry_unit, read_number, typed
from guiyan.plans.queries import reported

VIEWS = {"mine": "等我办", **reported.STATES, "late": "迟报", "all": "全部"}
CHIPS = {"open": "amber", "filled": "blue", "checked": "blue", "locked": "green"}


@require_safe
def figure_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "indicator.view")
    rows, view = narrowed(request)
    listed, pager = paged(request, rows, "条", 50)
    context = {
        "rows": rows_of(listed),
        "tabs": tabs(request, view),
        "view": view,
        "pager": pager,
        "q": words_of(request),
        "periods": periods(request.actor),
        "may_fill": holds(request.actor, "figure.fill"),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "period")),
    }
    return render(request, "desk/plans/figures.html", context)


def narrowed(request: ActingRequest) -> tuple[QuerySet[ReportedFigure], str]:
    """The figures that the address asks for, and the view it is."""
    actor, asked = request.actor, request.GET.get("view", "")
    works = any(holds(actor, one) for one in ("figure.fill", "figure.check", "figure.lock"))
    view = asked if asked in VIEWS else "mine" if works else "all"
    rows = reported.waiting_for(actor) if view == "mine" else reported.figures_for(actor)
    if view in reported.STATES:
        rows = rows.filter(state=view)
    if view == "late":
        rows = reported.late(rows, calendar.today()).order_by("due_on", "id")
    words, period = words_of(request), request.GET.get("period", "")
    if words:
        rows = rows.filter(indicator__name__contains=words)
    if len(period) == 10 and period[:4].isdigit() and period in dict(periods(actor)):
        rows = rows.filter(period_end=period)
    return rows, view


def periods(actor: Actor) -> list[tuple[str, str]]:
    """The months that periods end with, the latest first."""
    days = reported.figures_for(actor).order_by("-period_end").values_list("period_end", flat=True).distinct()[:24]
    return [(day.isoformat(), f"截至{day.year}年{day.month}月") for day in days]


def tabs(request: ActingRequest, view: str) -> list[dict[str, Any]]:
    rows = reported.figures_for(request.actor)
    counts = dict(rows.order_by().values_list("state").annotate(Count("id")))
    counts["all"] = sum(counts.values())
    counts["late"] = reported.late(rows, calendar.today()).count()
    counts["mine"] = reported.waiting_for(request.actor).count()
    return [
        {"label": label, "href": f"?view={key}", "count": counts.get(key, 0), "current": key == view}
        for key, label in VIEWS.items()
    ]


def rows_of(listed: list[ReportedFigure]) -> list[dict[str, Any]]:
    """Each with its place, unit, light and value; a fixed number of queries."""
    places, lights = region_paths(x.place for x in listed), Lights()
    units = dict(Unit.objects.filter(id__in={x.unit_id for x in listed}).values_list("id", "short_name"))
    return [
        {
            "figure": x,
            "place": places.get(x.place, ""),
            "unit": units.get(x.unit_id, ""),
            # On a phone the place is not said twice where the name of its unit begins with it.
            "is_in_unit": units.get(x.unit_id, "").startswith(places.get(x.place, "—")),
            "light": light_of(x, lights),
            "value": value_words(x),
            "state": reported.STATES[x.state],
            "chip": CHIPS[x.state],
        }
        for x in listed
    ]


def light_of(figure: ReportedFigure, lights: Lights) -> Light:
    return Light("ok", "已锁定") if figure.state == "locked" else lights.of(figure.due_on)


def value_words(figure: ReportedFigure) -> str:
    if figure.value is not None:
        return exact_words(figure.value, figure.indicator.unit)
    return figure.why


@require_safe
def figure_page(request: ActingRequest, figure_id: int) -> HttpResponse:
    require(request.actor, "indicator.view")
    return _page(request, reported.figure_by_id(request.actor, figure_id))


def _page(request: ActingRequest, figure: ReportedFigure, refused: str = "", status: int = 200) -> HttpResponse:
    actor, indicator = request.actor, figure.indicator
    units = dict(Unit.objects.filter(id__in=(figure.unit_id, figure.locker_id)).values_list("id", "short_name"))
    keep = request.POST if request.POST.get("verb") == "fill" else {}
    context = {
        **rows_of([figure])[0],
        "indicator": indicator,
        "locker": units.get(figure.locker_id, ""),
        "entry_unit": entry_unit(indicator),
        "is_quotient": indicator.is_quotient,
        "labels": part_labels(indicator),
        "typed": {
            "value": keep.get("value", typed(figure.value, indicator) if not indicator.is_quotient else ""),
            "above": keep.get("above", typed(figure.above, indicator)),
            "below": keep.get("below", typed(figure.below, indicator)),
            "note": keep.get("note", ""),
        },
        "may_fill": figure.state == "open" and acts_for_unit(actor, "figure.fill", figure.unit_id),
        "may_check": figure.state == "filled" and acts_for_unit(actor, "figure.check", figure.unit_id),
        "may_lock": figure.state == "checked" and acts_for_unit(actor, "figure.lock", figure.locker_id),
        "may_unlock": figure.state == "locked" and acts_for_unit(actor, "figure.lock", figure.locker_id),
        "entries": [
            (x, exact_words(x.value, indicator.unit) if x.value is not None else figure.why)
            for x in reported.entries_of(figure)
        ],
        "log": [log_line(entry) for entry in reversed(workflow.history(figure))],
        "refused": refused,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "desk/plans/figure.html", context, status=status)


def part_labels(indicator: Indicator) -> tuple[str, str]:
    """What is asked for a share or growth, with its unit: 今年累计（万元）, 去年同期（万元）."""
    upper, lower = ("今年累计", "去年同期") if indicator.kind == "growth_rate" else ("分子", "分母")
    above, below = parts_units(indicator)
    return f"{upper}（{above}）" if above else upper, f"{lower}（{below}）" if below else lower


@require_POST
def do(request: ActingRequest, figure_id: int) -> HttpResponse:
    """Fill, check, lock or unlock; what was typed stays when it is refused."""
    require(request.actor, "indicator.view")
    figure = reported.figure_by_id(request.actor, figure_id)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    try:
        words = _do(request, figure, verb, reason)
    except Refused as refusal:
        fresh = reported.figure_by_id(request.actor, figure_id)
        return _page(request, fresh, refusal.message, 422 if verb == "fill" else 409)
    messages.success(request, words)
    return redirect("plans:figure", figure_id=figure_id)


def _do(request: ActingRequest, figure: ReportedFigure, verb: str, reason: str) -> str:
    actor = request.actor
    if verb == "fill":
        actions.fill_figure(actor, figure=figure, given=_given(request, figure))
        return "已填报，等本单位审核。"
    if verb in ("check", "return"):
        actions.check_figure(actor, figure=figure, passed=verb == "check", reason=reason)
        return "已审核，等锁定单位锁定。" if verb == "check" else "已退回重填。"
    if verb in ("lock", "give-back"):
        actions.lock_figure(actor, figure=figure, accepted=verb == "lock", reason=reason)
        return "已锁定，亮灯和报告从现在起用这个数。" if verb == "lock" else "已退回填报单位。"
    if verb == "unlock":
        actions.unlock_figure(actor, figure=figure, reason=reason)
        return "已解锁，更正后要重新审核、锁定。"
    raise Refused("没有这个动作，请用页面上的按钮。", "verb")


def _given(request: ActingRequest, figure: ReportedFigure) -> Given:
    typed_in = (read_number(request.POST.get(name, ""), figure.indicator) for name in ("value", "above", "below"))
    value, above, below = typed_in
    return Given(value, above, below, request.POST.get("note", ""))


@require_safe
def template(request: ActingRequest) -> FileResponse:
    """Everything the actor's unit still has to fill, as a table to bring back."""
    require(request.actor, "figure.fill")
    rows = [
        (
            str(row["figure"].id),
            row["figure"].indicator.full_name,
            row["place"],
            row["figure"].period_words,
            None,
            None,
            None,
            unit_to_fill(row["figure"].indicator),
            "",
        )
        for row in rows_of(list(_to_fill(request.actor)))
    ]
    return plain_excel("指标填报表.xlsx", "指标填报", FIGURE_HEAD, rows)


def unit_to_fill(indicator: Indicator) -> str:
    """What the columns of the table are filled in; of a share or growth its two parts."""
    return "、".join(filter(None, dict.fromkeys(parts_units(indicator)))) or entry_unit(indicator)


def _to_fill(actor: Actor) -> QuerySet[ReportedFigure]:
    return reported.waiting_for(actor).filter(state="open", unit_id__in=reported.units_of(actor, "figure.fill"))


@require_POST
def upload(request: ActingRequest) -> HttpResponse:
    """Take the table back: all rows or none, each fault with its row."""
    require(request.actor, "figure.fill")
    file = request.FILES.get("file")
    if file is None:
        return _upload_page(request, ["请选择一个文件。"])
    try:
        given = figure_values(file, {x.id: x for x in _to_fill(request.actor)})
        taken = _fill_all(request.actor, given)
    except FaultyRows as wrong:
        return _upload_page(request, wrong.faults)
    except Refused as refusal:
        return _upload_page(request, [refusal.message])
    messages.success(request, f"已填报{taken}条，等本单位审核。")
    return redirect("plans:figures")


def _fill_all(actor: Actor, given: list[tuple[int, ReportedFigure, Given]]) -> int:
    faults: list[str] = []
    with transaction.atomic():
        for row, figure, one in given:
            try:
                actions.fill_figure(actor, figure=figure, given=one, way="file")
            except Refused as refusal:
                faults.append(f"第{row}行：{refusal.message}")
        if faults:
            raise FaultyRows(faults)
    return len(given)


def _upload_page(request: ActingRequest, faults: list[str]) -> HttpResponse:
    return render(request, "desk/plans/figures_faults.html", {"faults": faults}, status=422)
