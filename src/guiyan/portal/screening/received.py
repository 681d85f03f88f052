"""What a signed-in resident was given before: here, by the ledger; elsewhere, by the lists of those paid before."""

from __future__ import annotations

from guiyan.cases import queries as cases
from guiyan.cases import states
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers


def own_cases(actor: Actor, firm: int | None = None) -> dict[str, cases.Case]:
    """measure -> her own request, for herself or for that firm, that stands in the way of a second one."""
    live = [one for one in cases.my_cases(actor) if one.measure and one.number]
    live = [one for one in live if one.state not in states.MAY_ASK_AGAIN]
    return {one.measure: one for one in live if firm is None or one.beneficiary_id == firm}


def received_by(subject_id: int, own: dict[str, cases.Case]) -> list[str]:
    """The measures that person or firm had before; a request under way or paid is told as that, not as this."""
    lists = {name: one.measure for name, one in releases.current().lists.items() if one.measure}
    with entered(Scope.system()):
        held = {one.measure_id for one in ledger.entitlements_of(subject_id)}
        held |= {str(lists[one.list_id]) for one in registers.compare(subject_id, list(lists)) if one.matched}
    return sorted(held - own.keys())
