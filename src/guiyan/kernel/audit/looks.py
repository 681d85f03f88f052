"""Who read what is held about somebody: readings of her alone one by one, lists that had her in them counted.

Call in a scope that covers the audit log, after deciding that whoever asks may know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from guiyan.kernel.audit.models import AuditEntry, AuditLook

PAGE = 20
COUNTED = 10_000


@dataclass(frozen=True)
class LookPage:
    """next_before: the entry to ask on from; None on the last page. total: at most COUNTED + 1."""

    entries: Sequence[AuditEntry]
    total: int
    next_before: int | None


@dataclass(frozen=True)
class ListedIn:
    """How often one reader had her in lists of one kind, and when last. purpose: of readers without an account."""

    action: str
    actor_kind: str
    actor_id: int | None
    purpose: str
    times: int
    last_at: datetime


LISTED = """
SELECT e.action, e.actor_kind, e.actor_id, CASE WHEN e.actor_id IS NULL THEN e.purpose ELSE '' END,
       count(*), max(e.at)
FROM (SELECT entry_id FROM audit_look WHERE target = ANY(%s) AND several ORDER BY entry_id DESC LIMIT %s) l
JOIN audit_entry e ON e.id = l.entry_id
GROUP BY 1, 2, 3, 4 ORDER BY 6 DESC
"""


def looks_at(targets: Sequence[str], *, before: int | None = None, most: int = PAGE) -> LookPage:
    """Readings of one of these alone (`subject:5`, `case:12`), the newest first."""
    looks = AuditLook.objects.filter(target__in=targets, several=False)
    total = looks.values("entry_id")[: COUNTED + 1].count()
    if before is not None:
        looks = looks.filter(entry_id__lt=before)
    ids = list(looks.order_by("-entry_id").values_list("entry_id", flat=True)[: most + 1])
    found = AuditEntry.objects.in_bulk(ids[:most])
    entries = [found[one] for one in dict.fromkeys(ids[:most]) if one in found]
    return LookPage(entries, total, ids[most - 1] if len(ids) > most else None)


def listed_in(targets: Sequence[str]) -> list[ListedIn]:
    """The lists that had one of these among others, of the newest COUNTED, by reader and kind."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED, [list(targets), COUNTED])
        return [ListedIn(*row) for row in cursor.fetchall()]
