"""Asking for a job, on Django's own connection: it is there if and only if the caller's transaction commits."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as Row
from procrastinate.manager import JobManager

QUEUE = "guiyan"


def defer(
    name: str,
    *,
    once_while_waiting: str | None = None,
    one_at_a_time: str | None = None,
    at: dt.datetime | None = None,
    **kwargs: int | str | bool | None,
) -> int | None:
    """Put a job on the queue and give its id; None if one with the same `once_while_waiting` waits already.

    one_at_a_time: jobs that share this word never run side by side. at: not before this real time.
    kwargs: ids and short codes, never personal data.
    """
    row = Row(
        id=None,
        queue=QUEUE,
        lock=one_at_a_time,
        queueing_lock=once_while_waiting,
        task_name=name,
        task_kwargs=dict(kwargs),
        scheduled_at=at,
    )
    manager = JobManager(DjangoConnector())
    if once_while_waiting is None:
        return manager.defer_job(row).id
    try:
        with transaction.atomic():  # a refusal must not break the caller's transaction
            return manager.defer_job(row).id
    except AlreadyEnqueued:
        return None
