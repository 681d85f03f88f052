"""A new what-if: which measures, what is changed of them, and the start; the same question again on newer facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.whatif.forms import ChooseForm, TryForm, area_names, kind_of
from guiyan.insights import whatif
from guiyan.insights.snapshot.tasks import ask_for_facts
from guiyan.insights.whatif.starting import checked
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.outreach import queries, states
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.permissions import WHAT_IF_RUN, areas_to_try
from guiyan.policies import queries as policies

KEPT_ANSWER = "同样的问题在这份数据上已经算过，这就是当时的结果。"


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: ActingRequest) -> HttpResponse:
    """GET: choose measures, then (`?measure=…`) what is changed; `like`: as another run did. POST: the start."""
    require(request.actor, WHAT_IF_RUN)
    sent = request.POST if request.method == "POST" else None
    like = like_of(request)
    kind = kind_of((sent or request.GET).get("kind", like.kind if like else "person"))
    wanted = (sent or request.GET).getlist("measure") or (like.measures if like else [])
    facts = whatif.latest_facts(kind)
    context: dict[str, Any] = {"kind": kind, "tabs": tabs_of(kind), "facts": facts, "counter": counter_of(kind)}
    chosen = "measure" in (sent or request.GET) or like is not None
    if facts is None or not (wanted or chosen):
        return choose(request, context, None)
    try:
        measures = checked(kind, wanted)
        offered = whatif.settings_for(releases.current(), measures, calendar.today())
    except Refused as refusal:
        return choose(request, {**context, "refused": refusal.message}, {"measure": wanted})
    form = form_of(request, sent, offered, like)
    context |= {"form": form, "measures": measures, "parts": form.parts()}
    if sent is None:
        return render(request, "desk/whatif/new.html", context)
    return started(request, form, context, kind, measures)


def started(
    request: ActingRequest, form: TryForm, context: dict[str, Any], kind: str, measures: list[str]
) -> HttpResponse:
    if not form.is_valid():
        return render(request, "desk/whatif/new.html", context, status=422)
    values = form.cleaned_data
    try:
        if values["release"] != releases.current_id():
            raise Refused("规则刚刚更新过，请核对下面的现行值，再试算。", "release")
        run = whatif.start(
            request.actor,
            title=values["title"],
            kind=kind,
            measures=measures,
            area=values["area"],
            day=calendar.today(),
            changed_day=values["changed_day"],
            changes=form.changes(),
        )
    except Refused as refusal:
        return render(request, "desk/whatif/new.html", {**context, "refused": refusal.message}, status=409)
    tell_if_kept(request, run)
    return redirect("whatif:page", run_id=run.pk)


def tell_if_kept(request: ActingRequest, run: WhatIfRun) -> None:
    if run.computed_at is not None:
        messages.success(request, KEPT_ANSWER)


def like_of(request: ActingRequest) -> WhatIfRun | None:
    wanted = request.GET.get("like", "")
    return queries.what_if_by_id(request.actor, int(wanted)) if wanted.isascii() and wanted.isdigit() else None


def form_of(request: ActingRequest, sent: Any, offered: list[whatif.Offered], like: WhatIfRun | None) -> TryForm:
    areas = area_names(areas_to_try(request.actor))
    initial = {
        "release": releases.current_id(),
        "changed_day": like.changed_day if like else calendar.today(),
        "title": like.title if like else "",
        "area": like.region if like else None,
        "changes": like.changes if like else {},
    }
    if sent is not None:  # what is sent is read with today's values beside it
        initial["changes"] = {}
    return TryForm(sent, releases.current(), offered, areas, initial)


def choose(request: ActingRequest, context: dict[str, Any], data: Any) -> HttpResponse:
    offered = queries.offered(context["kind"], calendar.today())
    form = ChooseForm(None, offered)
    if data is not None:
        form.initial["measure"] = data["measure"]
    status = 422 if context.get("refused") else 200
    return render(request, "desk/whatif/choose.html", {**context, "form": form, "offered": offered}, status=status)


def tabs_of(kind: str) -> list[dict[str, Any]]:
    return [{"label": label, "href": f"?kind={key}", "current": key == kind} for key, label in states.KINDS.items()]


def counter_of(kind: str) -> str:
    return "家" if kind == "organisation" else "人"


@require_POST
def take_facts(request: ActingRequest) -> HttpResponse:
    """Have the facts taken anew; pages say when there are newer ones."""
    require(request.actor, WHAT_IF_RUN)
    ask_for_facts()
    messages.success(request, "已开始取数，一般几分钟取好。取好以前，试算用的还是原来的数据。")
    kind = kind_of(request.POST.get("kind", ""))
    return redirect(f"{reverse('whatif:new')}?kind={kind}")


@require_POST
def again(request: ActingRequest, run_id: int) -> HttpResponse:
    """The same changes on the rules and facts of now."""
    run = queries.what_if_by_id(request.actor, run_id)
    require(request.actor, WHAT_IF_RUN, run)
    changed_day = calendar.today() if run.changed_day == run.day else run.changed_day
    try:
        new = whatif.start(
            request.actor,
            title=run.title,
            kind=run.kind,
            measures=run.measures,
            area=run.region,
            day=calendar.today(),
            changed_day=changed_day,
            changes=run.changes,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("whatif:page", run_id=run.pk)
    tell_if_kept(request, new)
    return redirect("whatif:page", run_id=new.pk)


@require_POST
def of_proposal(request: ActingRequest, proposal_id: int) -> HttpResponse:
    """A change of the rule desk as it stands now, tried out."""
    require(request.actor, WHAT_IF_RUN)
    proposal = policies.rule_proposal(request.actor, proposal_id)
    try:
        run = whatif.start_of_proposal(request.actor, proposal=proposal)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("rules:proposal", proposal_id=proposal.pk)
    tell_if_kept(request, run)
    return redirect("whatif:page", run_id=run.pk)


def may_run(request: ActingRequest, run: WhatIfRun) -> bool:
    return bool(decide(request.actor, WHAT_IF_RUN, run))
