"""Readings of personal data, for whoever watches them: filtered, and what is unusual among them.

In a scope that covers the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from guiyan.kernel.audit.models import AuditEntry

MANY_IN_AN_HOUR = 30
OPENS, CLOSES = 7, 20
"""Office hours, generously: a look before the one or after the other is told."""


def readings(
    begins: datetime,
    ends: datetime,
    *,
    actor_ids: Sequence[int] | None = None,
    actions: Sequence[str] | None = None,
    stem: str = "",
) -> QuerySet[AuditEntry]:
    """Readings by accounts from one moment to another, the newest first. actions: these; stem: how others begin."""
    rows = AuditEntry.objects.filter(action__startswith="read:", at__gte=begins, at__lt=ends)
    if actor_ids is not None:
        rows = rows.filter(actor_id__in=list(actor_ids))
    if actions is not None:
        wanted = Q(action__in=list(actions))
        rows = rows.filter(wanted | Q(action__startswith=stem) if stem else wanted)
    return rows.order_by("-id")


UNUSUAL = """
SELECT actor_id, day, hour, times FROM (
  SELECT actor_id, (at AT TIME ZONE %(zone)s)::date AS day, extract(hour FROM at AT TIME ZONE %(zone)s)::int AS hour,
         count(*) AS times
  FROM audit_entry
  WHERE action LIKE 'read:%%' AND at >= %(begins)s AND at < %(ends)s AND actor_kind = 'user' AND actor_id IS NOT NULL
    AND cardinality(targets) = 1 AND NOT (actor_id = ANY(%(residents)s))
  GROUP BY 1, 2, 3) by_hour
WHERE times >= %(many)s OR hour < %(opens)s OR hour >= %(closes)s OR extract(isodow FROM day) >= 6
"""


def hours_of(begins: datetime, ends: datetime, zone: str, residents: Sequence[int]) -> list[tuple[int, date, int, int]]:
    """(actor, day, hour, readings of one person each) of the hours in which somebody read much, early, late or on a
    weekend; whether a weekend day was worked is for the caller to know. residents: accounts that read their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            UNUSUAL,
            {
                "zone": zone,
                "begins": begins,
                "ends": ends,
                "many": MANY_IN_AN_HOUR,
                "opens": OPENS,
                "closes": CLOSES,
                "residents": list(residents),
            },
        )
        return [(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()]
