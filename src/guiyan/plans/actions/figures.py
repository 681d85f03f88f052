"""Keeping computed figures: each as a new row, and only when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from guiyan.kernel import calendar, releases
from guiyan.plans.models import Indicator, IndicatorValue
from guiyan.plans.queries import newest_values


@transaction.atomic
def store_figures(indicator: Indicator, *, start: date, end: date, values: Mapping[int, Decimal]) -> int:
    """Keep the figures of a period, both ends included, by place; gives how many differed from what was known."""
    newest = newest_values([indicator], start, list(values))
    now, release = calendar.now(), releases.current_id()
    changed = [
        IndicatorValue(
            indicator=indicator,
            place=place,
            period_start=start,
            period_end=end,
            value=value,
            computed_at=now,
            release=release,
            region=indicator.region,
        )
        for place, value in values.items()
        if not _is_same(newest.get((indicator.id, place)), value, end)
    ]
    IndicatorValue.objects.bulk_create(changed)
    return len(changed)


def _is_same(known: IndicatorValue | None, value: Decimal, end: date) -> bool:
    return known is not None and (known.value, known.period_end) == (value, end)
