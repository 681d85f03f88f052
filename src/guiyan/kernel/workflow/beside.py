"""What is done beside the way of an object: 转办, 加签, 催办. The state stays, clocks go on, the log says it.

Like the gate: the row is locked in the actor's own scope, the flow is asked, and everything is one transaction.
Whether the post may do it at all, and the audit, are the calling action's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from guiyan.kernel import calendar, failpoints
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.decide_acts import act_refusal
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.kernel.workflow.flows import Ref, flow_of, ref_of
from guiyan.kernel.workflow.gate import beaten, lock, open_step, write_log
from guiyan.kernel.workflow.models import Flowed, Handled, OpinionRow, StepRow
from guiyan.kernel.workflow.position import is_holder, is_owner, position_of
from guiyan.packs.flow_acts import CONSULT, HAND_STEP, NOTE, OPINION, TRANSFER, UNASK, URGE, ActName


@transaction.atomic
def hand_over(
    obj: Handled, *, actor: Actor, to_unit: int, to_label: str, to_user: int | None = None, reason: str
) -> None:
    """转办: the present stage is in that officer's hands now, or in those of whoever of that unit may act."""
    ref, state = permitted(obj, "transfer", actor, reason)
    with entered(Scope.system()):
        if (obj.handler_id, obj.handler_unit_id) == (to_user, to_unit):
            raise StepRefused(f"这件已经在{to_label}手里，不用再转。", code="already_there")
        obj.handler_id, obj.handler_unit_id, obj.handler_label = to_user, to_unit, to_label
        obj.save_from_gate(update_fields=["handler_id", "handler_unit_id", "handler_label"])
        write_log(obj, ref, actor, TRANSFER, f"{label_of(obj, 'transfer')}给{to_label}", state, reason=reason)


@transaction.atomic
def hand_step(obj: Flowed, step: str, *, actor: Actor, to_unit: int, to_label: str, reason: str) -> StepRow:
    """转办 of one parallel step to another unit: its day stays what it was."""
    if open_step(ref_of(obj), step, None) is None:
        raise StepRefused("这一项已经办完，或者不在办理中。", code="no_such_step")
    with entered(Scope.system()):
        state, ref = lock(obj), ref_of(obj)
        row = open_step(ref, step, None)
        if row is None:
            raise StepRefused("这一项刚刚已经由别人办完。", code="no_such_step")
        row.unit_id = to_unit
        row.save(update_fields=["unit_id"])
        obj.state = state
        write_log(obj, ref, actor, HAND_STEP, f"{row.label}：转给{to_label}", state, reason=reason)
    return row


@transaction.atomic
def ask_opinion(
    obj: Flowed,
    *,
    actor: Actor,
    to_unit: int,
    to_label: str,
    to_user: int | None = None,
    title: str,
    question: str,
    due_on: dt.date,
    required: bool,
    shown: Sequence[Mapping[str, str]] = (),
) -> OpinionRow:
    """加签: ask for an opinion beside the stage. While a required one is out, the verbs the flow names wait."""
    ref, state = permitted(obj, "consult", actor, question)
    if due_on < calendar.today():
        raise StepRefused("回复期限不能早于今天。", code="due")
    with entered(Scope.system()):
        asked = OpinionRow.objects.filter(**ref.key(), state="open", unit_id=to_unit, asked_user_id=to_user)
        if asked.exists():
            raise StepRefused(f"已经请{to_label}加签，正在等回复，不用再请。", code="asked")
        row = OpinionRow.objects.create(
            **ref.key(),
            **{**ref.wall(), "unit_id": to_unit},
            asked_user_id=to_user,
            asked_label=to_label,
            stage=flow_of(obj).stage_of(state) or "",
            title=title,
            question=question.strip(),
            shown=list(shown),
            required=required,
            due_on=due_on,
            asked_at=calendar.now(),
            asked_by_id=actor.user_id,
            asked_by_label=actor.label,
        )
        kind = label_of(obj, "consult")
        write_log(obj, ref, actor, CONSULT, f"请{to_label}{kind}", state, reason=question)
    return row


