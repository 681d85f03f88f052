"""A signed batch is published; a notice that has run out is closed; an old one comes down."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiyan.cases.queries import batch_by_id
from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.outbox import Event, receiver
from guiyan.notices.models import Notice
from guiyan.notices.publishing import close_notice, publish_batch_notice, take_down


@receiver("batch.signed", name="notices.publish_batch")
def publish_signed_batch(event: Event) -> None:
    publish_batch_notice(SYSTEM, batch=batch_by_id(SYSTEM, event.number("batch_id")))


@jobs.on_tick("notices.close_due", label="公示到期")
def close_due(now: datetime) -> None:
    """Close what ended before today, and take down what was shown long enough."""
    today = timezone.localtime(now).date()
    for notice in Notice.objects.filter(closed_at=None, until__lt=today).order_by("id"):
        close_notice(SYSTEM, notice=notice)
    for notice in Notice.objects.filter(taken_down_at=None, take_down_on__lt=today).exclude(closed_at=None):
        take_down(SYSTEM, notice=notice, reason="公示展示期满")
