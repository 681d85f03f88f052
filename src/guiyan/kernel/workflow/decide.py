"""May this verb be done now? Pure: the same answer for rows in the database and for examples in a pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from guiyan.kernel.workflow.errors import StepRefused
from guiyan.packs.flow import BEGIN, Flow, Guard, Verb
from guiyan.packs.flow_acts import URGE

Person = int | str
Holds = Callable[[str, Mapping[str, object]], bool | None]


@dataclass(frozen=True)
class Entry:
    """What the log says of one step: the verb and who did it; a deputy's step is done by two persons."""

    verb: str
    persons: frozenset[Person]
    label: str = ""


@dataclass(frozen=True)
class Position:
    """Where an object stands: its state, what was done, when clocks end (None: standing still), how its steps are.

    holder: to whom it was handed over (转办), empty when it is anybody's of the post.
    opinions_open: required opinions (加签) not given yet. urged_on: the last day somebody urged.
    """

    state: str
    log: Sequence[Entry] = ()
    ends: Mapping[str, dt.date | None] = field(default_factory=dict)
    steps_open: int = 0
    steps_failed: int = 0
    holder: str = ""
    opinions_open: int = 0
    urged_on: dt.date | None = None


def refusal(
    flow: Flow,
    name: str,
    position: Position,
    *,
    persons: frozenset[Person],
    is_owner: bool,
    today: dt.date,
    reason: str,
    facts: Mapping[str, object] | None,
    holds: Holds,
    is_holder: bool = True,
) -> StepRefused | None:
    """Why the verb may not be done, in words for people; None if it may. `facts` None: guards are not looked at yet.

    persons: who does it, a deputy with the one he stands in for; nobody for the system.
    """
    verb = flow.verbs[name]
    return (
        wrong_state(flow, verb, position)
        or done_before(verb, name, position)
        or own_case(verb, is_owner)
        or same_person(flow, verb, position, persons)
        or not_the_last(flow, verb, position, persons)
        or not_held(verb, position, is_holder)
        or opinion_out(flow, name, position)
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


def same_person(flow: Flow, verb: Verb, position: Position, persons: frozenset[Person]) -> StepRefused | None:
    """Whoever did the other verb the last time it was done is the one who may not do this; nor may their deputy."""
    for other in verb.other_person_than:
        last = next((entry for entry in reversed(position.log) if entry.verb == other), None)
        if last is not None and not persons.isdisjoint(last.persons):
            done = flow.begin_label if other == BEGIN else flow.verbs[other].label
            return StepRefused(f"这件由您{done}，按审办分离的要求，{verb.label}必须由另一人办理。", code="same_person")
    return None


def not_the_last(flow: Flow, verb: Verb, position: Position, persons: frozenset[Person]) -> StepRefused | None:
    """撤回: only by whoever did it, and only while nothing but urging has happened since."""
    if verb.undoes is None:
        return None
    label = flow.verbs[verb.undoes].label
    done = [entry for entry in position.log if entry.verb != URGE]
    if not done or done[-1].verb != verb.undoes:
        return StepRefused(f"“{label}”以后已经有人接着办了，不能撤回。", code="not_last")
    if persons.isdisjoint(done[-1].persons):
        return StepRefused(f"“{label}”由{done[-1].label or '别人'}办理，只能由本人撤回。", code="not_yours")
    return None


def not_held(verb: Verb, position: Position, is_holder: bool) -> StepRefused | None:
    """What was handed over is done by whoever has it now."""
    if is_holder or verb.permission is None or verb.undoes is not None or verb.automatic:
        return None
    return StepRefused(f"这件已转给{position.holder}办理。需要您办的，请先转回来。", code="not_holder")


def opinion_out(flow: Flow, name: str, position: Position) -> StepRefused | None:
    consult = flow.acts.get("consult")
    if consult is None or not position.opinions_open or name not in consult.holds:
        return None
    words = f"还有{position.opinions_open}份加签意见没有回复，不能{flow.verbs[name].label}。请等回复，或者撤回加签。"
    return StepRefused(words, code="opinions_open")


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
