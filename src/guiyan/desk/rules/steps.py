"""From a draft to a release: put up, agreed to by another, given back, taken back. Each shows first what follows."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.rules.forms import ReasonForm
from guiyan.desk.rules.posted import Posted
from guiyan.desk.rules.views import read_page
from guiyan.kernel.errors import Refused
from guiyan.policies import actions, queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import APPROVE, PROPOSE

ask = require_http_methods(["GET", "HEAD", "POST"])


@ask
def propose(request: ActingRequest, proposal_id: int) -> HttpResponse:
    return step(request, proposal_id, PROPOSE, states.DRAFT, "propose", proposed)


@ask
def approve(request: ActingRequest, proposal_id: int) -> HttpResponse:
    return step(request, proposal_id, APPROVE, states.PROPOSED, "approve", approved)


@ask
def send_back(request: ActingRequest, proposal_id: int) -> HttpResponse:
    return step(request, proposal_id, APPROVE, states.PROPOSED, "return", returned)


@ask
def withdraw(request: ActingRequest, proposal_id: int) -> HttpResponse:
    return step(request, proposal_id, PROPOSE, "", "withdraw", withdrawn)


Act = Callable[[ActingRequest, RuleProposal, ReasonForm], str]


def step(request: ActingRequest, proposal_id: int, permission: str, state: str, verb: str, act: Act) -> HttpResponse:
    """GET: what will follow, and the question. POST: done, or why not."""
    proposal = queries.rule_proposal(request.actor, proposal_id)
    require(request.actor, permission, proposal)
    wrong_state = proposal.state not in ((state,) if state else states.OPEN)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if wrong_state:
        return asking(request, proposal, verb, form, f"这条修改现在是“{proposal.state_label}”，不能办这一步。", 409)
    if request.method != "POST":
        return asking(request, proposal, verb, form)
    if verb == "return" and not form.is_valid():
        return asking(request, proposal, verb, form, status=422)
    try:
        said = act(request, proposal, form)
    except Refused as refusal:
        return asking(request, proposal, verb, form, refusal.message, 409)
    messages.success(request, said)
    return redirect("rules:proposal", proposal_id=proposal.pk)


def asking(
    request: ActingRequest, proposal: RuleProposal, verb: str, form: ReasonForm, refused: str = "", status: int = 200
) -> HttpResponse:
    context = read_page(request, proposal) | {"form": form, "refused": refused, "verb": verb}
    return render(request, f"desk/rules/{verb}.html", context, status=status)


def seen(request: ActingRequest) -> int:
    return Posted.of(request.POST).count_of_version()


def proposed(request: ActingRequest, proposal: RuleProposal, form: ReasonForm) -> str:
    actions.propose_rule(request.actor, proposal_id=proposal.pk, seen_version=seen(request))
    return "已报请审批。由另一名工作人员同意以后，到施行那天生效。"


def approved(request: ActingRequest, proposal: RuleProposal, form: ReasonForm) -> str:
    actions.approve_rule(request.actor, proposal_id=proposal.pk, seen_version=seen(request))
    return "已批准，到施行那天自己生效。"


def returned(request: ActingRequest, proposal: RuleProposal, form: ReasonForm) -> str:
    actions.return_rule(request.actor, proposal_id=proposal.pk, reason=form.cleaned_data["reason"])
    return "已退回，起草人会在“我的工作”里看到理由。"


def withdrawn(request: ActingRequest, proposal: RuleProposal, form: ReasonForm) -> str:
    actions.withdraw_rule(request.actor, proposal_id=proposal.pk)
    return "已撤回，写过的还看得到。"
