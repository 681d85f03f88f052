"""A change of a measure in force, or a new one: from nothing, or after one that is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.rules.forms import NewRuleForm
from guiyan.insights.snapshot.tasks import ask_for_facts
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.packs import Measure, Pack
from guiyan.packs.writing import cases_data, measure_data
from guiyan.policies import actions
from guiyan.policies.permissions import PROPOSE
from guiyan.policies.queries import live_measure, rule_proposal


@require_POST
def change_rule(request: ActingRequest, measure_id: str) -> HttpResponse:
    proposal = actions.begin_rule(request.actor, measure_id=measure_id)
    return redirect("rules:edit", proposal_id=proposal.pk)


@require_POST
def take_facts(request: ActingRequest, proposal_id: int) -> HttpResponse:
    """Newer facts to count over, soon; the page goes on with those it has."""
    proposal = rule_proposal(request.actor, proposal_id)
    require(request.actor, PROPOSE, proposal)
    ask_for_facts()
    messages.success(request, "正在取全市最新的数据，过几分钟再打开这一页看。")
    return redirect("rules:proposal", proposal_id=proposal.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: ActingRequest) -> HttpResponse:
    require(request.actor, PROPOSE)
    pack = releases.current()
    patterns = [(one.id, one.title) for one in pack.measures.values()]
    if request.method != "POST":
        form = NewRuleForm(None, patterns, {"pattern": request.GET.get("like", "")})
        return render(request, "desk/rules/new.html", {"form": form})
    form = NewRuleForm(request.POST, patterns)
    if not form.is_valid():
        return render(request, "desk/rules/new.html", {"form": form}, status=422)
    values = form.cleaned_data
    try:
        proposal = actions.begin_rule(request.actor, title=values["title"], **beginning(pack, values))
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        return render(request, "desk/rules/new.html", {"form": form}, status=422)
    return redirect("rules:edit", proposal_id=proposal.pk)


def beginning(pack: Pack, values: dict[str, Any]) -> dict[str, Any]:
    """What the draft begins with: nothing but for whom, or the last version of the pattern, from today on.

    The pattern's golden cases of that version come along: they show at once what a change does.
    """
    pattern = pack.measures.get(values["pattern"])
    if pattern is None:
        return {"kind": values["kind"] or "person"}
    today = calendar.today().isoformat()
    content = measure_data(pattern)
    last = {key: value for key, value in content["versions"][-1].items() if key != "to"}
    content |= {"title": values["title"], "versions": [{**last, "from": today}]}
    for key in ("item", "office"):
        content.pop(key, None)
    confirmed = live_measure(pattern.id)
    document = confirmed.confirmation if confirmed is not None else None
    return {
        "kind": pattern.kind,
        "content": content,
        "cases": cases_like(pack, pattern, today),
        "item_like": pattern.item or "",
        "document_id": document.document_id if document is not None else None,
        "document_title": document.document_title if document is not None else "",
    }


def cases_like(pack: Pack, pattern: Measure, day: str) -> list[dict[str, Any]]:
    """The cases of the pattern's last version, each once, on the day.

    Without those about what was received of the pattern itself: the new measure is another one.
    """
    start = pattern.versions[-1].valid_from
    own = [case for case in pack.examples if case.measure == pattern.id and case.on >= start]
    found: dict[str, dict[str, Any]] = {}
    for case in cases_data(own):
        if case["verdict"] != "expired" and pattern.id not in str(case.get("facts")):
            kept = {key: value for key, value in case.items() if key != "valid_until"}
            found.setdefault(str(case.get("facts")), {**kept, "on": day})
    return list(found.values())
