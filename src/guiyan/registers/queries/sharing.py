"""The catalogue of other bureaus' data, and who may use what of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.accounts.models import Unit
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.comparison import ComparisonList, Sharing
from guiyan.registers.models import ComparisonList as Issue
from guiyan.registers.models import DataUse
from guiyan.registers.sharing.binding import MATCH, closed
from guiyan.registers.sharing.using import APPLY, AUTHORISE

MOST = 100


@dataclass(frozen=True)
class Offer:
    """One thing in the catalogue. holder: the unit's name; used: how many issues came in."""

    list: ComparisonList
    sharing: Sharing
    holder: str
    imports: int


def may_open(actor: Actor) -> bool:
    return holds(actor, APPLY) or holds(actor, AUTHORISE)


def catalogue(actor: Actor) -> list[Offer]:
    """What other bureaus hold, as the pack declares it. Names no person, so everybody who may apply sees all."""
    if not may_open(actor):
        raise NotAllowed
    shared = [(one, one.sharing) for one in releases.current().lists.values() if one.sharing is not None]
    with entered(Scope.system()):
        names = dict(Unit.objects.filter(code__in=[s.holder for _, s in shared]).values_list("code", "name"))
        issues = list(Issue.objects.filter(list_id__in=[one.id for one, _ in shared]).values_list("list_id", flat=True))
    return [Offer(one, sharing, names.get(sharing.holder, ""), issues.count(one.id)) for one, sharing in shared]


def uses_for(actor: Actor) -> Sequence[DataUse]:
    """Those the actor's units asked for, or hold the data of; the newest first."""
    units = {
        grant.unit_id for grant in actor.grants if grant.unit_id is not None and {APPLY, AUTHORISE} & grant.permissions
    }
    with entered(Scope.system()):
        rows = DataUse.objects.filter(unit_id__in=units) | DataUse.objects.filter(holder_id__in=units)
        return list(rows.order_by("-pk")[:MOST])


def uses_to_answer(actor: Actor) -> list[DataUse]:
    """What waits for an officer of the holder: not what she asked or agreed to herself."""
    units = {grant.unit_id for grant in actor.grants if AUTHORISE in grant.permissions}
    return [
        use
        for use in uses_for(actor)
        if use.state in (DataUse.ASKED, DataUse.AGREED)
        and use.holder_id in units
        and use.asked_by not in actor.persons
        and use.agreed_by not in actor.persons
    ]


__all__ = ["MATCH", "Offer", "catalogue", "closed", "may_open", "uses_for", "uses_to_answer"]