@transaction.atomic
def answer_opinion(obj: Flowed, row: OpinionRow, *, actor: Actor, agrees: bool, answer: str) -> OpinionRow:
    """Give the opinion asked for. Who was asked may do so even if the object belongs to another unit."""
    answer = answer.strip()
    if not answer:
        raise StepRefused("请写明意见。", code="reason_needed")
    with entered(Scope.system()):
        state, ref = lock(obj), ref_of(obj)
        mine = still_open(row)
        if is_owner(ref, actor):
            raise StepRefused("这是您本人的事项，不能由您加签，请由其他同事办理。", code="own_case")
        settle(mine, actor, "agree" if agrees else "against", answer)
        obj.state = state
        words = "同意" if agrees else "不同意"
        write_log(obj, ref, actor, OPINION, f"{mine.asked_label}加签：{words}", state, reason=answer)
    return mine


@transaction.atomic
def drop_opinion(obj: Flowed, row: OpinionRow, *, actor: Actor) -> OpinionRow:
    """Take a question back that is not answered yet."""
    state = lock(obj)
    with entered(Scope.system()):
        mine, ref = still_open(row), ref_of(obj)
        settle(mine, actor, "dropped", "")
        obj.state = state
        write_log(obj, ref, actor, UNASK, f"撤回对{mine.asked_label}的加签", state)
    return mine


@transaction.atomic
def urge(obj: Flowed, *, actor: Actor, words: str = "", on_behalf: str = "") -> int:
    """催办, once a working day whoever does it; how often it was urged by now."""
    ref, state = permitted(obj, "urge", actor, words)
    with entered(Scope.system()):
        write_log(obj, ref, actor, URGE, label_of(obj, "urge"), state, reason=words, on_behalf=on_behalf)
        return sum(entry.verb == URGE for entry in position_of(ref, state, obj).log)


@transaction.atomic
def note(obj: Flowed, label: str, *, actor: Actor, reason: str = "") -> None:
    """Say in the log what happened to the object without moving it: given back by an ended delegation."""
    state, ref = lock(obj), ref_of(obj)
    obj.state = state
    with entered(Scope.system()):
        write_log(obj, ref, actor, NOTE, label, state, reason=reason)


def permitted(obj: Flowed, name: ActName, actor: Actor, reason: str) -> tuple[Ref, str]:
    """Lock, ask the flow, and raise the reason if it says no. Gives the reference and the state as it is now."""
    flow, state, ref = flow_of(obj), lock(obj), ref_of(obj)
    failpoints.hit("locked")
    with entered(Scope.system()):
        position = position_of(ref, state, obj)
        no = act_refusal(
            flow,
            name,
            position,
            is_owner=is_owner(ref, actor),
            is_holder=is_holder(obj, actor),
            today=calendar.today(),
            reason=reason,
            calendar=calendar.calendar(),
        )
    if no is not None:
        raise beaten(flow, obj, state, no, position.log[-1].label if position.log else "")
    obj.state = state
    return ref, state


def still_open(row: OpinionRow) -> OpinionRow:
    mine = OpinionRow.objects.select_for_update().filter(pk=row.pk).first()
    if mine is None:
        raise NotFound
    if mine.state != "open":
        who = f"已由{mine.done_by_label}回复" if mine.done_by_label and mine.state != "dropped" else "已经不用回复"
        raise StepRefused(f"这份加签{who}。", code="answered")
    return mine


def settle(row: OpinionRow, actor: Actor, state: str, answer: str) -> None:
    row.state, row.answer, row.done_at = state, answer, calendar.now()
    row.done_by_id, row.done_by_label = actor.user_id, actor.label
    row.save(update_fields=["state", "answer", "done_at", "done_by_id", "done_by_label"])


def label_of(obj: Flowed, act: ActName) -> str:
    return flow_of(obj).acts[act].label
