"""Tasks of the demonstration: most have a lead by a meeting's minutes, some a day; one is late, a few are open."""

from __future__ import annotations

from datetime import date, timedelta

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar
from guiyan.plans import actions as plans
from guiyan.plans.models import Task
from guiyan.plans.queries.findings import tasks_without_lead

MINUTES = "全市返乡创业工作专班会议纪要〔2026〕2号（示例）"
HELD_ON = date(2026, 3, 12)
LEFT_OPEN = 3
# Days from the day on which the work begins: the first is over before the demonstration opens.
DUE_IN_DAYS = (10, 24, 60, 115, 200)


def settle_tasks() -> None:
    """The first unit of the document leads, but for the last tasks, which nobody has settled."""
    helin, tasks = actor_by_username("helin"), tasks_without_lead()
    chosen = {task: first_of(task) for task in tasks[: max(0, len(tasks) - LEFT_OPEN)] if task.units.all()}
    if not chosen:
        return
    plans.set_leads(helin, chosen=chosen, basis=MINUTES, on=HELD_ON)
    for task, days in zip(list(chosen)[:: max(1, len(chosen) // len(DUE_IN_DAYS))], DUE_IN_DAYS, strict=False):
        plans.set_task_due(helin, task=task, due_on=calendar.today() + timedelta(days=days))


def first_of(task: Task) -> str:
    """The unit that the document names first."""
    return min(task.units.all(), key=lambda part: part.position).unit_code
