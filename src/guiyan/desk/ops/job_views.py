"""后台任务: what waits, what failed and why, and which events have reached everyone."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.naming import names_for
from guiyan.desk.ops.words import argument_words, event_words, targets_of
from guiyan.kernel import releases
from guiyan.kernel.jobs import queue
from guiyan.kernel.jobs.queue import JobRow
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.outbox.queries import recent_events


@dataclass(frozen=True)
class ShownJob:
    """stored: name, receiver and arguments as they are kept, for whoever looks into the log of the process."""

    row: JobRow
    about: str
    stored: str


@dataclass(frozen=True)
class ShownEvent:
    row: OutboxEvent
    label: str
    about: str
    done: int
    stored: str

    @property
    def delivered(self) -> bool:
        return self.done >= self.row.receivers

    @property
    def receivers_words(self) -> str:
        """How far it has come: 2处都收到了; 2处，收到1处."""
        total = self.row.receivers
        if not self.delivered:
            return f"{total}处，收到{self.done}处"
        return f"{total}处都收到了" if total > 1 else "1处，收到了"


@require_safe
def job_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "jobs.view")
    failed, waiting, running = queue.failed_jobs(), queue.waiting_jobs(), queue.running_jobs()
    events = list(recent_events())
    known = [targets_of(about(row)) for row in (*failed, *waiting, *running)]
    names = names_for(request.actor, [*known, *(targets_of(row.ids) for row in events)])
    context = {
        "counts": queue.counts(),
        "failed": shown(failed, names),
        "waiting": shown(waiting, names),
        "running": shown(running, names),
        "events": [shown_event(row, names) for row in events],
    }
    return render(request, "desk/ops/jobs.html", context)


def shown(rows: list[JobRow], names: dict[str, str]) -> list[ShownJob]:
    return [ShownJob(row, words_of(about(row), names), stored(row.name, row.arguments)) for row in rows]


def words_of(arguments: dict[str, object], names: dict[str, str]) -> str:
    labels = {name: register.label for name, register in releases.current().registers.items()}
    return argument_words(arguments, names, labels)


def stored(name: str, arguments: dict[str, object]) -> str:
    return "，".join([name, *(f"{key}={value}" for key, value in arguments.items())])


def about(row: JobRow) -> dict[str, object]:
    hidden = ("receiver", "timestamp")
    return {name: value for name, value in row.arguments.items() if name not in hidden}


def shown_event(row: OutboxEvent, names: dict[str, str]) -> ShownEvent:
    done = getattr(row, "done", 0)
    return ShownEvent(row, event_words(row.event), words_of(row.ids, names), done, stored(row.event, row.ids))


@require_POST
def retry_job(request: ActingRequest, job_id: int) -> HttpResponse:
    require(request.actor, "jobs.view")
    queue.retry(request.actor, job_id)
    messages.success(request, "已安排重试，几秒后刷新可以看到结果。")
    return redirect("ops:jobs")
