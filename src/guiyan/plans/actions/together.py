"""Several late things of one unit decided at once: one order for all of them, or none with one reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans.actions.proposing import dismiss_proposal, refuse_decided
from guiyan.plans.actions.supervising import open_order
from guiyan.plans.models import SupervisionOrder, SupervisionProposal

LONGEST = 2_000


@transaction.atomic
def order_together(
    actor: Actor, *, proposals: Iterable[SupervisionProposal], title: str, text: str
) -> SupervisionOrder:
    """Order one unit to answer for all of them in one reply. Raises Refused if any was decided meanwhile."""
    held = _held(actor, proposals)
    if not text.strip():
        raise Refused("请写督办要求。", "text")
    unit = offices.find_unit(held[0].unit_code)
    if unit is None or any(x.unit_code != held[0].unit_code for x in held):
        raise Refused("一份督办单只能给一个单位。", "unit")
    # A proposal is decided once, so the first of them names no second order.
    cause = f"together:{held[0].pk}"
    order = open_order(actor, None, title[:200], unit, demand=text.strip()[:LONGEST], cause=cause)
    for proposal in held:
        proposal.order, proposal.decided_at, proposal.decided_by = order, calendar.now(), actor.label
    SupervisionProposal.objects.bulk_update(held, ["order", "decided_at", "decided_by"])
    detail = {"proposals": len(held)}
    audit.record(actor, "supervision.start", f"supervision:{order.id}", region=order.region, detail=detail)
    return order


@transaction.atomic
def dismiss_together(actor: Actor, *, proposals: Iterable[SupervisionProposal], reason: str) -> int:
    """Leave all of them without an order, for one reason. Gives how many."""
    held = _held(actor, proposals)
    for proposal in held:
        dismiss_proposal(actor, proposal=proposal, reason=reason)
    return len(held)


def _held(actor: Actor, proposals: Iterable[SupervisionProposal]) -> list[SupervisionProposal]:
    """The rows locked in one order, none decided yet."""
    numbers = [proposal.pk for proposal in proposals]
    held = list(SupervisionProposal.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    if not held:
        raise Refused("请至少勾选一个。", "none")
    for proposal in held:
        require(actor, "supervision.handle", proposal)
        refuse_decided(proposal)
    return held
