"""May this be done beside the way (转办, 加签, 催办)? Pure, as `decide` is for verbs."""

from __future__ import annotations

import datetime as dt

from guiyan.kernel.calendar.working import CalendarYearMissing, WorkingCalendar
from guiyan.kernel.workflow.decide import Position
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.packs.flow import Flow
from guiyan.packs.flow_acts import Act, ActName


def act_refusal(
    flow: Flow,
    name: ActName,
    position: Position,
    *,
    is_owner: bool,
    is_holder: bool,
    today: dt.date,
    reason: str,
    calendar: WorkingCalendar,
) -> StepRefused | None:
    """Why the act may not be done now, in words for people; None if it may."""
    act = flow.acts.get(name)
    if act is None:
        return StepRefused("这个事项的流程里没有这一步。", code="wrong_state")
    if position.state not in act.states:
        now = flow.states[position.state].label
        return StepRefused(f"现在是“{now}”，不能{act.label}。", code="wrong_state")
    if name == "urge":
        return urged_today(act, position, today, calendar)
    return (
        own_affair(act, is_owner)
        or (held_by_other(act, position) if name == "consult" and not is_holder else None)
        or (None if reason.strip() else StepRefused(f"请写明{act.label}的理由。", code="reason_needed"))
    )


def own_affair(act: Act, is_owner: bool) -> StepRefused | None:
    if not is_owner:
        return None
    return StepRefused(f"这是您本人的事项，不能由您{act.label}，请由其他同事办理。", code="own_case")


def held_by_other(act: Act, position: Position) -> StepRefused:
    return StepRefused(f"这件已转给{position.holder}办理，由{position.holder}{act.label}。", code="not_holder")


def urged_today(act: Act, position: Position, today: dt.date, calendar: WorkingCalendar) -> StepRefused | None:
    """Once a working day, whoever urges: over a weekend Friday's counts until Monday."""
    if position.urged_on is None or working_days(position.urged_on, today, calendar) >= 1:
        return None
    return StepRefused(
        f"今天已经{act.label}过了，每个工作日只能{act.label}一次，下个工作日可以再催。", code="urged_today"
    )


def working_days(start: dt.date, end: dt.date, calendar: WorkingCalendar) -> int:
    """Working days after `start` up to `end`; plain days where nobody has entered the year's holidays."""
    try:
        return calendar.working_days_between(start, end)
    except CalendarYearMissing:
        return (end - start).days
