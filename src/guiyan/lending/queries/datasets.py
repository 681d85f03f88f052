"""Datasets for indicators, exports and reports: typed columns, one row a loan paid out."""

from __future__ import annotations

from django.db.models import Case, CharField, F, QuerySet, Value, When

from guiyan.kernel import calendar
from guiyan.lending import states
from guiyan.lending.models import Loan


def dataset(name: str) -> QuerySet[Loan]:
    """`loans`: grain one loan paid out. Columns: date (paid out), amount_fen, region, measure, standing, subject_id,
    is_firm. The caller enters the scope and narrows by region. Raises KeyError for another name.
    """
    if name != "loans":
        raise KeyError(f"lending has no dataset {name!r}; it has: loans")
    today = calendar.today()
    standing = Case(
        When(claim_paid_on__isnull=False, then=Value(states.CLAIM_PAID)),
        When(settled_on__isnull=False, then=Value(states.SETTLED)),
        When(claim_asked_on__isnull=False, then=Value(states.CLAIM_OPEN)),
        When(next_due_on__lt=today, then=Value(states.OVERDUE)),
        default=Value(states.CURRENT),
        output_field=CharField(),
    )
    return Loan.objects.annotate(date=F("from_on"), amount_fen=F("principal_fen"), standing=standing)
