"""Tasks of the plans in force: who leads, who shares, what the document says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.page import unit_choices
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.plans.duties import UNDATED, Duties, duties, lead_choices, lines_of, name_of, state_of
from guiyan.desk.plans.history import told_of
from guiyan.desk.plans.task_blocks import TaskRow
from guiyan.desk.plans.task_table import sent
from guiyan.desk.plans.titles import ShortTitles
from guiyan.kernel import calendar
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator, Task
from guiyan.plans.queries.revisions import changes_in

TASK_SORTS = {"number": "number", "title": "title", "due": "due_on"}
TASK_ROWS = 50
LEAST_TOLD_ONCE = 3  # fewer rows are read faster than a sentence about them
STATES = [("late", "超期"), ("open", "没有完成"), ("undated", "没有期限"), ("done", "已完成"), ("ended", "已结束")]


@require_safe
def task_list(request: ActingRequest) -> HttpResponse:
    """Live tasks, narrowed by a unit, a plan or words of the title; the filters stand in the address."""
    require(request.actor, "plan.view")
    listed, pager = paged(request, narrowed_tasks(request), "项", TASK_ROWS)
    unit_code = request.GET.get("unit", "")
    names = offices.unit_names({part.unit_code for task in listed for part in task.units.all()})
    rows = [(task, duties(task, names), state_of(task, calendar.today())) for task in listed]
    context = {
        "rows": rows,
        "same": same_in_all(rows),
        "may_settle": holds(request.actor, "plan.manage"),
        "ended": request.GET.get("state") == "ended",
        "pager": pager,
        "q": words_of(request),
        "plans": plan_choices(queries.tasks()),
        "units": [(unit.code, unit.short_name or unit.name) for unit in queries.units_with_tasks()],
        "unit": unit_code,
        "states": STATES,
        "is_narrowed": any(request.GET.get(name) for name in ("q", "unit", "plan", "state")),
    }
    return render(request, "desk/plans/tasks.html", context)


def same_in_all(rows: Sequence[tuple[Task, Duties, tuple[str, str]]]) -> dict[str, str]:
    """Column -> the sentence that takes its place, where it would say the same in every row: lead, due, state."""
    if len(rows) < LEAST_TOLD_ONCE:
        return {}
    found = {}
    if all(duty.lacks_lead for _, duty, _ in rows):
        found["lead"] = "都还没有定牵头单位"
    if all(task.due_on is None for task, _, _ in rows):
        found["due"] = "都没有写完成期限"
    states = {state[1] for _, _, state in rows}
    if len(states) == 1:
        (state,) = states
        # 没有期限 says nothing beside the sentence of the column before it.
        found["state"] = "" if "due" in found and state == UNDATED else f"状态都是“{state}”"
    return found


def narrowed_tasks(request: ActingRequest) -> QuerySet[Task]:
    """The live tasks that the address asks for, in its order."""
    rows = queries.tasks(ended=request.GET.get("state") == "ended")
    rows = in_state(rows, request.GET.get("state", ""), calendar.today())
    unit_code, words, plan = request.GET.get("unit", ""), words_of(request), words_of(request, "plan")
    if unit_code.isascii() and unit_code.isprintable() and unit_code:
        rows = queries.tasks_of_unit(rows, unit_code)
    if words:
        rows = rows.filter(title__contains=words)
    if plan:
        rows = rows.filter(plan=plan)
    return ordered(request, rows, TASK_SORTS)


def in_state(rows: QuerySet[Task], state: str, day: date) -> QuerySet[Task]:
    """Those late, not done, without a date or done; all of them for anything else."""
    match state:
        case "late":
            return rows.filter(due_on__lt=day, done_on=None)
        case "open":
            return rows.filter(done_on=None)
        case "undated":
            return rows.filter(due_on=None, done_on=None)
        case "done":
            return rows.exclude(done_on=None)
    return rows


def plan_choices(rows: QuerySet[Task] | QuerySet[Indicator]) -> list[tuple[str, str]]:
    """The plans of the live rows, by their short names."""
    titles = dict.fromkeys(rows.values_list("plan", flat=True))
    short = ShortTitles()
    return [(title, short(title)) for title in titles if title]


@require_safe
def task_sheet(request: ActingRequest) -> FileResponse:
    """The tasks asked for as a task table, in Excel or (`?as=word`) in Word; units as the document writes them."""
    require(request.actor, "plan.view")
    tasks = list(narrowed_tasks(request))
    said = queries.wordings(tasks)
    rows = [_table_row(task, said[task.pk]) for task in tasks]
    return sent("任务清单", rows, as_word=request.GET.get("as") == "word")


def _table_row(task: Task, wording: str) -> TaskRow:
    added = [part.unit_code for part in task.units.all() if part.role == "added"]
    others = [*task.unit_names, *(offices.unit_names(added).values() if added else ())]
    lead = [task.lead_name] if task.decided_lead else task.lead_names
    return TaskRow(task.plan, task.title, wording, tuple(lead), tuple(others), task.due_on)


@require_safe
def task_page(request: ActingRequest, task_id: int) -> HttpResponse:
    require(request.actor, "plan.view")
    return _task_page(request, _task(task_id))


def _task(task_id: int) -> Task:
    either = queries.tasks().filter(id=task_id), queries.tasks(ended=True).filter(id=task_id)
    found = next((task for rows in either for task in rows), None)
    if found is None:
        raise NotFound("没有这项任务。")
    return found


def _task_page(request: ActingRequest, task: Task, refused: str = "", status: int = 200) -> HttpResponse:
    return task_page_with(request, task, {"refused": refused}, status)


def task_page_with(request: ActingRequest, task: Task, more: Mapping[str, object], status: int = 200) -> HttpResponse:
    """The page of a task; more: what a form on it was refused for, beside what was typed."""
    parts = list(task.units.all())
    units = offices.units_by_code(part.unit_code for part in parts)
    names = {code: unit.short_name or unit.name for code, unit in units.items()}
    may_manage = holds(request.actor, "plan.manage") and task.document.state == "in_force"
    told = duties(task, names)
    context = {
        "task": task,
        "lines": lines_of(parts, units),
        "added": [(part, name_of(part, units)) for part in parts if part.role == "added"],
        "duties": told,
        "leads": lead_choices(task, names) if may_manage and may_settle(task, told) else [],
        "state": state_of(task, calendar.today()),
        "quote": queries.wordings([task])[task.pk],
        "stands_in": queries.document_of_words(task),
        "history": told_of(changes_in(task)[:20]),
        "plan": ShortTitles()(task.plan),
        "clause": " › ".join(part for part in task.section_path if part != task.plan),
        "may_manage": may_manage,
        "may_read": holds(request.actor, "document.review"),
        "units": unit_choices() if may_manage else [],
        "typed": request.POST.get("unit", ""),
        **more,
    }
    return render(request, "desk/plans/task.html", context, status=status)


def may_settle(task: Task, told: Duties) -> bool:
    """Whether it is open who leads, or was until it was settled: the document names nobody, or several."""
    named = {part.written_as or part.unit_code for part in task.units.all() if part.role == "lead"}
    return bool(task.units.all()) and (told.lacks_lead or bool(task.decided_lead) or len(named) > 1)


@require_POST
def add_unit(request: ActingRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    require(request.actor, "plan.manage", task)
    name = request.POST.get("unit", "").strip()
    found = next((u for u in unit_choices() if name and name in (u.name, u.short_name, u.code)), None)
    if found is None:
        words = f"没有叫“{name[:40]}”的单位，请从列表里选。" if name else "请选一个单位。"
        return _task_page(request, task, words, 422)
    try:
        actions.add_task_unit(request.actor, task=task, unit_code=found.code)
    except Refused as refusal:
        return _task_page(request, task, str(refusal), 409)
    messages.success(request, f"已增列{found.short_name or found.name}。")
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
