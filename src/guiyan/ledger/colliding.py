"""Benefits that two people hold each, and one may hold only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from guiyan.kernel import releases
from guiyan.ledger.models import Entitlement
from guiyan.registers.linking.colliding import keeps_something, tells_collisions


@tells_collisions
def held_by_both(ones: Sequence[int], others: Sequence[int]) -> list[str]:
    rows = Entitlement.objects.filter(subject_id__in=[*ones, *others], ended_at=None)
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows.exclude(once_key__startswith="case:").order_by("pk"):
        holders[row.measure_id, row.step].add(row.subject_id)
    measures = releases.current().measures
    return [
        f"“{measures[measure].title if measure in measures else measure}”只能享受一次，两边都已审定"
        for (measure, _), ids in holders.items()
        if ids & set(ones) and ids & set(others)
    ]


@keeps_something
def has_a_benefit(subject_id: int) -> bool:
    return Entitlement.objects.filter(subject_id=subject_id).exists()
