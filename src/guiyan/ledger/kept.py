"""What the ledger keeps of somebody: payments."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.ledger.models import PaymentLine
from guiyan.registers.rights.retention import Kept, kept_by


@kept_by("payment")
def payments(subject_ids: Sequence[int]) -> list[Kept]:
    return [Kept("拨付记录", PaymentLine.objects.filter(subject_id__in=subject_ids).count())]
