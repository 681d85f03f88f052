"""What a verb sets off: the closed list of effects, each on the rows of one object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiyan.kernel import calendar, outbox
from guiyan.kernel.calendar.working import WorkingCalendar
from guiyan.kernel.workflow.clockrows import run_of
from guiyan.kernel.workflow.clockwork import due_on
from guiyan.kernel.workflow.flows import Ref
from guiyan.kernel.workflow.models import ClockPause, ClockRow, StepRow
from guiyan.packs.flow import Effect, Flow


@dataclass(frozen=True)
class StepSpec:
    """A parallel step to open: which unit does it, in how many working days."""

    id: str
    label: str
    unit_id: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Setting:
    """The object and what the caller gave with the verb. limits: days of a clock, where an item sets its own."""

    flow: Flow
    ref: Ref
    reason: str
    steps: Sequence[StepSpec] = ()
    limits: Mapping[str, int] | None = None


def apply_all(effects: Iterable[Effect], setting: Setting) -> None:
    verbs = {
        "start_clock": start_clock,
        "stop_clock": stop_clock,
        "pause_clock": pause_clock,
        "resume_clock": resume_clock,
        "continue_clock": continue_clock,
        "open_steps": open_steps,
        "close_steps": close_steps,
        "publish": publish,
    }
    for effect in effects:
        verbs[effect.do](effect.what, setting)


def start_clock(name: str, setting: Setting) -> None:
    """A clock that runs already is stopped first: this is a new run, with its own row."""
    stop_clock(name, setting)
    clock, today = setting.flow.clocks[name], calendar.today()
    days = (setting.limits or {}).get(name, clock.days)
    rounds = ClockRow.objects.filter(**setting.ref.key(), clock=name).count()
    ClockRow.objects.create(
        **setting.ref.key(),
        **setting.ref.wall(),
        clock=name,
        label=clock.label,
        round=rounds + 1,
        started_on=today,
        days=days,
        day_kind=clock.day_kind,
        warn_days=clock.warn_days,
        due_on=working().add(today, days, clock.day_kind),
    )


def stop_clock(name: str, setting: Setting) -> None:
    """A clock that does not run is left alone: verbs from several states stop whatever still runs."""
    row = running(name, setting)
    if row is None:
        return
    end_pause(row)
    row.stopped_on = calendar.today()
    row.save(update_fields=["stopped_on", "due_on"])


def pause_clock(name: str, setting: Setting) -> None:
    row = running(name, setting)
    if row is None or row.due_on is None:
        return
    ClockPause.objects.create(
        clock=row, paused_on=calendar.today(), reason=setting.reason.strip(), **setting.ref.wall()
    )
    row.due_on = None
    row.save(update_fields=["due_on"])


def resume_clock(name: str, setting: Setting) -> None:
    row = running(name, setting)
    if row is not None and end_pause(row):
        row.save(update_fields=["due_on"])


def continue_clock(name: str, setting: Setting) -> None:
    """What was taken back never stopped it: the last run goes on as if it had run all the time."""
    if running(name, setting) is None:
        last = ClockRow.objects.filter(**setting.ref.key(), clock=name).order_by("-round").first()
        if last is not None:
            last.stopped_on = None
            last.save(update_fields=["stopped_on"])


def end_pause(row: ClockRow) -> bool:
    """Close the open pause and move the end by the days it stood; whether there was one."""
    if not row.pauses.filter(resumed_on=None).update(resumed_on=calendar.today()):
        return False
    row.due_on = due_on(run_of(row, row.pauses.order_by("id")), working())
    return True


def running(name: str, setting: Setting) -> ClockRow | None:
    return ClockRow.objects.filter(**setting.ref.key(), clock=name, stopped_on=None).first()


def open_steps(group: str, setting: Setting) -> None:
    """Open the caller's steps, else the flow's own, else those of the round before."""
    mine = StepRow.objects.filter(**setting.ref.key(), group=group)
    last = mine.order_by("-round").values_list("round", flat=True).first() or 0
    specs = setting.steps or declared_steps(setting.flow, group) or earlier_steps(mine.filter(round=last))
    if not specs:
        raise ValueError(f"{setting.ref.object_type}: nobody named the steps of `{group}`")
    today, at = calendar.today(), calendar.now()
    StepRow.objects.bulk_create(
        StepRow(
            **setting.ref.key(),
            **{**setting.ref.wall(), "unit_id": spec.unit_id or setting.ref.unit_id},
            group=group,
            step=spec.id,
            label=spec.label,
            round=last + 1,
            state="open",
            due_on=working().add_working_days(today, spec.days) if spec.days else None,
            opened_at=at,
        )
        for spec in specs
    )


def declared_steps(flow: Flow, group: str) -> list[StepSpec]:
    return [StepSpec(name, step.label, None, step.days) for name, step in flow.groups[group].steps.items()]


def earlier_steps(rows: Iterable[StepRow]) -> list[StepSpec]:
    return [StepSpec(row.step, row.label, row.unit_id) for row in rows]


def close_steps(group: str, setting: Setting) -> None:
    """Nobody needs to do what is still open."""
    StepRow.objects.filter(**setting.ref.key(), group=group, state="open").update(
        state="dropped", done_at=calendar.now()
    )


def publish(event: str, setting: Setting) -> None:
    outbox.publish(event, **{f"{setting.ref.object_type}_id": setting.ref.object_id})


def working() -> WorkingCalendar:
    return calendar.calendar()
