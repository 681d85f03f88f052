"""The gate: the only writer of a state.

Each change locks the row, asks the flow whether the verb is allowed now, writes the log, sets the state, applies the
effects (clocks, steps, events), all in the caller's transaction. Permission and audit are the calling action's.
The row is locked in the actor's own scope, so that nobody moves what they may not see; what follows from the verb is
the system's doing and may touch rows of other units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction

from guiyan.kernel import calendar, failpoints, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.decide import refusal
from guiyan.kernel.workflow.effects import Setting, StepSpec, apply_all
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.kernel.workflow.flows import Ref, flow_in, flow_of, object_type_of, ref_of
from guiyan.kernel.workflow.guards import holder
from guiyan.kernel.workflow.models import Flowed, Handled, OpinionRow, StepRow, WorkflowLog
from guiyan.kernel.workflow.position import is_holder, is_owner, latest_steps, position_of
from guiyan.packs.flow import BEGIN, Flow

F = TypeVar("F", bound=Flowed)


@transaction.atomic
def begin(obj: F, flow: str, *, actor: Actor, verb: str = BEGIN, on_behalf: str = "", release: int | None = None) -> F:
    """Put a new object on a flow of the release in force, in its first state, and save it.

    verb: how the log calls this, where starting is an act of its own (`prepare` a batch).
    release: another than that in force, for an object made from others that are pinned to it.
    """
    if obj.pk is not None:
        raise ValueError(f"{obj._meta.label} {obj.pk} is on a flow already")
    obj.release = releases.current_id() if release is None else release
    declared = flow_in(obj.release, flow)
    if declared.object != object_type_of(type(obj)):
        raise ValueError(f"flow {flow} is for a {declared.object}, not for {obj._meta.label}")
    obj.flow, obj.state, obj.state_since = flow, declared.initial, calendar.now()
    obj.save_from_gate()
    ref = ref_of(obj)
    label = declared.verbs[verb].label if verb in declared.verbs else declared.begin_label
    with entered(Scope.system()):
        write_log(obj, ref, actor, verb, label, "", on_behalf=on_behalf)
        apply_all(declared.on_begin, Setting(declared, ref, ""))
    return obj


@transaction.atomic
def advance(
    obj: F,
    verb: str,
    *,
    actor: Actor,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
    steps: Sequence[StepSpec] = (),
    limits: Mapping[str, int] | None = None,
    on_behalf: str = "",
) -> F:
    """Do `verb` to the object, or raise Refused with the reason in plain words. Gives the object in its new state.

    Saves only the flow's own columns: save your own fields before. facts: for the guards.
    steps: the parallel steps to open, where the verb opens some. limits: days of clocks the verb starts, where the item
    and not the flow sets them. on_behalf: for whom, when the actor acts with a mandate or as a stand-in (代岗).
    """
    declared = flow_of(obj)
    if verb not in declared.verbs:
        raise ValueError(f"flow {declared.id} has no verb {verb}; it has {', '.join(sorted(declared.verbs))}")
    state = lock(obj)
    failpoints.hit("locked")
    ref = ref_of(obj)
    with entered(Scope.system()):
        position = position_of(ref, state, obj)
        no = refusal(
            declared,
            verb,
            position,
            persons=frozenset(actor.persons),
            is_owner=is_owner(ref, actor),
            is_holder=is_holder(obj, actor),
            today=calendar.today(),
            reason=reason,
            facts=facts or {},
            holds=holder(declared),
        )
        if no is not None:
            raise beaten(declared, obj, state, no, position.log[-1].label if position.log else "")
        write_state(obj, declared.verbs[verb].to)
        if declared.stage_of(state) != declared.stage_of(obj.state):
            end_stage(obj, ref)
        write_log(obj, ref, actor, verb, declared.verbs[verb].label, state, reason=reason, on_behalf=on_behalf)
        apply_all(declared.verbs[verb].effects, Setting(declared, ref, reason, steps, limits))
    failpoints.hit("posted")
    return obj


@transaction.atomic
def finish_step(
    obj: F,
    step: str,
    *,
    actor: Actor,
    result: str,
    said: str = "",
    note: str = "",
    group: str | None = None,
    on_behalf: str = "",
) -> F:
    """Record that a parallel step is done (`passed` or `failed`); after the last one the flow goes on by itself.

    said: what the result is called where the step was answered; empty: 通过 or 未通过.

    Who may see the step may finish it, even if the object itself belongs to another unit.
    """
    if result not in ("passed", "failed"):
        raise ValueError(f"a step ends passed or failed, not {result}")
    if open_step(ref_of(obj), step, group) is None:
        raise StepRefused("这一项已经办完，或者不在办理中。", code="no_such_step")
    with entered(Scope.system()):
        state, ref = lock(obj), ref_of(obj)
        row = open_step(ref, step, group)
        if row is None:
            raise StepRefused("这一项刚刚已经由别人办完。", code="no_such_step")
        row.state, row.done_at = result, calendar.now()
        row.actor_id, row.actor_label, row.note = actor.user_id, actor.label, note.strip()
        row.save(update_fields=["state", "done_at", "actor_id", "actor_label", "note"])
        obj.state = state
        label = f"{row.label}：{said or ('通过' if result == 'passed' else '未通过')}"
        write_log(obj, ref, actor, f"{row.group}.{row.step}", label, state, reason=note, on_behalf=on_behalf)
        declared = flow_of(obj)
        finish = declared.groups[row.group].finish
        waiting = any(other.state == "open" for other in latest_steps(ref) if other.group == row.group)
        if not waiting and state in declared.verbs[finish].source:
            advance(obj, finish, actor=SYSTEM)
    return obj


def lock(obj: Flowed) -> str:
    """Hold the object's row and give its state as it is now; who has it in hand is read afresh."""
    held = ("handler_id", "handler_unit_id", "handler_label") if isinstance(obj, Handled) else ()
    rows = type(obj)._base_manager.select_for_update(of=("self",)).filter(pk=obj.pk)
    row = rows.values("state", *held).first()
    if row is None:
        raise NotFound
    for name in held:
        setattr(obj, name, row[name])
    return str(row["state"])


