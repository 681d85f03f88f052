"""May this verb be done now? Pure: the same answer for rows in the database and for examples in a pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from guiyan.kernel.workflow.errors import StepRefused
from guiyan.packs.flow import BEGIN, Flow, Guard, Verb

Person = int | str | None
Holds = Callable[[str, Mapping[str, object]], bool | None]


@dataclass(frozen=True)
class Entry:
    """What the log says of one step: the verb and who did it."""

    verb: str
    person: Person
    label: str = ""


@dataclass(frozen=True)
class Position:
    """Where an object stands: its state, what was done, when clocks end (None: standing still), how its steps are."""

    state: str
    log: Sequence[Entry] = ()
    ends: Mapping[str, dt.date | None] = field(default_factory=dict)
    steps_open: int = 0
    steps_failed: int = 0


def refusal(
    flow: Flow,
    name: str,
    position: Position,
    *,
    person: Person,
    is_owner: bool,
    today: dt.date,
    reason: str,
    facts: Mapping[str, object] | None,
    holds: Holds,
) -> StepRefused | None:
    """Why the verb may not be done, in words for people; None if it may. `facts` None: guards are not looked at yet."""
    verb = flow.verbs[name]
    return (
        wrong_state(flow, verb, position)
        or done_before(verb, name, position)
        or own_case(verb, is_owner)
        or same_person(flow, verb, position, person)
        or too_early(flow, verb, position, today)
        or unfinished_steps(flow, name, position)
        or reason_missing(verb, reason)
        or guards_fail(verb.guards, position, facts, holds)
    )


def wrong_state(flow: Flow, verb: Verb, position: Position) -> StepRefused | None:
    if position.state in verb.source:
        return None
    now = flow.states[position.state].label
    allowed = "、".join(f"“{flow.states[state].label}”" for state in verb.source)
    return StepRefused(f"现在是“{now}”，不能{verb.label}；{verb.label}只能在{allowed}时进行。", code="wrong_state")


def done_before(verb: Verb, name: str, position: Position) -> StepRefused | None:
    if not verb.once or all(entry.verb != name for entry in position.log):
        return None
    return StepRefused(f"{verb.label}只能进行一次，已经用过了。", code="already_done")


def own_case(verb: Verb, is_owner: bool) -> StepRefused | None:
    if verb.permission is None or not is_owner:
        return None
    return StepRefused(f"这是您本人的事项，不能由您{verb.label}，请由其他同事办理。", code="own_case")


def same_person(flow: Flow, verb: Verb, position: Position, person: Person) -> StepRefused | None:
    """Whoever did the other verb the last time it was done is the one who may not do this."""
    if person is None:
        return None
    for other in verb.other_person_than:
        last = next((entry for entry in reversed(position.log) if entry.verb == other), None)
        if last is not None and last.person == person:
            done = flow.begin_label if other == BEGIN else flow.verbs[other].label
            return StepRefused(f"这件由您{done}，按审办分离的要求，{verb.label}必须由另一人办理。", code="same_person")
    return None


def too_early(flow: Flow, verb: Verb, position: Position, today: dt.date) -> StepRefused | None:
    if verb.after_clock is None:
        return None
    label, end = flow.clocks[verb.after_clock].label, position.ends.get(verb.after_clock)
    if end is None:
        return StepRefused(f"{label}期还没有开始或已暂停，不能{verb.label}。", code="too_early")
    if today <= end:
        return StepRefused(f"{label}期到{end:%Y年%-m月%-d日}为止，期满后才能{verb.label}。", code="too_early")
    return None


def unfinished_steps(flow: Flow, name: str, position: Position) -> StepRefused | None:
    if position.steps_open and any(group.finish == name for group in flow.groups.values()):
        return StepRefused(f"还有{position.steps_open}项没有完成，不能{flow.verbs[name].label}。", code="steps_open")
    return None


def reason_missing(verb: Verb, reason: str) -> StepRefused | None:
    if verb.reason != "required" or reason.strip():
        return None
    return StepRefused(f"请写明{verb.label}的理由。", code="reason_needed")


def guards_fail(
    guards: Sequence[Guard], position: Position, facts: Mapping[str, object] | None, holds: Holds
) -> StepRefused | None:
    if facts is None:
        return None
    known = {**facts, "steps_open": position.steps_open, "steps_failed": position.steps_failed}
    for guard in guards:
        answer = holds(guard.when, known)
        if answer is None:
            return StepRefused(f"办理条件还不清楚，不能继续：{guard.otherwise}", code="fact_missing")
        if not answer:
            return StepRefused(guard.otherwise, code="guard")
    return None
