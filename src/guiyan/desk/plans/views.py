"""Tasks and indicators of the plans in force."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from guiyan.accounts import offices
from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Task

ROWS = 50


@require_GET
def task_list(request: ActingRequest) -> HttpResponse:
    """Live tasks, narrowed by a unit or by words of the title; the filters stand in the address."""
    require(request.actor, "plan.view")
    rows = queries.tasks()
    unit_code, words = request.GET.get("unit", ""), request.GET.get("q", "").strip()
    if unit_code:
        rows = rows.filter(units__unit_code=unit_code).distinct()
    if words:
        rows = rows.filter(title__contains=words)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    codes = {part.unit_code for task in page for part in task.units.all()} | {unit_code}
    names = offices.unit_names(codes)
    return render(
        request,
        "desk/plans/tasks.html",
        {
            "page": page,
            "rows": [(task, unit_line(task, names)) for task in page],
            "unit": unit_code,
            "unit_name": names.get(unit_code, ""),
            "q": words,
            "units": list(queries.units_with_tasks()),
        },
    )


def unit_line(task: Task, names: dict[str, str]) -> str:
    """牵头 first, then the others, by short names, each once."""
    seen = dict.fromkeys(names.get(part.unit_code, part.written_as) for part in task.units.all())
    return "、".join(seen)


@require_GET
def task_page(request: ActingRequest, task_id: int) -> HttpResponse:
    require(request.actor, "plan.view")
    return _task_page(request, _task(task_id))


def _task(task_id: int) -> Task:
    found = queries.tasks().filter(id=task_id).first()
    if found is None:
        raise NotFound("没有这项任务。")
    return found


def _task_page(request: ActingRequest, task: Task) -> HttpResponse:
    names = offices.unit_names(part.unit_code for part in task.units.all())
    parts = [(part, names.get(part.unit_code, part.written_as)) for part in task.units.all()]
    may_manage = holds(request.actor, "plan.manage")
    choices = Unit.objects.filter(valid_to=None).exclude(kind__in=("village", "township")) if may_manage else []
    return render(
        request,
        "desk/plans/task.html",
        {
            "task": task,
            "parts": parts,
            "quote": task.document.text[task.item.start : task.item.end],
            "may_manage": may_manage,
            "units": list(choices),
        },
    )


@require_POST
def add_unit(request: ActingRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    try:
        part = actions.add_task_unit(request.actor, task=task, unit_code=request.POST.get("unit", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已增列{offices.unit_names([part.unit_code])[part.unit_code]}。")
    return redirect("plans:task", task_id=task_id)


@require_POST
def remove_unit(request: ActingRequest, task_id: int, part_id: int) -> HttpResponse:
    part = _task(task_id).units.filter(id=part_id).first()
    if part is None:
        raise NotFound("这项任务里没有这个单位。")
    try:
        actions.remove_task_unit(request.actor, part=part)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:task", task_id=task_id)


@require_GET
def indicator_list(request: ActingRequest) -> HttpResponse:
    """Every promised figure: its target, its 口径, and who answers for it."""
    require(request.actor, "indicator.view")
    rows = queries.indicators()
    return render(request, "desk/plans/indicators.html", {"rows": list(rows[:300])})
