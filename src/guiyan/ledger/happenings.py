"""Payments on the timeline of a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.ledger.models import LineResult
from guiyan.registers.timelines import Happening, timeline_source


@timeline_source("payment", "资金")
def payments(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """What the treasury said of each payment to her."""
    rows = LineResult.objects.filter(subject_id__in=subject_ids).select_related("line__request")
    seen = visible(actor, "dossier.view", rows, unit=None, subject=None).order_by("-on", "-id")[:most]
    return [
        Happening(
            row.on,
            "拨付到账" if row.outcome == "paid" else "退票",
            row.line.request.number if row.outcome == "paid" else row.reason_shown,
            row.line.case_ref,
            row.line.amount_fen,
        )
        for row in seen
    ]
