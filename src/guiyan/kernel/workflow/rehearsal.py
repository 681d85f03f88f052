"""Playing the examples of a flow: events in, states and lights of clocks out, without a database.

The same decisions and the same arithmetic as the gate; only the rows are kept in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from guiyan.kernel.calendar.working import WorkingCalendar
from guiyan.kernel.workflow.clockwork import ClockRun, Pause, due_on, view
from guiyan.kernel.workflow.decide import Entry, Position, refusal
from guiyan.kernel.workflow.decide_acts import act_refusal
from guiyan.kernel.workflow.errors import StepRefused
from guiyan.kernel.workflow.guards import holder
from guiyan.packs.flow import BEGIN, Effect, Example, ExampleEvent, Flow
from guiyan.packs.flow_acts import OPINION
from guiyan.packs.flow_facts import guard_catalogue

SYSTEM = "系统"
FIRST = "申请人"  # who begins, in every example


@dataclass
class Rehearsal:
    """One object in memory."""

    flow: Flow
    calendar: WorkingCalendar
    state: str
    log: list[Entry] = field(default_factory=list)
    clocks: dict[str, ClockRun] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)  # what the round before the last one found
    holder: str = ""
    asked: list[str] = field(default_factory=list)
    urged_on: dt.date | None = None

    def position(self) -> Position:
        return Position(
            state=self.state,
            log=self.log,
            ends={name: due_on(run, self.calendar) for name, run in self.clocks.items()},
            steps_open=sum(state == "open" for state in self.steps.values()),
            steps_failed=sum(state == "failed" for state in self.steps.values()),
            holder=self.holder,
            opinions_open=len(self.asked),
            urged_on=self.urged_on,
        )

    def is_holder(self, persons: frozenset[str]) -> bool:
        return not self.holder or self.holder in persons

    def do(self, verb: str, event: ExampleEvent, person: str, facts: Mapping[str, object]) -> StepRefused | None:
        persons = people_of(person, event)
        no = refusal(
            self.flow,
            verb,
            self.position(),
            persons=frozenset(persons),
            is_owner=FIRST in persons,
            is_holder=self.is_holder(persons),
            today=event.on,
            reason=event.reason,
            facts=facts,
            holds=holder(self.flow),
        )
        if no is None:
            before, self.state = self.state, self.flow.verbs[verb].to
            if self.flow.stage_of(before) != self.flow.stage_of(self.state):
                self.holder, self.asked = "", []
            self.log.append(Entry(verb, frozenset(persons), person))
            self.apply(self.flow.verbs[verb].effects, event.on, event)
        return no

    def beside(self, event: ExampleEvent) -> StepRefused | None:
        return self.act(event) if event.act else self.finish(event)

    def act(self, event: ExampleEvent) -> StepRefused | None:
        assert event.act is not None
        if event.act == "answer":
            if event.by not in self.asked:
                return StepRefused("没有等这个人回复的意见。", code="no_such_opinion")
            self.asked.remove(event.by)
            self.log.append(Entry(OPINION, frozenset({event.by}), event.by))
            return None
        persons = people_of(event.by, event)
        no = act_refusal(
            self.flow,
            event.act,
            self.position(),
            is_owner=FIRST in persons,
            is_holder=self.is_holder(persons),
            today=event.on,
            reason=event.reason,
            calendar=self.calendar,
        )
        if no is None:
            self.log.append(Entry(event.act, frozenset(persons), event.by))
            if event.act == "transfer":
                self.holder = event.to
            elif event.act == "consult":
                self.asked.append(event.to)
            else:
                self.urged_on = event.on
        return no

    def apply(self, effects: Iterable[Effect], today: dt.date, event: ExampleEvent | None = None) -> None:
        for effect in effects:
            run = self.clocks.get(effect.what)
            running = run is not None and run.stopped_on is None
            if effect.do == "start_clock":
                clock = self.flow.clocks[effect.what]
                self.clocks[effect.what] = ClockRun(
                    effect.what, clock.label, today, clock.days, clock.day_kind, clock.warn_days
                )
            elif effect.do == "continue_clock" and run is not None:
                self.clocks[effect.what] = replace(run, stopped_on=None)
            elif effect.do in ("stop_clock", "pause_clock", "resume_clock") and run is not None and running:
                self.clocks[effect.what] = changed(run, effect.do, today, event.reason if event else "")
            elif effect.do == "open_steps":
                named = (event.steps if event else ()) or tuple(self.flow.groups[effect.what].steps) or self.steps
                self.before = dict(self.steps)
                self.steps.update(dict.fromkeys(named, "open"))
            elif effect.do == "close_steps":
                kept = {
                    name: self.before[name] if state == "open" else state
                    for name, state in self.steps.items()
                    if state != "open" or name in self.before
                }
                self.steps = kept

    def finish(self, event: ExampleEvent) -> StepRefused | None:
        assert event.step is not None
        if self.steps.get(event.step) != "open":
            return StepRefused("这一项已经办完，或者不在办理中。", code="no_such_step")
        self.steps[event.step] = event.result
        if "open" not in self.steps.values():
            for group in self.flow.groups.values():
                if self.state in self.flow.verbs[group.finish].source:
                    return self.do(group.finish, event, SYSTEM, {})
        return None


def people_of(person: str, event: ExampleEvent) -> frozenset[str]:
    return frozenset({person, event.instead_of} - {"", SYSTEM})


def changed(run: ClockRun, do: str, today: dt.date, reason: str) -> ClockRun:
    if do == "pause_clock" and run.standing is None:
        return replace(run, pauses=[*run.pauses, Pause(today, None, reason)])
    pauses = [replace(pause, resumed_on=pause.resumed_on or today) for pause in run.pauses]
    return replace(run, pauses=pauses, stopped_on=today if do == "stop_clock" else None)


def rehearse(flow: Flow, example: Example, calendar: WorkingCalendar) -> Iterator[str]:
    """What goes otherwise than the example says; nothing if it runs as told."""
    told = Rehearsal(flow, calendar, flow.initial, [Entry(BEGIN, frozenset({FIRST}), FIRST)])
    told.apply(flow.on_begin, example.events[0].on)
    for number, event in enumerate(example.events, start=1):
        facts = guard_catalogue(flow).read_texts(event.facts)
        no = told.do(event.do, event, event.by, facts) if event.do else told.beside(event)
        yield from (f"{example.title}: event {number}: {fault}" for fault in differences(told, event, no))


def differences(told: Rehearsal, event: ExampleEvent, no: StepRefused | None) -> Iterator[str]:
    if (no.code if no else None) != event.refused:
        yield f"expected {event.refused or 'no refusal'}, got {f'{no.code}: {no.message}' if no else 'none'}"
    if event.then is not None and told.state != event.then:
        yield f"expected the state {event.then}, got {told.state}"
    for name, words in event.clocks.items():
        run = told.clocks.get(name)
        shown = view(run, event.on, told.calendar).words if run else "未开始"
        if shown != words:
            yield f"expected clock {name} to say {words}, it says {shown}"
