"""By when a task is to be done, and that it is done."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Task


def live_task(task_id: int) -> Task:
    """A task of a document in force."""
    found = queries.tasks().filter(id=task_id).first()
    if found is None:
        raise NotFound("没有这项任务。")
    return found


@require_POST
def set_due(request: ActingRequest, task_id: int) -> HttpResponse:
    task = live_task(task_id)
    require(request.actor, "plan.manage", task)
    text = request.POST.get("due_on", "").strip()
    try:
        actions.set_task_due(request.actor, task=task, due_on=date.fromisoformat(text) if text else None)
    except ValueError:
        messages.error(request, f"“{text[:20]}”不是日期，请选一天。")
    else:
        messages.success(request, "已记下完成期限。" if text else "已去掉完成期限。")
    return redirect("plans:task", task_id=task_id)


@require_POST
def finish(request: ActingRequest, task_id: int) -> HttpResponse:
    task = live_task(task_id)
    try:
        actions.finish_task(request.actor, task=task, note=request.POST.get("note", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已记为完成。")
    return redirect("plans:task", task_id=task_id)
