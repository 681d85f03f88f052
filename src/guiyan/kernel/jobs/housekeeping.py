"""What keeps the queue itself in order: ticks, jobs of dead workers, old failures of jobs that come again anyway."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction

from guiyan.kernel.jobs.ask import defer
from guiyan.kernel.jobs.registry import every, periodics, ticks
from guiyan.kernel.jobs.run import Running, running

# A worker that was silent for so long is dead, and its jobs are run again.
DEAD_AFTER_SECONDS = 30.0

STALLED = """
SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s)
  OR (worker.id = %s AND job.id <> %s))
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""
OUTDATED_FAILURES = """
DELETE FROM procrastinate_jobs WHERE status = 'failed' AND task_name = ANY(%s) AND id NOT IN
(SELECT max(id) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY task_name)
"""


@every(60, name="kernel.tick", label="定时检查")
def tick() -> None:
    """Ask for everything that waits for a time; what still waits from before is not asked for twice."""
    for name in ticks():
        defer(name, once_while_waiting=name, one_at_a_time=name)


@every(20, name="kernel.requeue_stalled", label="接续中断的任务")
def keep_in_order() -> None:
    """A worker runs one job at a time: whatever else it seems to be at was cut off when the database was lost."""
    requeue_stalled(DEAD_AFTER_SECONDS, here=running.get())
    with connection.cursor() as cursor:
        cursor.execute(OUTDATED_FAILURES, [[*ticks(), *(periodic.name for periodic in periodics())]])


@transaction.atomic
def requeue_stalled(silent_for_seconds: float = DEAD_AFTER_SECONDS, *, here: Running | None = None) -> int:
    """Put the jobs of dead workers back on the queue; how many there were.

    here: the job that asks; all others of its own worker are put back too.
    """
    own = (here.worker_id, here.job_id) if here else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [silent_for_seconds, *own])
        stalled = [row[0] for row in cursor.fetchall()]
    for job_id in stalled:
        put_back(job_id)
    return len(stalled)


def put_back(job_id: int) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
    except IntegrityError:
        # Its successor waits already, under the same queueing lock, and does the same.
        with connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', true)", [job_id])
