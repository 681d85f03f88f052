"""Who leads a task where its document leaves it open: settled on a paper or the minutes of a meeting, with its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most
from guiyan.plans.models import Task

MOST_AT_ONCE = 100


@transaction.atomic
def set_task_lead(actor: Actor, *, task: Task, unit_code: str, basis: str, on: date | None) -> Task:
    """Settle which of the task's units leads; settled anew, the newer holds and the log keeps both.

    basis: the document or the minutes, as its number or title; on: its day, not later than today.
    Raises Refused for a unit without a part in the task, and for a task of a document no longer in force.
    """
    require(actor, "plan.manage", task)
    basis = at_most(basis, 200, "依据")
    if task.document.state != "in_force":
        raise Refused("文件已经不在执行中，不能再定牵头单位。", "ended")
    if not task.units.filter(unit_code=unit_code).exists():
        raise Refused(f"请从“{task.title[:30]}”列出的单位里选牵头单位；没有列出的，先增列。", "unit")
    if not basis:
        raise Refused("请写明依据的文件或会议纪要。", "basis")
    if on is None:
        raise Refused("请选文件印发或开会的日期。", "day")
    if on > calendar.today():
        raise Refused("依据的日期不能晚于今天。", "future")
    task.lead_code, task.lead_name = unit_code, offices.unit_names([unit_code]).get(unit_code, unit_code)
    task.lead_basis, task.lead_on, task.lead_by = basis, on, actor.label
    task.save(update_fields=["lead_code", "lead_name", "lead_basis", "lead_on", "lead_by"])
    audit.record(actor, "plan.lead", f"task:{task.id}", region=task.region, detail={"unit": unit_code, "basis": basis})
    return task


@transaction.atomic
def set_leads(actor: Actor, *, chosen: Mapping[Task, str], basis: str, on: date | None) -> int:
    """Settle who leads several tasks on one paper, all of them or none. chosen: task -> unit code. Gives how many."""
    if not chosen:
        raise Refused("请至少勾选一项任务。", "none")
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(f"一次最多定{MOST_AT_ONCE}项任务，请分几次。", "many")
    for task, unit_code in chosen.items():
        set_task_lead(actor, task=task, unit_code=unit_code, basis=basis, on=on)
    return len(chosen)
