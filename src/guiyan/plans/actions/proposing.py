"""From what is late to an order: proposed by the daily job, ordered or left by the supervision office, urged when late.

One cause starts one order for a unit, and never a second: a red light of a quarter, a task, a report. Nor does a red
light while the unit holds an open order on the same number, whoever started that.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.turns import take_turn
from guiyan.plans.actions.supervising import open_order
from guiyan.plans.models import Indicator, SupervisionOrder, SupervisionProposal, Task
from guiyan.plans.queries import supervision

LONGEST = 500


@transaction.atomic
def propose_order(
    *,
    cause: str,
    kind: str,
    title: str,
    text: str,
    unit_code: str,
    place: int,
    indicator: Indicator | None = None,
    task: Task | None = None,
) -> bool:
    """Propose an order for a cause, as the system; nothing where one was proposed or ordered before."""
    about = indicator or task
    if about is None or SupervisionOrder.objects.filter(cause=cause, unit_code=unit_code).exists():
        return False
    _, is_new = SupervisionProposal.objects.get_or_create(
        cause=cause,
        unit_code=unit_code,
        defaults={
            "kind": kind,
            "indicator": indicator,
            "task": task,
            "title": title[:200],
            "text": text[:LONGEST],
            "place": place,
            "made_at": calendar.now(),
            "region": about.region,
        },
    )
    return is_new


@transaction.atomic
def order_from_proposal(actor: Actor, *, proposal: SupervisionProposal, text: str) -> SupervisionOrder:
    """Order what was proposed, in the words given."""
    require(actor, "supervision.handle", proposal)
    held = SupervisionProposal.objects.select_for_update().get(pk=proposal.pk)
    refuse_decided(held)
    order = start_order(
        actor,
        cause=held.cause,
        title=held.title,
        text=text,
        unit_code=held.unit_code,
        about=held.indicator or held.task,
    )
    held.order, held.decided_at, held.decided_by = order, calendar.now(), actor.label
    held.save(update_fields=["order", "decided_at", "decided_by"])
    return order


@transaction.atomic
def dismiss_proposal(actor: Actor, *, proposal: SupervisionProposal, reason: str) -> SupervisionProposal:
    """Leave it without an order, with the reason; the same cause is not proposed again."""
    require(actor, "supervision.handle", proposal)
    held = SupervisionProposal.objects.select_for_update().get(pk=proposal.pk)
    refuse_decided(held)
    if not reason.strip():
        raise Refused("请写明不督办的理由。", "reason")
    held.dismissed, held.decided_at, held.decided_by = reason.strip()[:300], calendar.now(), actor.label
    held.save(update_fields=["dismissed", "decided_at", "decided_by"])
    audit.record(actor, "supervision.dismiss", f"proposal:{held.id}", region=held.region)
    return held


def refuse_decided(proposal: SupervisionProposal) -> None:
    if proposal.decided_at is not None:
        raise Refused(f"这条建议已由{proposal.decided_by}处理。", "decided")


@transaction.atomic
def start_order(
    actor: Actor, *, cause: str, title: str, text: str, unit_code: str, about: Indicator | Task | None
) -> SupervisionOrder:
    """Order a unit to answer for a cause. A second click finds the first order; so does a second person."""
    if about is None:
        raise Refused("请从一个指标或任务上发督办单。", "about")
    require(actor, "supervision.handle", about)
    if not text.strip():
        raise Refused("请写督办要求。", "text")
    unit = offices.find_unit(unit_code)
    if unit is None:
        raise Refused("请选择承办单位。", "unit")
    take_turn(f"cause:{cause}:{unit_code}")
    before = SupervisionOrder.objects.filter(cause=cause, unit_code=unit_code).first()
    if before is not None:
        return before
    if isinstance(about, Indicator) and cause.startswith(f"{supervision.RED}:"):
        refuse_second(about, unit)
    order = open_order(actor, None, title[:200], unit, demand=text.strip()[:LONGEST], cause=cause)
    audit.record(actor, "supervision.start", f"supervision:{order.id}", region=order.region)
    return order


def refuse_second(indicator: Indicator, unit: Unit) -> None:
    """One number, one unit, one order at a time: what more is to be asked goes into the answer's judgement."""
    standing = supervision.open_order_on(indicator, unit.code)
    if standing is not None:
        name = unit.short_name or unit.name
        raise Refused(f"{name}已有督办单{standing.number}，办结以前不再发第二份。", "held")


@transaction.atomic
def urge_late_orders(on: date) -> int:
    """Urge every order whose answer is late, once each round of its clock; the unit and the office see it."""
    waiting = SupervisionOrder.objects.filter(state="opened")
    clocks = workflow.clocks_of(SupervisionOrder, waiting.values_list("pk", flat=True))
    late = [pk for pk, views in clocks.items() if any(_is_late(view, on) for view in views)]
    for order in SupervisionOrder.objects.filter(pk__in=late).order_by("pk"):
        workflow.advance(order, "escalate", actor=SYSTEM, reason="超期未回复，系统催报")
    return len(late)


def _is_late(clock: workflow.ClockView, on: date) -> bool:
    return clock.running and clock.due_on is not None and clock.due_on < on


@transaction.atomic
def set_task_due(actor: Actor, *, task: Task, due_on: date | None) -> Task:
    """Say by when a task is to be done; the document rarely does."""
    require(actor, "plan.manage", task)
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    audit.record(actor, "plan.due", f"task:{task.id}", region=task.region)
    return task


@transaction.atomic
def finish_task(actor: Actor, *, task: Task, note: str) -> Task:
    """Mark a task as done, with what was done."""
    require(actor, "plan.manage", task)
    if not note.strip():
        raise Refused("请写完成情况。", "note")
    if task.done_on is not None:
        raise Refused("这项任务已经记为完成。", "done")
    task.done_on, task.done_note = calendar.today(), note.strip()[:300]
    task.save(update_fields=["done_on", "done_note"])
    audit.record(actor, "plan.done", f"task:{task.id}", region=task.region)
    return task
