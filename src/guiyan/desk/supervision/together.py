"""Late reports by the unit that owes them: one order a unit, seen before it goes out; or none, with one reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.insights.late_reports import LateReport, demand_of_reports, late_reports
from guiyan.insights.proposals import ask_for_reports
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.numbers import whole
from guiyan.plans import actions
from guiyan.plans.models import SupervisionOrder, SupervisionProposal
from guiyan.plans.queries import supervision
from guiyan.plans.queries.reported import STATES

GROUPED = ("figure",)
MOST_UNITS, MOST_REPORTS, MOST_NAMED = 12, 600, 4
Rows = QuerySet[SupervisionProposal]


def unit_rows(proposals: Rows, units: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row a unit: how many reports it owes, of what, the earliest day one was due. Three queries."""
    listed = list(units)
    owed = by_unit(proposals.filter(unit_code__in=[x["unit_code"] for x in listed]))
    names = offices.unit_names(owed)
    return [
        {
            "code": x["unit_code"],
            "name": names.get(x["unit_code"], ""),
            "count": x["count"],
            "due_on": owed[x["unit_code"]][0].figure.due_on if owed[x["unit_code"]] else None,
            "what": what_words(owed[x["unit_code"]]),
        }
        for x in listed
    ]


def by_unit(proposals: Rows) -> dict[str, list[LateReport]]:
    """The late reports of each unit, the longest overdue first."""
    found: dict[str, list[LateReport]] = defaultdict(list)
    for report in late_reports(proposals.order_by("id")[:MOST_REPORTS]):
        found[report.proposal.unit_code].append(report)
    return found


def what_words(reports: Sequence[LateReport]) -> str:
    """策划包装招商项目、楚商对话等6个指标: each indicator once."""
    names = list(dict.fromkeys(x.figure.indicator.full_name for x in reports))
    rest = f"等{len(names)}个指标" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + rest


@require_http_methods(["GET", "POST"])
def together(request: ActingRequest) -> HttpResponse:
    """What each chosen unit owes and the order it would get; sent out or left at one go."""
    require(request.actor, "supervision.handle")
    if request.method == "GET":
        return _page(request)
    rows = supervision.proposals_for(request.actor).filter(kind__in=GROUPED, id__in=numbers_sent(request, "proposal"))
    try:
        if request.POST.get("decision") == "dismiss":
            count = actions.dismiss_together(request.actor, proposals=rows, reason=request.POST.get("reason", ""))
            messages.success(request, f"已记下{count}个数不督办的理由。")
        else:
            orders = _order(request.actor, request, rows)
            numbers = "、".join(order.number for order in orders)
            messages.success(request, f"已发出{len(orders)}份督办单：{numbers}，开始计时。")
    except Refused as refusal:
        return _page(request, refusal.message, 409)
    return redirect(f"{reverse('supervision:proposals')}?kind=figure")


@transaction.atomic
def _order(actor: Actor, request: ActingRequest, rows: Rows) -> list[SupervisionOrder]:
    """One order a unit in the words that stood on the page; all of them or none."""
    found = by_unit(rows)
    if not found:
        raise Refused("没有勾选要督办的数，或者都已经有人处理。", "none")
    ask = request.POST.get("text", "").strip()
    if not ask:
        raise Refused("请写督办要求。", "text")
    names = offices.unit_names(found)
    return [
        actions.order_together(
            actor,
            proposals=[x.proposal for x in reports],
            title=f"{names.get(code, '')}{len(reports)}个指标数迟报",
            text=demand_of_reports(reports, ask),
        )
        for code, reports in found.items()
    ]


def numbers_sent(request: ActingRequest, name: str) -> list[int]:
    """The whole numbers sent under a name: the boxes that were ticked."""
    found = (whole(text) for text in request.POST.getlist(name)[:MOST_REPORTS])
    return [number for number in found if number is not None]


def _page(request: ActingRequest, refused: str = "", status: int = 200) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    asked = list(dict.fromkeys(sent.getlist("unit")))
    rows = supervision.proposals_for(request.actor).filter(kind__in=GROUPED, unit_code__in=asked[:MOST_UNITS])
    found = by_unit(rows)
    names = offices.unit_names(found)
    ticked = set(numbers_sent(request, "proposal")) if request.method == "POST" else None
    units = [
        {
            "code": code,
            "name": names.get(code, ""),
            "reports": [report_row(x, ticked) for x in reports],
        }
        for code, reports in found.items()
    ]
    context = {
        "units": units,
        "more": max(0, len(asked) - MOST_UNITS),
        "most": MOST_UNITS,
        "refused": refused,
        "answer_days": supervision.answer_days(),
        "text": request.POST.get("text", ask_for_reports()),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "desk/supervision/together.html", context, status=status)


def report_row(report: LateReport, ticked: set[int] | None) -> dict[str, Any]:
    """A late report with its box: ticked as it was sent, at first wherever it is still owed."""
    number = report.proposal.pk
    return {
        "proposal": number,
        "figure": report.figure,
        "state": STATES[report.figure.state],
        "is_owed": report.is_owed,
        "is_ticked": report.is_owed if ticked is None else number in ticked,
    }
