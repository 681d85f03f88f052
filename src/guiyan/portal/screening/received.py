"""What a signed-in resident was given before: here, by the ledger; elsewhere, by the lists of those paid before."""

from __future__ import annotations

from guiyan.cases import queries as cases
from guiyan.cases import states
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers


def own_cases(actor: Actor) -> dict[str, cases.Case]:
    """measure -> her own request that stands in the way of a second one."""
    rows = cases.my_cases(actor)
    return {
        one.measure: one for one in rows if one.measure and one.number and one.state not in states.ENDED_WITHOUT_MONEY
    }


def received_by(subject_id: int, own: dict[str, cases.Case]) -> list[str]:
    """The measures she had before; a request of hers that is under way or paid is told as that, not as this."""
    lists = {name: one.measure for name, one in releases.current().lists.items() if one.measure}
    with entered(Scope.system()):
        held = {one.measure_id for one in ledger.entitlements_of(subject_id)}
        held |= {str(lists[one.list_id]) for one in registers.compare(subject_id, list(lists)) if one.matched}
    return sorted(held - own.keys())
