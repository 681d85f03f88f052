"""Supervision: a leader's instruction starts an order to a unit; its answer is accepted or sent back."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.turns import take_turn
from guiyan.plans.models import Indicator, Instruction, SupervisionOrder, Task


@transaction.atomic
def write_instruction(
    actor: Actor,
    *,
    text: str,
    unit_codes: list[str],
    place: int,
    title: str,
    indicator: Indicator | None = None,
    task: Task | None = None,
    figure: str = "",
) -> Instruction:
    """Write 批示 on an indicator or a task; each unit named gets a supervision order with a clock.

    figure: the number the leader saw, in words ("5,486人，目标10,000人").
    """
    about = indicator or task
    if about is None:
        raise Refused("请从一个指标或任务上写批示。", "about")
    require(actor, "instruction.write", about)
    if not text.strip():
        raise Refused("请写批示内容。", "text")
    units = [offices.find_unit(code) for code in dict.fromkeys(unit_codes)]
    if not units or None in units:
        raise Refused("请选择承办单位。", "unit")
    same = _same_instruction(actor, about, place, text.strip())
    if same is not None:
        return same
    instruction = Instruction.objects.create(
        indicator=indicator,
        task=task,
        place=place,
        figure=figure,
        text=text.strip(),
        written_by=actor.user_id,
        leader=actor.label,
        written_at=calendar.now(),
        region=about.region,
    )
    publish("instruction.written", instruction_id=instruction.id)
    for unit in units:
        if unit is not None:
            open_order(actor, instruction, title, unit)
    audit.record(actor, "instruction.write", f"instruction:{instruction.id}", region=instruction.region)
    return instruction


def _same_instruction(actor: Actor, about: Indicator | Task, place: int, text: str) -> Instruction | None:
    """The same words about the same figure on the same day are a second click: they start nothing twice."""
    take_turn(f"instruction:{actor.user_id}")
    about_it = {"indicator": about} if isinstance(about, Indicator) else {"task": about}
    written = Instruction.objects.filter(written_by=actor.user_id, place=place, text=text, **about_it)
    return written.filter(written_at__date=calendar.today()).first()


def open_order(
    actor: Actor, instruction: Instruction | None, title: str, unit: Unit, *, demand: str = "", cause: str = ""
) -> SupervisionOrder:
    now = calendar.now()
    prefix = f"DB{now.year}-"
    take_turn(prefix)
    with entered(Scope.system()):  # numbers count on over the whole city, whoever may see the orders
        last = SupervisionOrder.objects.filter(number__startswith=prefix).order_by("-id").first()
    order = SupervisionOrder(
        number=f"{prefix}{int(last.number.rsplit('-', 1)[1]) + 1 if last else 1:04d}",
        instruction=instruction,
        title=title,
        cause=cause,
        started_by="" if instruction else actor.label,
        demand=instruction.text if instruction else demand,
        unit_code=unit.code,
        unit_id=unit.id,
        opened_at=now,
        region=unit.region,
    )
    return workflow.begin(order, "supervision", actor=actor)


@transaction.atomic
def reply_to_order(actor: Actor, *, order: SupervisionOrder, text: str) -> SupervisionOrder:
    """Answer an order for the unit it was given to."""
    require(actor, "supervision.reply", order)
    if not offices.acts_for_unit(actor, "supervision.reply", order.unit_id):
        raise NotAllowed("督办单由承办单位的人员回复。")
    if not text.strip():
        raise Refused("请写明核查情况和下一步措施。", "text")
    order = workflow.advance(order, "reply", actor=actor, reason=text.strip())
    order.reply, order.replied_by, order.replied_at = text.strip(), actor.label, calendar.now()
    order.save(update_fields=["reply", "replied_by", "replied_at"])
    audit.record(actor, "supervision.reply", f"supervision:{order.id}", region=order.region)
    return order


@transaction.atomic
def judge_reply(actor: Actor, *, order: SupervisionOrder, accepted: bool, reason: str = "") -> SupervisionOrder:
    """Close an order, or send its answer back with what is missing; the clock starts anew."""
    require(actor, "supervision.handle", order)
    order = workflow.advance(order, "accept_reply" if accepted else "reject_reply", actor=actor, reason=reason)
    audit.record(actor, "supervision.judge", f"supervision:{order.id}", region=order.region)
    return order
