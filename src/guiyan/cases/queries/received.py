"""What somebody was given before: here, by the ledger; elsewhere, by the lists of those paid before."""

from __future__ import annotations

from guiyan.kernel import releases
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers


def received_before(subject_id: int) -> set[str]:
    """The measures that a person or firm had before, in all regions."""
    lists = {name: one.measure for name, one in releases.current().lists.items() if one.measure}
    with entered(Scope.system()):
        held = {one.measure_id for one in ledger.entitlements_of(subject_id)}
        return held | {str(lists[one.list_id]) for one in registers.compare(subject_id, list(lists)) if one.matched}
