"""Some of those whom the registers hold, drawn for a bench."""

from __future__ import annotations

from random import Random

from guiyan.kernel.regions import Interval
from guiyan.registers.models import Subject


def drawn(within: Interval, count: int, random: Random) -> list[tuple[str, int]]:
    """Name and id of so many subjects of a place; within the entered scope. Raises ValueError where there is nobody."""
    low, high = within
    ids = Subject.objects.filter(region__gte=low, region__lt=high).order_by("pk").values_list("pk", flat=True)
    first, last = ids.first(), ids.last()
    if first is None or last is None:
        raise ValueError(f"nobody lives in {low}")
    found: list[tuple[str, int]] = []
    while len(found) < count:
        rows = Subject.objects.filter(pk__gte=random.randint(first, last), region__gte=low, region__lt=high)
        found += rows.order_by("pk").values_list("display_name", "pk")[:1]
    return found
