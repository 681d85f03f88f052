"""Red lights by indicator: where it is late, seen as of today before an order goes out to each place, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts import offices
from guiyan.accounts.models import Region
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.cockpit.orders import order_rows
from guiyan.desk.supervision.together import numbers_sent
from guiyan.insights.goals import goal_words, printed_words
from guiyan.insights.parts import now_parts, value_words
from guiyan.insights.proposals import RED_LIGHT, demand_of
from guiyan.insights.red_lights import RedLight, red_lights
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.releases import current
from guiyan.plans import actions
from guiyan.plans.models import SupervisionOrder, SupervisionProposal
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries import supervision

MOST_LIGHTS = 300
Rows = QuerySet[SupervisionProposal]


def groups_of(proposals: Rows, listed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One group an indicator: its promise, and a row for each place where it is late."""
    rows = lit(proposals.filter(indicator__in=[x["indicator_id"] for x in listed]))
    names, units = names_of(rows), units_of(rows)
    groups = [list(found) for _, found in groupby(rows, key=lambda light: light.indicator.pk)]
    return sorted((group_of(found, names, units) for found in groups), key=lambda group: -len(group["rows"]))


def lit(proposals: Rows) -> list[RedLight]:
    return red_lights(supervision.with_documents(proposals.order_by("id"))[:MOST_LIGHTS], calendar.today())


def names_of(lights: Sequence[RedLight]) -> dict[int, str]:
    """Place -> 全市 or the county's name."""
    places = Region.objects.filter(code__in={light.proposal.place for light in lights})
    return {**dict(places.values_list("code", "name")), int(current().city.region): "全市"}


def units_of(lights: Sequence[RedLight]) -> dict[str, str]:
    return offices.unit_names(light.proposal.unit_code for light in lights)


def group_of(lights: Sequence[RedLight], names: Mapping[int, str], units: Mapping[str, str]) -> dict[str, Any]:
    first = lights[0]
    return {
        "indicator": first.indicator,
        "where": where_words([light for light in lights if light.is_red]),
        "goal": goal_words(first.indicator),
        "printed": printed_words(first.indicator),
        "time": "" if first.indicator.is_quotient else f"时间过去{first.standing.time_percent:.1f}%",
        "rows": [row_of(light, names, units) for light in lights],
        "act": "看一遍再发督办单" + (f"（{len(lights)}个单位）" if len(lights) > 1 else ""),
        "href": f"{reverse('supervision:lights')}?{urlencode({'indicator': first.indicator.pk})}",
    }


def where_words(lights: Sequence[RedLight]) -> str:
    """全市和6个县市区滞后: as of today; 今天都不滞后 where all have caught up since."""
    if not lights:
        return "今天都不滞后"
    city = int(current().city.region)
    counties = sum(light.proposal.place != city for light in lights)
    parts = ["全市"] if counties < len(lights) else []
    return "和".join([*parts, *([f"{counties}个县市区"] if counties else [])]) + "滞后"


def row_of(light: RedLight, names: Mapping[int, str], units: Mapping[str, str]) -> dict[str, Any]:
    x = light.standing
    return {
        "proposal": light.proposal,
        "place": names.get(light.proposal.place, ""),
        "unit": units.get(light.proposal.unit_code, ""),
        "value": value_words(x),
        "parts": now_parts(x),
        "target": amount_words(x.target, light.indicator.unit) if x.target is not None else "",
        "light": x.light,
        "words": x.words,
        "is_red": light.is_red,
    }


@require_http_methods(["GET", "POST"])
def lights(request: ActingRequest) -> HttpResponse:
    """Where one indicator is late and the order each place would get; sent out or left at one go."""
    require(request.actor, "supervision.handle")
    if request.method == "GET":
        return _page(request)
    rows = red_of(request.actor).filter(id__in=numbers_sent(request, "proposal"))
    try:
        if request.POST.get("decision") == "dismiss":
            count = actions.dismiss_together(request.actor, proposals=rows, reason=request.POST.get("reason", ""))
            messages.success(request, f"已记下{count}个地区不督办的理由。")
        else:
            orders = _order(request.actor, rows, request.POST.get("text", "").strip())
            numbers = "、".join(order.number for order in orders)
            messages.success(request, f"已发出{len(orders)}份督办单：{numbers}，开始计时。")
    except Refused as refusal:
        return _page(request, refusal.message, 409)
    return redirect(reverse("supervision:proposals"))


def held_rows(actor: Actor, indicator_id: int | None = None) -> list[dict[str, Any]]:
    """Red lights for which nothing is proposed, because the unit holds an order: which, whose and until when."""
    held = supervision.held_for(actor)
    held = held.filter(indicator=indicator_id) if indicator_id is not None else held
    proposals: list[Any] = list(held[:MOST_LIGHTS])
    rows = order_rows(list(supervision.orders_for(actor).filter(number__in={x.held_by for x in proposals})))
    orders, units = {row["order"].number: row for row in rows}, offices.unit_names(x.unit_code for x in proposals)
    return [
        {"title": x.title, "unit": units.get(x.unit_code, ""), **orders[x.held_by]}
        for x in sorted(proposals, key=lambda x: x.pk)
        if x.held_by in orders
    ]


def red_of(actor: Actor) -> Rows:
    return supervision.proposals_for(actor).filter(kind="indicator")


@transaction.atomic
def _order(actor: Actor, rows: Rows, ask: str) -> list[SupervisionOrder]:
    """One order a place: where it stands today, then what is asked; all of them or none."""
    found = lit(rows)
    if not found:
        raise Refused("没有勾选要督办的地区，或者都已经有人处理。", "none")
    if not ask:
        raise Refused("请写督办要求。", "text")
    names = names_of(found)
    return [
        actions.order_from_proposal(
            actor, proposal=x.proposal, text=demand_of(x.standing, names.get(x.proposal.place, ""), ask)
        )
        for x in found
    ]


def _page(request: ActingRequest, refused: str = "", status: int = 200) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    number = whole(sent.get("indicator", ""))
    rows = lit(red_of(request.actor).filter(indicator=number)) if number is not None else []
    ticked = set(numbers_sent(request, "proposal")) if request.method == "POST" else None
    group = group_of(rows, names_of(rows), units_of(rows)) if rows else {}
    for row in group.get("rows", ()):
        row["is_ticked"] = row["is_red"] if ticked is None else row["proposal"].pk in ticked
    context = {
        "group": group,
        "example": demand_of(rows[0].standing, names_of(rows)[rows[0].proposal.place], "") if rows else "",
        "today": calendar.today(),
        "refused": refused,
        "answer_days": supervision.answer_days(),
        "held": held_rows(request.actor, number),
        "text": request.POST.get("text", RED_LIGHT),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "desk/supervision/lights.html", context, status=status)
