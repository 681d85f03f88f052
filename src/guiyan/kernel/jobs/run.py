"""Running one job: one transaction under the system scope, and a written reason when it fails."""

from __future__ import annotations

import re
import traceback
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import timezone

from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import GuiyanError
from guiyan.kernel.jobs.models import JobFailure
from guiyan.kernel.jobs.registry import Job
from guiyan.kernel.scope import Scope, entered

LONG_NUMBER = re.compile(r"\d{8,}[\dXx]?")


@dataclass(frozen=True)
class Running:
    """The job that runs here now, and the worker that runs it."""

    job_id: int
    worker_id: int | None
    attempt: int


running: ContextVar[Running | None] = ContextVar("guiyan_running_job", default=None)


def run(job: Job, here: Running, arguments: dict[str, object]) -> None:
    token = running.set(here)
    try:
        if job.in_transaction:
            with calendar.held(), releases.held(), entered(Scope.system()):
                job.function(**arguments)
        else:
            job.function(**arguments)
    except Exception as error:
        write_down(job.name, here, error)
        raise
    finally:
        running.reset(token)


def write_down(name: str, here: Running, error: Exception) -> None:
    JobFailure.objects.create(
        job_id=here.job_id,
        name=name,
        attempt=here.attempt,
        at=timezone.now(),
        reason=plain_reason(error),
        trace="\n".join(
            f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
        ),
    )


def plain_reason(error: Exception) -> str:
    """What people read. Database errors keep only their first line: the lines after it quote values.

    A value may stand in the first line too ("invalid input …"): whatever could be a personal number is left out.
    """
    if isinstance(error, GuiyanError):
        return error.message
    first = LONG_NUMBER.sub("********", str(error).strip().split("\n", 1)[0][:300])
    return f"程序出错（{type(error).__name__}）：{first}" if first else f"程序出错（{type(error).__name__}）"
