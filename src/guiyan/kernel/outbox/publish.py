"""Writing an event where its cause is written."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from guiyan.kernel import calendar, jobs
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.outbox.registry import receivers_of
from guiyan.packs.flow import EVENTS

DELIVER = "outbox.deliver"


def publish(event: str, **ids: int | str) -> None:
    """Tell the receivers of `event`, if and only if the transaction around this commits.

    ids: what it is about, as numbers or short codes; never personal data.
    """
    if event not in EVENTS:
        raise ValueError(f"unknown event {event}; known: {', '.join(sorted(EVENTS))}")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{event} is published outside a transaction")
    names = sorted(receivers_of(event))
    row = OutboxEvent.objects.create(
        event=event, ids=ids, at=calendar.now(), published_at=timezone.now(), receivers=len(names)
    )
    for name in names:
        jobs.defer(DELIVER, event_id=row.pk, receiver=name)
