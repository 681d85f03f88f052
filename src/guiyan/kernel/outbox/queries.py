"""Recent events with how many of their receivers are done."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from guiyan.kernel.outbox.models import OutboxEvent


def recent_events(limit: int = 50) -> QuerySet[OutboxEvent]:
    """Newest first; `done` of `receivers`."""
    return OutboxEvent.objects.annotate(done=Count("receipts")).order_by("-id")[:limit]
