"""The builder: the page of a draft, and each change of it, which saves and says at once what has become of the rule."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.rules.case_reading import read_cases
from guiyan.desk.rules.clauses import read_document
from guiyan.desk.rules.content import version_before
from guiyan.desk.rules.page import builder_of
from guiyan.desk.rules.posted import Posted
from guiyan.desk.rules.reading import read_content
from guiyan.desk.rules.redrawing import focus_of, shape_of, still
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.policies import actions, queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import PROPOSE

ACTS = (("save", "保存并重算", "plain"), ("propose", "报请审批", "primary"))
ADDED = {
    "add-condition": "#conditions",
    "add-case": "#cases",
    "carry-cases": "#cases",
    "add-parameter": "#parameters",
    "add-tier": "#benefit",
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActingRequest, proposal_id: int) -> HttpResponse:
    """GET: the builder, or the page of what is proposed or decided. POST: one change."""
    proposal = queries.rule_proposal(request.actor, proposal_id)
    require(request.actor, PROPOSE, proposal)
    if request.method != "POST":
        if proposal.state != states.DRAFT:
            return redirect("rules:proposal", proposal_id=proposal.pk)
        return page(request, proposal)
    return changed(request, proposal)


def may_edit(request: ActingRequest, proposal: RuleProposal) -> bool:
    return proposal.state == states.DRAFT and bool(decide(request.actor, PROPOSE, proposal))


def changed(request: ActingRequest, proposal: RuleProposal) -> HttpResponse:
    posted = Posted.of(request.POST)
    shape = shape_of(builder(request, proposal, counted=False)) if request.htmx else ""
    pack = releases.current()
    document, clause = read_document(posted, request.actor, pack)
    content = read_content(posted, proposal.content, pack, clause, is_new=proposal.is_new)
    start = max(calendar.today().isoformat(), posted.text("from"))
    cases = read_cases(posted, proposal.cases, start, version_before(content))
    try:
        proposal = actions.save_rule(
            request.actor,
            proposal_id=proposal.pk,
            content=content,
            cases=cases,
            seen_version=posted.count_of_version(),
            item_like=posted.sent.get("item_like"),
            **document,
        )
    except Refused as refusal:
        return kept(request, proposal, posted, refusal, content, cases, document)
    if posted.verb == "propose":
        return onwards(request, reverse("rules:propose", args=[proposal.pk]))
    if request.htmx:
        return fragments(request, proposal, posted, shape)
    messages.success(request, "已保存，案例和人数都重算过了。")
    return redirect(f"{reverse('rules:edit', args=[proposal.pk])}{anchor(posted)}")


def onwards(request: ActingRequest, href: str) -> HttpResponse:
    """To another page, also where only a part of this one was asked for."""
    return HttpResponse(headers={"HX-Redirect": href}) if request.htmx else redirect(href)


def anchor(posted: Posted) -> str:
    """Where the change was: after adding or removing, the reader stands there again."""
    found = re.match(r"[ckpt][0-9]+", posted.at)
    return f"#{found.group()}" if found and posted.verb != "remove" else ADDED.get(posted.verb, "")


def kept(
    request: ActingRequest,
    proposal: RuleProposal,
    posted: Posted,
    refusal: Refused,
    content: dict[str, Any],
    cases: list[Any],
    document: dict[str, Any],
) -> HttpResponse:
    """Not saved: what was typed stays on the page, with why. The row itself is not touched."""
    proposal.content, proposal.cases = content, cases
    for name, value in document.items():
        setattr(proposal, name, value)
    if request.htmx:
        return render(request, "desk/rules/part_side.html", builder(request, proposal) | {"refused": refusal.message})
    return page(request, proposal, refused=refusal.message, status=409, seen=posted.text("seen"))


def page(
    request: ActingRequest, proposal: RuleProposal, refused: str = "", status: int = 200, seen: str = ""
) -> HttpResponse:
    context = builder(request, proposal) | {"refused": refused, "seen": seen or proposal.version, "acts": ACTS}
    return render(request, "desk/rules/edit.html", context, status=status)


def builder(request: ActingRequest, proposal: RuleProposal, *, counted: bool = True) -> dict[str, Any]:
    return builder_of(request.actor, proposal, counted=counted)


def fragments(request: ActingRequest, proposal: RuleProposal, posted: Posted, before: str) -> HttpResponse:
    """The rail, and of the builder only what has to be drawn anew: all of it where there are other controls now."""
    context = builder(request, proposal)
    moving = {"focus": focus_of(posted, context)} if shape_of(context) != before else still(context)
    return render(request, "desk/rules/part_saved.html", context | moving | {"seen": proposal.version})
