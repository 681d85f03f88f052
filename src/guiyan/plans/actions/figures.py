"""Keeping computed figures: each as a new row, and only when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from guiyan.kernel import calendar, releases
from guiyan.plans.models import Indicator, IndicatorValue
from guiyan.plans.queries import newest_values


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """value None: it can't be computed, `why` says so. above, below: what a quotient was divided from."""

    value: Decimal | None
    above: Decimal | None = None
    below: Decimal | None = None
    why: str = ""


@transaction.atomic
def store_figures(indicator: Indicator, *, start: date, end: date, values: Mapping[int, StoredFigure]) -> int:
    """Keep the figures of a period, both ends included, by place; gives how many differed from what was known."""
    newest = newest_values([indicator], start, list(values))
    now, release = calendar.now(), releases.current_id()
    changed = [
        IndicatorValue(
            indicator=indicator,
            place=place,
            period_start=start,
            period_end=end,
            value=found.value,
            above=found.above,
            below=found.below,
            why=found.why,
            computed_at=now,
            release=release,
            region=indicator.region,
        )
        for place, found in values.items()
        if not _is_same(newest.get((indicator.id, place)), found, end)
    ]
    IndicatorValue.objects.bulk_create(changed)
    return len(changed)


def _is_same(known: IndicatorValue | None, found: StoredFigure, end: date) -> bool:
    if known is None:
        return False
    return (known.value, known.above, known.below, known.why, known.period_end) == (
        found.value,
        found.above,
        found.below,
        found.why,
        end,
    )
