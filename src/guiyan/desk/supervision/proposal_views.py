"""What the daily look proposes to order, by kind: ordered in the words given, or left with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged
from guiyan.desk.supervision.lights import groups_of, held_rows, lit, names_of
from guiyan.desk.supervision.together import GROUPED, unit_rows
from guiyan.insights.proposals import demand_of
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans import actions
from guiyan.plans.models import SupervisionProposal
from guiyan.plans.queries import supervision

KINDS = dict(SupervisionProposal.KINDS)
GROUPS = 10


@require_safe
def proposal_list(request: ActingRequest) -> HttpResponse:
    """One kind at a time: red lights by indicator, late reports by the unit that owes them, tasks one by one."""
    require(request.actor, "supervision.handle")
    rows = supervision.proposals_for(request.actor)
    counts = dict(rows.order_by().values_list("kind").annotate(Count("id")))
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else next((x for x in KINDS if counts.get(x)), "indicator")
    rows = rows.filter(kind=kind)
    context: dict[str, Any] = {
        "kind": kind,
        "tabs": [
            {"label": label, "href": f"?kind={key}", "count": counts.get(key, 0), "current": key == kind}
            for key, label in KINDS.items()
        ],
    }
    if kind in GROUPED:
        listed, pager = paged(request, supervision.units_behind(rows), "个单位")
        context |= {"units": unit_rows(rows, listed), "pager": pager}
    elif kind == "indicator":
        listed, pager = paged(request, supervision.indicators_behind(rows), "个指标", GROUPS)
        held = held_rows(request.actor)
        context |= {"red_groups": groups_of(rows, listed), "held": held, "today": calendar.today(), "pager": pager}
    else:
        found, pager = paged(request, rows, "条")
        context |= {"rows": named(found), "pager": pager}
    return render(request, "desk/supervision/proposals.html", context)


def named(listed: Iterable[SupervisionProposal]) -> list[tuple[SupervisionProposal, str, str]]:
    """Each with the short name of the unit it is for, and the finding: the first sentence of the proposed words."""
    found = list(listed)
    names = offices.unit_names(x.unit_code for x in found)
    return [(x, names.get(x.unit_code, ""), x.text.partition("。")[0]) for x in found]


@require_POST
def decide(request: ActingRequest, proposal_id: int) -> HttpResponse:
    """Order it in the words given, or leave it with a reason."""
    require(request.actor, "supervision.handle")
    proposal = supervision.proposal_by_id(request.actor, proposal_id)
    text = request.POST.get("text", "")
    try:
        if request.POST.get("decision") == "dismiss":
            actions.dismiss_proposal(request.actor, proposal=proposal, reason=request.POST.get("reason", ""))
            messages.success(request, "已记下不督办的理由。")
            return redirect("supervision:proposals")
        order = actions.order_from_proposal(request.actor, proposal=proposal, text=text)
    except Refused as refusal:
        context = {"proposal": proposal, "refused": refusal.message, "text": text or proposal.text}
        return render(request, "desk/supervision/proposal.html", _named(context, proposal), status=409)
    messages.success(request, f"督办单{order.number}已发出，开始计时。")
    return redirect("supervision:order", number=order.number)


@require_safe
def proposal_page(request: ActingRequest, proposal_id: int) -> HttpResponse:
    require(request.actor, "supervision.handle")
    proposal = supervision.proposal_by_id(request.actor, proposal_id)
    context = {"proposal": proposal, **_today(request.actor, proposal)}
    return render(request, "desk/supervision/proposal.html", _named(context, proposal))


def _today(actor: Actor, proposal: SupervisionProposal) -> dict[str, object]:
    """The words of the order: of a red light as it stands today, which may be red no more."""
    rows = supervision.proposals_for(actor).filter(pk=proposal.pk, decided_at=None)
    found = next(iter(lit(rows)), None)
    if found is None:
        return {"text": proposal.text}
    place = names_of([found]).get(proposal.place, "")
    return {"text": demand_of(found.standing, place), "eased": "" if found.is_red else found.standing.words}


def _named(context: dict[str, object], proposal: SupervisionProposal) -> dict[str, object]:
    unit = offices.unit_names([proposal.unit_code]).get(proposal.unit_code, "")
    return {**context, "unit": unit, "kind": KINDS[proposal.kind], "answer_days": supervision.answer_days()}
