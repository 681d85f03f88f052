"""How often things happened: the log as numbers, for reports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count

from guiyan.kernel.regions import Interval
from guiyan.kernel.workflow.flows import object_type_of
from guiyan.kernel.workflow.models import Flowed, WorkflowLog


def done_between(
    model: type[Flowed], start: date, end: date, regions: Interval, *, flows: Collection[str]
) -> dict[str, int]:
    """Verb -> how often it was done from `start` to `end`, both included, to objects of a place and below.

    flows: those counted; one verb means different things in different flows.
    """
    low, high = regions
    rows = WorkflowLog.objects.filter(
        object_type=object_type_of(model), at__date__range=(start, end), region__gte=low, region__lt=high
    ).filter(flow__in=flows)
    return dict(rows.values("verb").annotate(count=Count("id")).values_list("verb", "count"))
