"""The worker: procrastinate's, over the declared jobs. `run_pending` is the same, here and until nothing is due."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.db import DatabaseError, connections
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker

from guiyan.kernel.jobs.ask import QUEUE
from guiyan.kernel.jobs.here import HereConnector
from guiyan.kernel.jobs.housekeeping import DEAD_AFTER_SECONDS, requeue_stalled
from guiyan.kernel.jobs.models import JobFailure
from guiyan.kernel.jobs.registry import Job, jobs, periodics
from guiyan.kernel.jobs.run import Running, run

HEARTBEAT_SECONDS = 10.0
RECONNECT_SECONDS = 2.0

logger = logging.getLogger("guiyan.jobs")


class JobsFailed(Exception):
    """Raised by `run_pending`: the failed jobs, each with its reason."""


def with_jobs(app: App) -> App:
    """All declared jobs as tasks of an app made for one worker: `defer` never uses its connection, but Django's."""
    for declared in jobs().values():
        retry = (
            RetryStrategy(max_attempts=declared.most_attempts, exponential_wait=3) if declared.most_attempts else False
        )
        app.task(name=declared.name, pass_context=True, retry=retry, queue=QUEUE)(as_task(declared))
    return app


def as_task(declared: Job) -> Callable[..., Coroutine[Any, Any, None]]:
    # Thread-sensitive: a worker's jobs share one thread and its connection; in `run_pending` it is the caller's.
    in_thread = sync_to_async(run, thread_sensitive=True)

    async def task(context: JobContext, **arguments: Any) -> None:
        arguments.pop("timestamp", None)  # what procrastinate adds to periodic jobs
        job = context.job
        await in_thread(declared, Running(job.id or 0, job.worker_id, job.attempts), arguments)

    return task


def run_worker() -> None:
    """Serve until told to stop (SIGTERM, SIGINT), finishing the running job first; a lost database is waited for."""
    while not asyncio.run(serve()):
        connections.close_all()
        time.sleep(RECONNECT_SECONDS)


async def serve() -> bool:
    """Run one worker; whether it was told to stop (False: it lost the database)."""
    await sync_to_async(requeue_stalled)()
    app = with_jobs(DjangoApp(connector=DjangoConnector().get_worker_connector()))
    for periodic in periodics():
        app.periodic(cron=periodic.cron, periodic_id=periodic.name, queueing_lock=periodic.name, queue=QUEUE)(
            app.tasks[periodic.name]
        )
    options: WorkerOptions = {
        **app.worker_defaults,
        "queues": [QUEUE],
        "delete_jobs": DeleteJobCondition.SUCCESSFUL,
        "update_heartbeat_interval": HEARTBEAT_SECONDS,
        "stalled_worker_timeout": DEAD_AFTER_SECONDS,
        "install_signal_handlers": False,
    }
    worker = Worker(app, **options)
    told = asyncio.Event()

    def stop() -> None:
        told.set()
        worker.stop()  # type: ignore[no-untyped-call]

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        async with app.open_async():
            await worker.run()  # type: ignore[no-untyped-call]
    except (ConnectorException, DatabaseError) as error:
        logger.warning("the worker lost the database: %s", type(error).__name__)
    return told.is_set()


def run_pending(*, raise_failures: bool = True) -> None:
    """Run all jobs that are due, and those they ask for, until none is left.

    Works on this thread's own connection, so also inside a transaction. A job that fails waits for its next attempt
    as in the worker; unless `raise_failures` is off, `JobsFailed` then tells why.
    """
    newest = JobFailure.objects.order_by("-id").values_list("id", flat=True).first() or 0
    app = with_jobs(App(connector=HereConnector()))  # not DjangoApp: it closes connections inside a transaction

    async def drain() -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
        )

    async_to_sync(drain)()
    failures = list(JobFailure.objects.filter(id__gt=newest).order_by("id"))
    if failures and raise_failures:
        raise JobsFailed("\n".join(f"{failure.name}: {failure.reason}\n{failure.trace}" for failure in failures))
