"""Who leads a task: settled on its page, or for several at once in the list of findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.plans.finding_views import finding_page
from guiyan.desk.plans.task_views import live_task
from guiyan.desk.plans.views import task_page_with
from guiyan.kernel.errors import Refused
from guiyan.kernel.numbers import whole
from guiyan.plans import actions, queries
from guiyan.plans.actions.leading import MOST_AT_ONCE


@require_POST
def settle(request: ActingRequest, task_id: int) -> HttpResponse:
    """One task, on its page."""
    task = live_task(task_id)
    require(request.actor, "plan.manage", task)
    unit, basis = request.POST.get("lead", ""), request.POST.get("basis", "")
    try:
        actions.set_task_lead(request.actor, task=task, unit_code=unit, basis=basis, on=_day(request.POST))
    except Refused as refusal:
        more = {"lead_refused": refusal.message, "lead_typed": request.POST}
        return task_page_with(request, live_task(task_id), more, 422)
    messages.success(request, f"已定{task.lead_name}牵头。")
    return redirect("plans:task", task_id=task_id)


@require_POST
def settle_many(request: ActingRequest) -> HttpResponse:
    """Those ticked in the list of findings, each with the unit chosen beside it, on one paper."""
    require(request.actor, "plan.manage")
    numbers = [whole(text) for text in request.POST.getlist("task")[:MOST_AT_ONCE]]
    tasks = list(queries.tasks().filter(id__in=[number for number in numbers if number is not None]))
    chosen = {task: request.POST.get(f"lead-{task.pk}", "") for task in tasks}
    try:
        basis = request.POST.get("basis", "")
        count = actions.set_leads(request.actor, chosen=chosen, basis=basis, on=_day(request.POST))
    except Refused as refusal:
        return finding_page(request, refusal.message, status=422)
    messages.success(request, f"已给{count}项任务定牵头单位。")
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return redirect(reverse("plans:findings") + (f"?{query}" if query else ""))


def _day(sent: Mapping[str, str]) -> date | None:
    """The day of the paper; None where none was given. Raises Refused for words that are no day."""
    text = sent.get("on", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"“{text[:20]}”不是日期，请选一天。", "day") from None
