"""Kept what-ifs as officers see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.outreach import states
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.permissions import WHAT_IF_VIEW

OF_STATE = {
    states.DONE: Q(computed_at__isnull=False),
    states.STUCK: Q(computed_at=None) & ~Q(problem=""),
    states.RUNNING: Q(computed_at=None, problem=""),
}


def what_ifs_for(actor: Actor, *, words: str = "", state: str = "", measure: str = "") -> QuerySet[WhatIfRun]:
    """What-ifs of the actor's area, newest first, without what they found."""
    rows = visible(actor, WHAT_IF_VIEW, WhatIfRun.objects.defer("tables"), region="region", unit="unit_id")
    if state in OF_STATE:
        rows = rows.filter(OF_STATE[state])
    if measure:
        rows = rows.filter(measures__contains=[measure])
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(started_by__icontains=words))
    return rows.order_by("-id")


def what_if_counts(actor: Actor) -> dict[str, int]:
    """How many there are in each state, in one query."""
    rows = visible(actor, WHAT_IF_VIEW, WhatIfRun.objects.all(), region="region", unit="unit_id").order_by()
    return rows.aggregate(**{state: Count("id", filter=of) for state, of in OF_STATE.items()})


def measures_tried(actor: Actor) -> list[str]:
    """The measures of the what-ifs that the actor sees, in the order of the library."""
    rows = visible(actor, WHAT_IF_VIEW, WhatIfRun.objects.all(), region="region", unit="unit_id").order_by()
    tried = {name for measures in rows.values_list("measures", flat=True).distinct() for name in measures}
    return [name for name in releases.current().measures if name in tried]


def what_if_by_id(actor: Actor, run_id: int) -> WhatIfRun:
    rows = visible(actor, WHAT_IF_VIEW, WhatIfRun.objects.all(), region="region", unit="unit_id")
    found = rows.filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有这次试算，或者不在您的管辖范围。")
    return found
