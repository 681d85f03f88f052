"""What cases keep of somebody: requests that were handed in; and how the audit log names them."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.cases.models import Case, Mandate, Message
from guiyan.registers.rights.retention import Kept, kept_by

MOST = 200


@kept_by("case")
def requests(subject_ids: Sequence[int]) -> list[Kept]:
    """Handed in is handed in: a draft is hers to throw away."""
    rows = Case.objects.filter(subject_id__in=subject_ids).exclude(number="").order_by("-pk")
    return [Kept("办件", rows.count(), tuple(f"case:{pk}" for pk in rows.values_list("pk", flat=True)[:MOST]))]


@kept_by("message")
def messages(subject_ids: Sequence[int]) -> list[Kept]:
    return [Kept("告诉您的消息", Message.objects.filter(subject_id__in=subject_ids).count(), must=False)]


@kept_by("mandate")
def mandates(subject_ids: Sequence[int]) -> list[Kept]:
    return [Kept("委托书", Mandate.objects.filter(subject_id__in=subject_ids).count())]