def end_stage(obj: Flowed, ref: Ref) -> None:
    """The next stage is again anybody's of the post, and opinions asked for this one are no longer waited for."""
    OpinionRow.objects.filter(**ref.key(), state="open").update(
        state="dropped", done_at=calendar.now(), answer="这一步已经办完，不用再回复。"
    )
    if isinstance(obj, Handled) and (obj.handler_id or obj.handler_unit_id):
        obj.handler_id, obj.handler_unit_id, obj.handler_label = None, None, ""
        obj.save_from_gate(update_fields=["handler_id", "handler_unit_id", "handler_label"])


def beaten(flow: Flow, obj: Flowed, state: str, no: StepRefused, by: str) -> StepRefused:
    """Somebody else was faster: say who, instead of what the state now forbids."""
    if no.code != "wrong_state" or state == obj.state:
        return no
    now = flow.states[state].label
    return StepRefused(f"这件刚刚已由{by or '别人'}办理，现在是“{now}”。请刷新页面再看。", code="wrong_state")


def open_step(ref: Ref, step: str, group: str | None) -> StepRow | None:
    rows = StepRow.objects.filter(**ref.key(), step=step, state="open")
    return rows.filter(group=group).first() if group else rows.first()


def write_state(obj: Flowed, state: str) -> None:
    obj.state, obj.state_since = state, calendar.now()
    obj.save_from_gate(update_fields=["state", "state_since"])


def write_log(
    obj: Flowed, ref: Ref, actor: Actor, verb: str, label: str, before: str, *, reason: str = "", on_behalf: str = ""
) -> None:
    WorkflowLog.objects.create(
        **ref.key(),
        **ref.wall(),
        flow=obj.flow,
        release=obj.release,
        verb=verb,
        label=label,
        from_state=before,
        to_state=obj.state,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_label=actor.label,
        for_id=actor.stands_in_for,
        on_behalf=on_behalf,
        reason=reason.strip(),
        at=calendar.now(),
    )
