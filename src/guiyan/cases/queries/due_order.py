"""The order in which cases press: late, then due soonest; what stands without a running clock; what is over."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import BigIntegerField, DateField, F, Func, QuerySet, Value, When
from django.db.models import Case as Choice
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.cases.queries.paging import FAR

WAITING = FAR - timedelta(days=1)
RUNNING = Choice(When(paused_reason="", then=F("due_on")), output_field=DateField())
"""The day of a clock that stands still does not press."""


class Mirrored(Func):
    """A day as far before 2000 as it lies behind it: days turned round still rise."""

    template = "(DATE '2000-01-01' + (DATE '2000-01-01' - %(expressions)s))"
    output_field = DateField()


def soonest_first(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Adds the keys of a list by its days: of one day the oldest request first, of what is over the newest."""
    return _with_keys(rows, RUNNING)


def latest_first(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The days turned round; what has none still stands last."""
    return _with_keys(rows, Mirrored(RUNNING))


def _with_keys(rows: QuerySet[Case], day: Combinable) -> QuerySet[Case]:
    over = When(state__in=states.OVER, then=Value(FAR))
    none = Choice(over, default=Value(WAITING), output_field=DateField())
    key = Coalesce(day, none, output_field=DateField())
    tie = Choice(
        When(due_on=None, state__in=states.OVER, then=-F("pk")), default=F("pk"), output_field=BigIntegerField()
    )
    return rows.annotate(due_key=key, due_tie=tie)
