"""The queue as people see it: what waits, what runs, what failed and why; and trying again."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.db import connection

from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.jobs.registry import label_of

MOST_SHOWN = 200
ROWS = """
SELECT job.id, job.task_name, job.args, job.status::text, job.attempts, job.scheduled_at,
  (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id),
  (SELECT reason FROM kernel_job_failure WHERE job_id = job.id ORDER BY id DESC LIMIT 1)
FROM procrastinate_jobs job WHERE job.status = ANY(%s::procrastinate_job_status[]) ORDER BY job.id DESC LIMIT %s
"""


@dataclass(frozen=True)
class JobRow:
    """asked_at, scheduled_at: the real clock. arguments: ids only."""

    id: int
    name: str
    arguments: dict[str, object]
    status: str
    attempts: int
    scheduled_at: dt.datetime | None
    asked_at: dt.datetime | None
    reason: str | None

    @property
    def label(self) -> str:
        return label_of(self.name)


def waiting_jobs() -> list[JobRow]:
    """Those that wait, for the first time or after a failure; newest first, at most 200."""
    return rows("todo")


def running_jobs() -> list[JobRow]:
    return rows("doing")


def failed_jobs() -> list[JobRow]:
    """Those given up after their last attempt: a person must look."""
    return rows("failed")


def rows(*statuses: str) -> list[JobRow]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(statuses), MOST_SHOWN])
        return [JobRow(row[0], row[1], as_mapping(row[2]), *row[3:]) for row in cursor.fetchall()]


def as_mapping(stored: object) -> dict[str, object]:
    found = json.loads(stored) if isinstance(stored, str) else stored
    assert isinstance(found, dict)
    return found


def counts() -> dict[str, int]:
    """How many jobs wait, run and have failed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        found = dict(cursor.fetchall())
    return {name: found.get(name, 0) for name in ("todo", "doing", "failed")}


def retry(actor: Actor, job_id: int) -> None:
    """Have a failed or waiting job run now. Permission is the caller's to check."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [job_id])
        found = cursor.fetchone()
        if found is None:
            raise NotFound("这个任务不在了，可能已经完成。")
        if found[0] == "todo":
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = %s", [job_id])
        elif found[0] == "failed":
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
        else:
            raise Refused("这个任务正在执行，不用重试。", code="job_running")
    audit.record(actor, "job.retry", f"job:{job_id}")
