"""A flow drawn by itself: the chart of the application (申请流程图) and the table of all its verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.packs.flow import Clock, Flow, Stage


@dataclass(frozen=True)
class Branch:
    title: str
    who: str


@dataclass(frozen=True)
class ChartStep:
    """One box for `{% flow_chart %}`."""

    title: str
    who: str
    limit: str
    branches: tuple[Branch, ...]
    returns: str


@dataclass(frozen=True)
class Row:
    """One verb in words: from which states, to which, by whom, with which conditions."""

    verb: str
    sources: str
    to: str
    permission: str
    conditions: str


def chart(flow: Flow, *, branches: Sequence[Branch] = ()) -> list[ChartStep]:
    """The stages in order. branches: the parallel steps, where an item and not the flow names them."""
    return [chart_step(flow, name, stage, branches) for name, stage in flow.stages.items()]


def chart_step(flow: Flow, name: str, stage: Stage, branches: Sequence[Branch]) -> ChartStep:
    own = (
        [Branch(step.label, step.unit_kind) for step in flow.groups[stage.group].steps.values()] if stage.group else []
    )
    return ChartStep(
        title=stage.label,
        who=stage.who,
        limit=stage_limit(flow, name, stage.clock) if stage.clock else "",
        branches=tuple(own or branches) if stage.group else (),
        returns="；".join(ways_back(flow, name)),
    )


def stage_limit(flow: Flow, name: str, clock: str) -> str:
    """The limit under the box; of a clock that began stages before: 受理后合计15个工作日."""
    words = limit_words(flow.clocks[clock])
    starts = [
        verb
        for verb in flow.verbs.values()
        if any(one.do == "start_clock" and one.what == clock for one in verb.effects)
    ]
    own = not starts or any(flow.stage_of(verb.to) == name for verb in starts)
    return words if own else f"{starts[0].label}后合计{words}"


def limit_words(clock: Clock) -> str:
    return f"{clock.days}个{'工作日' if clock.day_kind == 'working' else '自然日'}"


def ways_back(flow: Flow, name: str) -> list[str]:
    """Verbs from this stage into an earlier one, or to a state outside the chart."""
    order = list(flow.stages)
    found: list[str] = []
    for verb in flow.verbs.values():
        if not set(verb.source) & set(flow.stages[name].states):
            continue
        target = flow.stage_of(verb.to)
        if target is None:
            found.append(verb.label)
        elif order.index(target) < order.index(name):
            names_it = verb.undoes or flow.stages[target].label in verb.label
            found.append(f"可{verb.label}" if names_it else f"{verb.label}，回到{flow.stages[target].label}")
    return found


def table(flow: Flow) -> list[Row]:
    """Every verb with its conditions, for implementers and for the printed page."""
    rows: list[Row] = []
    for verb in flow.verbs.values():
        others = "、".join(flow.verbs[name].label for name in verb.other_person_than if name in flow.verbs)
        conditions = [f"与{others}不是同一人"] if others else []
        conditions += ["只能一次"] if verb.once else []
        conditions += [f"{flow.clocks[verb.after_clock].label}期满"] if verb.after_clock else []
        conditions += [guard.reads or guard.otherwise for guard in verb.guards]
        sources = "、".join(flow.states[state].label for state in verb.source)
        who = "系统" if verb.automatic else verb.permission or "申请人"
        rows.append(Row(verb.label, sources, flow.states[verb.to].label, who, "；".join(conditions)))
    return rows
