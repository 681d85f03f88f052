"""Datasets for indicators, exports and reports: typed columns, one row a case."""

from __future__ import annotations

from django.db.models import F, QuerySet

from guiyan.cases.models import Case


def dataset(name: str) -> QuerySet[Case]:
    """`cases`: grain one submitted case. Columns: item, measure, state, entry, region, unit_id, subject_id, amount_fen,
    submitted_at, state_since, accepted (bool by state). The caller enters the scope and narrows by region.
    """
    if name != "cases":
        raise KeyError(f"cases has no dataset {name!r}; it has: cases")
    return Case.objects.exclude(number="").annotate(date=F("submitted_at"))
