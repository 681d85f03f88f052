"""From a draft to a release: put up by one officer, approved by another, in force from then on (ADR 0057)."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most, visible
from guiyan.packs.parts import part_in
from guiyan.policies.actions.confirming import put_measure_in_force
from guiyan.policies.actions.drafting import locked
from guiyan.policies.models import MeasureConfirmation, RuleProposal
from guiyan.policies.permissions import APPROVE, PROPOSE
from guiyan.policies.queries.checked import Checked, checked, problems_in_words
from guiyan.policies.queries.proposals import why_not_approve


@transaction.atomic
def propose_rule(actor: Actor, *, proposal_id: int, seen_version: int | None = None) -> RuleProposal:
    """Put the draft up. Refused while anything is wrong with it or a golden case does not hold."""
    proposal = locked(proposal_id)
    require(actor, PROPOSE, proposal)
    same_version(proposal, seen_version)
    nobody_was_faster(proposal)
    ready(proposal)
    proposal = workflow.advance(proposal, "propose", actor=actor)
    proposal.proposed_by, proposal.proposed_by_name = actor.user_id, actor.label
    proposal.proposed_at, proposal.reason = calendar.now(), ""
    proposal.save(update_fields=["proposed_by", "proposed_by_name", "proposed_at", "reason"])
    audit.record(actor, "rule.propose", proposal.ref, region=proposal.region, detail={"version": proposal.version})
    return proposal


@transaction.atomic
def approve_rule(actor: Actor, *, proposal_id: int, seen_version: int | None = None) -> RuleProposal:
    """Agree, and so make the next release: the pack in force with this measure in its place, checked as a whole.

    Refused for whoever wrote in it or put it up, and where the measure was changed by another since it was begun.
    """
    proposal = locked(proposal_id)
    require(actor, APPROVE, proposal)
    own = why_not_approve(actor, proposal)
    if own:
        raise Refused(own, "same_person")
    same_version(proposal, seen_version)
    releases.wait_for_turn()
    nobody_was_faster(proposal)
    found = ready(proposal)
    proposal = workflow.advance(proposal, "approve", actor=actor)
    proposal.decided_by, proposal.decided_by_name, proposal.decided_at = actor.user_id, actor.label, calendar.now()
    proposal.made_release = make_release(actor, proposal, found)
    if proposal.document_id is not None and proposal.quote.strip():
        confirm(actor, proposal)
    proposal.save(update_fields=["decided_by", "decided_by_name", "decided_at", "made_release"])
    detail: dict[str, audit.Value] = {"measure": proposal.measure_id, "release": proposal.made_release}
    audit.record(actor, "rule.approve", proposal.ref, region=proposal.region, detail=detail)
    return proposal


@transaction.atomic
def return_rule(actor: Actor, *, proposal_id: int, reason: str) -> RuleProposal:
    """Give it back to be mended, with the reason."""
    proposal = locked(proposal_id)
    require(actor, APPROVE, proposal)
    why = at_most(visible(reason), 300, "理由")
    proposal = workflow.advance(proposal, "send_back", actor=actor, reason=why)
    proposal.reason, proposal.decided_by, proposal.decided_by_name = why, actor.user_id, actor.label
    proposal.decided_at = calendar.now()
    proposal.save(update_fields=["reason", "decided_by", "decided_by_name", "decided_at"])
    audit.record(actor, "rule.return", proposal.ref, region=proposal.region)
    return proposal


@transaction.atomic
def withdraw_rule(actor: Actor, *, proposal_id: int) -> RuleProposal:
    """Give it up; it stays to be read."""
    proposal = locked(proposal_id)
    require(actor, PROPOSE, proposal)
    proposal = workflow.advance(proposal, "withdraw", actor=actor)
    audit.record(actor, "rule.withdraw", proposal.ref, region=proposal.region)
    return proposal


def same_version(proposal: RuleProposal, seen: int | None) -> None:
    if seen is not None and proposal.version != seen:
        raise Refused("这条修改刚刚又存过一次，和您看到的不一样了。请刷新页面再看。", "two-tabs")


def nobody_was_faster(proposal: RuleProposal) -> None:
    """The measure is still what it was when the draft was begun; other measures may have changed meanwhile."""
    base, now = releases.release(proposal.base_release), releases.current()
    name = proposal.measure_id
    if part_in(base, name) != part_in(now, name):
        faster = RuleProposal.objects.filter(measure_id=name, made_release__gt=proposal.base_release).last()
        by = f"由{faster.decided_by_name}批准的另一条修改" if faster is not None else "重新装入城市包时"
        said = f"起草以后，这项措施{by}改过了，现行的和您起草时不一样。请从现行的措施重新起草。"
        raise Refused(said, "changed_since")


def ready(proposal: RuleProposal) -> Checked:
    """Raises Refused with the first things that are wrong."""
    found = checked(proposal)
    if not found.ready:
        raise Refused(f"还不能办这一步。{problems_in_words(found)}", "faults")
    return found


def make_release(actor: Actor, proposal: RuleProposal, found: Checked) -> int:
    """The pack in force with the proposal's measure in its place; what the desk changed is remembered with it."""
    in_force, edits, name = releases.current(), releases.desk_edits(), proposal.measure_id
    pack, read = found.pack, found.read
    assert read is not None
    made = read.made | edits.made(name)
    changed = edits.with_change(name, part_in(in_force, name, made), part_in(pack, name, made))
    return releases.apply(actor, pack, edits=changed, note=f"{proposal.ref} {proposal.title}")


def confirm(actor: Actor, proposal: RuleProposal) -> MeasureConfirmation:
    """In force on the words of its document; a measure that is already keeps the words it is in force on."""
    assert proposal.document_id is not None
    return put_measure_in_force(
        actor,
        measure_id=proposal.measure_id,
        document_id=proposal.document_id,
        document_title=proposal.document_title,
        section=proposal.section,
        quote=proposal.quote,
        item_id=None,
        region=proposal.region,
    )
