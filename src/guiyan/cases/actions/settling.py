"""The end of a batch: when no line is on its way any more, it is settled and its paid cases are closed."""

from __future__ import annotations

from guiyan.cases import states
from guiyan.cases.actions.batching import live_lines
from guiyan.cases.actions.moving import locked, locked_batch, move, move_batch
from guiyan.cases.models import Batch, Case
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered

AFTER_THE_NOTICE = (states.BATCH_CLEARED, states.BATCH_PAYING, states.BATCH_DECIDING)


def settle_if_done(case: Case) -> None:
    """Settle the batch of a case that just came to its end, if it was the last one on its way."""
    line = case.batch_lines.filter(removed_at=None).select_related("batch").first()
    if line is not None:
        settled_if_done(line.batch)


def settled_if_done(batch: Batch) -> Batch:
    """Settle a batch whose notice is over and of which nothing is on its way any more. Gives it as it then stands."""
    with entered(Scope.system()):
        batch = locked_batch(batch)
        lines = live_lines(batch)
        if batch.state not in AFTER_THE_NOTICE or any(one.case.state in states.ON_ITS_WAY for one in lines):
            return batch
        batch = move_batch(SYSTEM, batch, "settle", reason="各件均已办结")
        for one in lines:
            if one.case.state == states.PAID:
                move(SYSTEM, locked(one.case), "close", reason=batch.number)
    return batch
