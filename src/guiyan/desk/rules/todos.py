"""What waits of rules: proposals for whoever agrees, returned ones for whoever drafted them."""

from __future__ import annotations

from guiyan.cases.queries.lights import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.policies import queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import APPROVE, PROPOSE

WORKING = (APPROVE, PROPOSE)
MOST = 50


def todos(actor: Actor) -> list[Todo]:
    found: list[Todo] = []
    lights = Lights()
    if holds(actor, APPROVE):
        waiting = queries.rule_proposals(actor, state=states.PROPOSED)[:MOST]
        found += [to_approve(one, lights) for one in waiting if not queries.why_not_approve(actor, one)]
    if holds(actor, PROPOSE):
        drafts = queries.rule_proposals(actor, state=states.DRAFT).exclude(reason="")
        found += [to_mend(one, lights) for one in drafts.filter(begun_by__in=actor.persons)[:MOST]]
    return found


def to_approve(proposal: RuleProposal, lights: Lights) -> Todo:
    return Todo(
        href=f"/desk/rules/{proposal.pk}/",
        todo="审批规则",
        title=proposal.title,
        who=proposal.proposed_by_name,
        light=lights.of(proposal.effective_on),
        note="新措施" if proposal.is_new else "改现行的措施",
        entry="规则台",
        due_on=proposal.effective_on,
    )


def to_mend(proposal: RuleProposal, lights: Lights) -> Todo:
    return Todo(
        href=f"/desk/rules/{proposal.pk}/edit/",
        todo="修改规则",
        title=proposal.title,
        who=proposal.decided_by_name,
        light=lights.of(proposal.effective_on),
        note=proposal.reason,
        entry="规则台",
        due_on=proposal.effective_on,
    )
