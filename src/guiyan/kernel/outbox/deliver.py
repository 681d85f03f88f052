"""Delivering one event to one receiver: the job runs at least once, the receipt makes its effect happen once."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from guiyan.kernel import failpoints
from guiyan.kernel.jobs import job
from guiyan.kernel.outbox.event import Event
from guiyan.kernel.outbox.models import OutboxEvent, OutboxReceipt
from guiyan.kernel.outbox.publish import DELIVER
from guiyan.kernel.outbox.registry import receivers_of


@job(DELIVER)
def deliver(event_id: int, receiver: str) -> None:
    """Runs in the job's transaction: the receipt and the receiver's effect are committed together or not at all."""
    row = OutboxEvent.objects.get(pk=event_id)
    function = receivers_of(row.event).get(receiver)
    if function is None:
        raise LookupError(f"{row.event} has no receiver {receiver} in this version")
    if not take_receipt(row, receiver):
        return
    function(Event(row.pk, row.event, row.ids, row.at))
    failpoints.hit("received")


def take_receipt(row: OutboxEvent, receiver: str) -> bool:
    """Whether this delivery is the first; a second at the same moment waits here for the first to end."""
    table = connection.ops.quote_name(OutboxReceipt._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (event_id, receiver, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [row.pk, receiver, timezone.now()],
        )
        return bool(cursor.rowcount)
