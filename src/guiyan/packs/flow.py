"""Flows as data: states, verbs, clocks, parallel steps, and what a verb sets off.

A verb is the only way from state to state. Effects are a closed list; guards are rule expressions over declared facts.
`flow_check` finds what types allow and sense does not; `flow_file` reads a file, with or without a template.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from guiyan.packs.flow_acts import Act, ActName

FlowObject = Literal[
    "case",
    "batch",
    "supervision",
    "objection",
    "document",
    "split",
    "figure",
    "match",
    "rule",
    "arrival",
    "data_request",
]
# fmt: off
EffectVerb = Literal[
    "start_clock", "stop_clock", "pause_clock", "resume_clock", "continue_clock", "open_steps", "close_steps", "publish"
]
# fmt: on
DayKind = Literal["working", "calendar"]
FactType = Literal["bool", "int", "text", "date", "code"]

BEGIN = "begin"  # how the log calls the start of an object; not a verb anyone does later

# Every event a flow may publish; the receivers are in code, so a flow can't invent one.
# fmt: off
EVENTS = frozenset(
    {
        "document.imported", "document.expired",
        "plan.published", "measure.confirmed", "case.submitted", "case.accepted",
        "case.checked", "case.reviewed", "case.refused", "case.recognised",
        "case.paid", "case.returned", "case.recovered",
        "batch.signed", "notice.published", "notice.closed", "objection.filed", "objection.decided",
        "loan.paid_out", "loan.settled", "loan.reopened",
        "payment.requested", "payment.file_written", "payment.paid", "payment.returned", "payment.recovered",
        "subject.changed", "service.recorded", "answer.replied", "indicator.computed", "instruction.written",
        "supervision.opened", "supervision.replied", "clock.moved", "rule.approved", "data.asked", "data.answered",
    }
)
# fmt: on


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class State(Frozen):
    label: str  # what staff read
    public: str = ""  # what the applicant reads, when it differs
    final: bool = False  # the object may rest here for good

    def shown_to_applicant(self) -> str:
        return self.public or self.label


class Effect(Frozen):
    """One consequence of a verb: written in packs as `start_clock: promise`."""

    do: EffectVerb
    what: str

    @model_validator(mode="before")
    @classmethod
    def from_pair(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) == 1 and "do" not in value:
            ((do, what),) = value.items()
            return {"do": do, "what": what}
        return value


class Guard(Frozen):
    """`when` must hold over the facts given with the verb; `otherwise` is told to people when it does not.

    reads: the condition as it reads in a table of the flow (必交的材料已交齐).
    """

    when: str
    reads: str = ""
    otherwise: str


class Verb(Frozen):
    label: str  # a verb on a button: 受理, 退回补正
    source: tuple[str, ...] = Field(alias="from")
    to: str
    permission: str | None = None  # what the actor needs; None: by the applicant or by the system
    automatic: bool = False  # never offered to people
    other_person_than: tuple[str, ...] = ()  # 审办分离: whoever did one of these (`begin`: started it) may not
    reason: Literal["required", "optional", "none"] = "optional"
    once: bool = False  # at most once in the life of the object (一次性告知补正)
    after_clock: str | None = None  # not before this clock has run out (公示期满)
    undoes: str | None = None  # 撤回: by whoever did that verb, while nobody has done anything since
    back: bool = False  # 退回: to an earlier stage, with the reason
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()

    @field_validator("source", "other_person_than", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class Clock(Frozen):
    label: str
    days: int = Field(ge=1, le=3660)
    day_kind: DayKind = "working"
    note: str = ""  # where the limit comes from; empty only when a clause states it
    warn_days: int = Field(default=1, ge=0)  # how many days before the end the light turns amber
    head_after: int | None = Field(default=None, ge=1)  # working days late until the unit's head sees it
    supervision_after: int | None = Field(default=None, ge=1)  # and until the supervision office sees it
    group: str | None = None  # lateness is told of each step of this group by its own day, not of the whole


class Step(Frozen):
    label: str
    unit_kind: str = ""
    days: int | None = Field(default=None, ge=1)


class Group(Frozen):
    """Parallel steps (并联): `finish` is done by the system when every step is done. The caller may name the steps."""

    label: str
    finish: str
    steps: dict[str, Step] = Field(default_factory=dict)


class Stage(Frozen):
    """One box of the chart: what people call a part of the flow, over one or more states."""

    label: str
    done: str = ""  # how the applicant reads it once it is over: 您提交了申请
    states: tuple[str, ...]
    who: str = ""
    clock: str | None = None
    group: str | None = None


class FlowFact(Frozen):
    label: str
    type: FactType
    values: tuple[str, ...] = ()  # for codes


class ExampleEvent(Frozen):
    """One thing that happens and what it must lead to: a verb, the end of a step, or an act beside the way.

    to: who gets it or is asked (转办, 加签). instead_of: whose deputy does it (代岗).
    """

    on: dt.date
    by: str
    do: str | None = None
    step: str | None = None
    act: ActName | Literal["answer"] | None = None
    to: str = ""
    instead_of: str = ""
    result: Literal["passed", "failed"] = "passed"
    reason: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    steps: tuple[str, ...] = ()
    refused: str | None = None  # the code of the refusal expected
    then: str | None = None  # the state expected
    clocks: dict[str, str] = Field(default_factory=dict)  # clock → words of its light

    @model_validator(mode="after")
    def does_one_thing(self) -> ExampleEvent:
        if sum(one is not None for one in (self.do, self.step, self.act)) != 1:
            raise ValueError("an event has either `do` (a verb), `step` (a step that ends) or `act` (beside the way)")
        return self


class Example(Frozen):
    title: str
    events: tuple[ExampleEvent, ...] = Field(min_length=1)


class Flow(Frozen):
    id: str
    title: str
    object: FlowObject
    initial: str
    states: dict[str, State]
    verbs: dict[str, Verb]
    clocks: dict[str, Clock] = Field(default_factory=dict)
    groups: dict[str, Group] = Field(default_factory=dict)
    stages: dict[str, Stage] = Field(default_factory=dict)
    facts: dict[str, FlowFact] = Field(default_factory=dict)
    acts: dict[ActName, Act] = Field(default_factory=dict)
    begin_label: str = "建立"  # how the log calls the start
    on_begin: tuple[Effect, ...] = ()  # what the start of the object sets off
    examples: tuple[Example, ...] = ()
    template: str = ""

    def effects(self) -> Iterator[Effect]:
        yield from self.on_begin
        for verb in self.verbs.values():
            yield from verb.effects

    def verbs_from(self, state: str) -> list[str]:
        return [name for name, verb in self.verbs.items() if state in verb.source]

    def stage_of(self, state: str) -> str | None:
        return next((name for name, stage in self.stages.items() if state in stage.states), None)
