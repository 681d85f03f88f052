"""后台任务: what waits, what failed and why, and which events have reached everyone."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.words import argument_words, event_words
from guiyan.kernel.jobs import queue
from guiyan.kernel.jobs.queue import JobRow
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.outbox.queries import recent_events


@dataclass(frozen=True)
class ShownJob:
    row: JobRow
    about: str
    receiver: str


@dataclass(frozen=True)
class ShownEvent:
    row: OutboxEvent
    label: str
    about: str
    done: int

    @property
    def delivered(self) -> bool:
        return self.done >= self.row.receivers


@require_safe
def job_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "jobs.view")
    context = {
        "counts": queue.counts(),
        "failed": shown(queue.failed_jobs()),
        "waiting": shown(queue.waiting_jobs()),
        "running": shown(queue.running_jobs()),
        "events": [shown_event(row) for row in recent_events()],
    }
    return render(request, "desk/ops/jobs.html", context)


def shown(rows: list[JobRow]) -> list[ShownJob]:
    return [ShownJob(row, argument_words(about(row)), str(row.arguments.get("receiver", ""))) for row in rows]


def about(row: JobRow) -> dict[str, object]:
    hidden = ("receiver", "timestamp")
    return {name: value for name, value in row.arguments.items() if name not in hidden}


def shown_event(row: OutboxEvent) -> ShownEvent:
    return ShownEvent(row, event_words(row.event), argument_words(row.ids), getattr(row, "done", 0))


@require_POST
def retry_job(request: ActingRequest, job_id: int) -> HttpResponse:
    require(request.actor, "jobs.view")
    queue.retry(request.actor, job_id)
    messages.success(request, "已安排重试，几秒后刷新可以看到结果。")
    return redirect("ops:jobs")
