"""A signed batch is published; a notice that has run out is closed; an old one comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guiyan.cases.queries import batch_by_id
from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.outbox import Event, receiver
from guiyan.notices.models import Notice
from guiyan.notices.publishing import close_notice, publish_batch_notice, take_down

CLOSE, TAKE_DOWN = "notices.close", "notices.take_down"
SHOWN_LONG_ENOUGH = "公示展示期满"


@receiver("batch.signed", name="notices.publish_batch")
def publish_signed_batch(event: Event) -> None:
    publish_batch_notice(SYSTEM, batch=batch_by_id(SYSTEM, event.number("batch_id")))


@jobs.on_tick("notices.close_due", label="公示到期")
def close_due(now: datetime) -> None:
    """Close what ended before today, and take down what was shown long enough."""
    today = timezone.localtime(now).date()
    for notice in Notice.objects.filter(closed_at=None, until__lt=today).order_by("id"):
        end_by_itself(CLOSE, close_notice, notice)
    for notice in Notice.objects.filter(taken_down_at=None, take_down_on__lt=today).exclude(closed_at=None):
        end_by_itself(TAKE_DOWN, take_down, notice, reason=SHOWN_LONG_ENOUGH)


def end_by_itself(job: str, end: Callable[..., Notice], notice: Notice, **words: str) -> None:
    """One notice that cannot be ended stops no other: it gets a job of its own, which shows why."""
    try:
        with transaction.atomic():
            end(SYSTEM, notice=notice, **words)
    except Exception:
        jobs.defer(job, once_while_waiting=f"{job}:{notice.pk}", notice_id=notice.pk)


@jobs.job(CLOSE, label="公示到期（单份）")
def close_one(notice_id: int) -> None:
    close_notice(SYSTEM, notice=Notice.objects.get(pk=notice_id))


@jobs.job(TAKE_DOWN, label="撤下公示（单份）")
def take_down_one(notice_id: int) -> None:
    take_down(SYSTEM, notice=Notice.objects.get(pk=notice_id), reason=SHOWN_LONG_ENOUGH)
