"""Requests that stand against each other once two people are found to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.registers.linking.colliding import keeps_something, tells_collisions


@tells_collisions
def asked_by_both(ones: Sequence[int], others: Sequence[int]) -> list[str]:
    """What is had once, and both have a request of that lives or was paid: with the numbers of both."""
    about = Case.objects.filter(beneficiary_id__in=[*ones, *others]).exclude(once_key="")
    found: dict[str, list[Case]] = defaultdict(list)
    for case in about.exclude(state__in=states.ENDED_WITHOUT_MONEY).order_by("pk"):
        found[case.measure or case.item].append(case)
    return [
        f"“{cases[0].title}”只能享受一次，两边都有：{'、'.join(case.number for case in cases)}"
        for cases in found.values()
        if any(case.beneficiary_id in ones for case in cases) and any(case.beneficiary_id in others for case in cases)
    ]


@keeps_something
def has_a_case(subject_id: int) -> bool:
    return Case.objects.filter(Q(subject_id=subject_id) | Q(beneficiary_id=subject_id)).exists()
