"""Changes of rules as officers may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.packs import Item
from guiyan.packs.patterns import patterns
from guiyan.packs.writing import yaml_text
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import VIEW

OWN_WORK = "这条修改由您起草、修改或报审过，按审办分离的要求，要由另一名工作人员审批。"


def rule_proposals(actor: Actor, *, words: str = "", state: str = "", measure_id: str = "") -> QuerySet[RuleProposal]:
    """Newest first, without their contents. words: part of the title."""
    rows = visible(actor, VIEW, RuleProposal.objects.defer("content", "cases"), region="region", unit="unit_id")
    if words:
        rows = rows.filter(title__icontains=words)
    if state:
        rows = rows.filter(state=state)
    if measure_id:
        rows = rows.filter(measure_id=measure_id)
    return rows.order_by("-id")


def rule_proposal(actor: Actor, proposal_id: int) -> RuleProposal:
    """Raises NotFound for what is not there or not to be seen."""
    found = visible(actor, VIEW, RuleProposal.objects.all(), region="region", unit="unit_id").filter(pk=proposal_id)
    proposal = found.first()
    if proposal is None:
        raise NotFound("没有这条规则修改，或者不在您的管辖范围。")
    return proposal


def why_not_approve(actor: Actor, proposal: RuleProposal) -> str:
    """Why this actor may not agree although the post would allow it: another pair of eyes is needed. Else empty."""
    hands = {*proposal.editors, proposal.begun_by, proposal.proposed_by}
    return OWN_WORK if actor.persons & hands else ""


def history_of(proposal: RuleProposal) -> Sequence[WorkflowLog]:
    return workflow.history(proposal)


def patterns_for(kind: str) -> list[Item]:
    """Items that a new measure for this kind of subject may be applied for after."""
    return list(patterns(releases.current(), kind))


def measure_yaml(proposal: RuleProposal) -> str:
    """As `measures/<id>.yaml` would have it, faults and all."""
    return text_of(proposal.content)


def cases_yaml(proposal: RuleProposal) -> str:
    """As `examples/<id>.yaml` would have it."""
    return text_of({"cases": proposal.cases})


def text_of(data: Any) -> str:
    return yaml_text(data) if data else ""
