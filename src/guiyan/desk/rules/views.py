"""The list of measures with their rules' standing, and one proposal as its readers see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.logs import log_line
from guiyan.desk.paging import paged, words_of
from guiyan.desk.rules.clauses import words_are_there
from guiyan.desk.rules.counts import counts_of
from guiyan.desk.rules.page import before_of, golden_rows
from guiyan.desk.rules.standing import STANDINGS, RuleRow, rows_of
from guiyan.desk.rules.wording import meaning_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import holds
from guiyan.policies import queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import APPROVE, PROPOSE, VIEW


@require_safe
def measure_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, VIEW)
    words, state, kind = words_of(request), request.GET.get("state", ""), request.GET.get("for", "")
    open_ones = queries.rule_proposals(request.actor).filter(state__in=states.OPEN)
    confirmed = frozenset(live.measure.id for live in queries.live_measures())
    every = rows_of(releases.current(), open_ones, confirmed, calendar.today())
    among = [row for row in every if kind not in states.KINDS or row.kind == states.KINDS[kind]]
    shown = [row for row in among if state not in STANDINGS or state in row.standings]
    rows, pager = paged(request, [row for row in shown if words in row.title], "项")
    context = {
        "rows": rows,
        "pager": pager,
        "tabs": tabs(request, among, state),
        "kinds": list(states.KINDS.items()),
        "state": state if state in STANDINGS else "",
        "kind": kind if kind in states.KINDS else "",
        "q": words,
        "any": bool(every),
        "may_propose": holds(request.actor, PROPOSE),
    }
    return render(request, "desk/rules/list.html", context)


def tabs(request: ActingRequest, rows: list[RuleRow], state: str) -> list[dict[str, Any]]:
    """By standing, with how many; what is searched for and for whom is kept."""

    def href(key: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = key
        if not key:
            query.pop("state")
            query["v"] = "0"
        return f"?{query.urlencode()}"

    counts = {key: sum(key in row.standings for row in rows) for key in STANDINGS}
    found = [{"label": "全部", "href": href(""), "current": state not in STANDINGS, "count": len(rows)}]
    return found + [
        {"label": label, "href": href(key), "current": key == state, "count": counts[key]}
        for key, label in STANDINGS.items()
        if counts[key] or key == state
    ]


@require_safe
def proposal_page(request: ActingRequest, proposal_id: int) -> HttpResponse:
    """What is proposed or was decided; an open draft is shown to whoever may write it in the builder."""
    proposal = queries.rule_proposal(request.actor, proposal_id)
    if proposal.state == states.DRAFT and decide(request.actor, PROPOSE, proposal):
        return redirect("rules:edit", proposal_id=proposal.pk)
    return render(request, "desk/rules/proposal.html", read_page(request, proposal))


def read_page(request: ActingRequest, proposal: RuleProposal) -> dict[str, Any]:
    """Everything that the second person reads before deciding."""
    found = queries.checked(proposal)
    is_open = proposal.state in states.OPEN
    return {
        "proposal": proposal,
        "found": found,
        "meaning": meaning_of(found),
        "counts": counts_of(found.measure, before_of(proposal), proposal.effective_on) if is_open else None,
        "differences": found.differences,
        "words_there": words_are_there(proposal),
        "live": queries.live_measure(proposal.measure_id),
        "golden": golden_rows(proposal, found),
        "failing": [case for case in found.cases if not case.holds],
        "history": [log_line(entry) for entry in queries.history_of(proposal)],
        "may_approve": proposal.state == states.PROPOSED and bool(decide(request.actor, APPROVE, proposal)),
        "why_not": queries.why_not_approve(request.actor, proposal),
        "may_take": is_open and bool(decide(request.actor, PROPOSE, proposal)),
        "may_withdraw": is_open and bool(decide(request.actor, PROPOSE, proposal)),
    }
