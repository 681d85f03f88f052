"""What can be wrong with a flow that its types allow: unknown names, states nobody reaches or leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from guiyan.engine.rules import RuleError, facts_in
from guiyan.packs.flow import BEGIN, EVENTS, Effect, Flow, Verb
from guiyan.packs.flow_acts import BESIDE
from guiyan.packs.flow_facts import OWN_FACTS, guard_catalogue

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """`path` leads into the YAML of the flow (`("verbs", "accept", "to")`), so that a loader can name the line."""

    path: Path
    message: str


def problems(flow: Flow) -> list[Problem]:
    """Every fault of the flow; an empty list means it may run."""
    found = [*unknown_names(flow), *double_ways(flow), *stage_faults(flow), *guard_faults(flow), *act_faults(flow)]
    # Reachability over unknown names would only repeat the same fault in other words.
    return found or [
        *unreachable_states(flow),
        *dead_ends(flow),
        *clock_faults(flow),
        *way_back_faults(flow),
        *example_faults(flow),
    ]


def unknown(path: Path, kind: str, name: str, known: Collection[str]) -> Problem:
    close = get_close_matches(name, list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return Problem(path, f"unknown {kind} `{name}`.{hint} Known: {', '.join(sorted(known)) or 'none'}")


def unknown_names(flow: Flow) -> Iterator[Problem]:
    if flow.initial not in flow.states:
        yield unknown(("initial",), "state", flow.initial, flow.states)
    for name, verb in flow.verbs.items():
        yield from unknown_in_verb(flow, name, verb)
    for place, effect in enumerate(flow.on_begin):
        yield from unknown_in_effect(flow, ("on_begin", place), effect)
    for name, group in flow.groups.items():
        if group.finish not in flow.verbs:
            yield unknown(("groups", name, "finish"), "verb", group.finish, flow.verbs)
        elif not flow.verbs[group.finish].automatic:
            yield Problem(("groups", name, "finish"), f"`{group.finish}` ends parallel steps, so it must be automatic")


def unknown_in_verb(flow: Flow, name: str, verb: Verb) -> Iterator[Problem]:
    here: Path = ("verbs", name)
    for place, state in enumerate(verb.source):
        if state not in flow.states:
            yield unknown((*here, "from", place), "state", state, flow.states)
    if verb.to not in flow.states:
        yield unknown((*here, "to"), "state", verb.to, flow.states)
    for place, other in enumerate(verb.other_person_than):
        if other not in {BEGIN, *flow.verbs}:
            yield unknown((*here, "other_person_than", place), "verb", other, {BEGIN, *flow.verbs})
    if verb.undoes is not None and verb.undoes not in flow.verbs:
        yield unknown((*here, "undoes"), "verb", verb.undoes, flow.verbs)
    if verb.after_clock is not None and verb.after_clock not in flow.clocks:
        yield unknown((*here, "after_clock"), "clock", verb.after_clock, flow.clocks)
    for place, effect in enumerate(verb.effects):
        yield from unknown_in_effect(flow, (*here, "effects", place), effect)


def unknown_in_effect(flow: Flow, here: Path, effect: Effect) -> Iterator[Problem]:
    kind, known = {
        "publish": ("event", EVENTS),
        "open_steps": ("group of steps", flow.groups.keys()),
        "close_steps": ("group of steps", flow.groups.keys()),
    }.get(effect.do, ("clock", flow.clocks.keys()))
    if effect.what not in known:
        yield unknown((*here, effect.do), kind, effect.what, known)


def double_ways(flow: Flow) -> Iterator[Problem]:
    for name, verb in flow.verbs.items():
        if not verb.source:
            yield Problem(("verbs", name, "from"), f"verb `{name}` starts from no state")
        for place, state in enumerate(verb.source):
            if state in verb.source[:place]:
                yield Problem(("verbs", name, "from", place), f"state `{state}` is listed twice")
        for state in verb.source:
            if state in flow.states and flow.states[state].final and state == verb.to:
                yield Problem(("verbs", name, "to"), f"verb `{name}` leaves the final state `{state}` where it is")


def stage_faults(flow: Flow) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, stage in flow.stages.items():
        for place, state in enumerate(stage.states):
            path: Path = ("stages", name, "states", place)
            if state not in flow.states:
                yield unknown(path, "state", state, flow.states)
            elif state in seen:
                yield Problem(path, f"state `{state}` is in stage `{seen[state]}` already")
            seen[state] = name
        if stage.clock is not None and stage.clock not in flow.clocks:
            yield unknown(("stages", name, "clock"), "clock", stage.clock, flow.clocks)
        if stage.group is not None and stage.group not in flow.groups:
            yield unknown(("stages", name, "group"), "group of steps", stage.group, flow.groups)


def guard_faults(flow: Flow) -> Iterator[Problem]:
    for own in OWN_FACTS.keys() & flow.facts.keys():
        yield Problem(("facts", own), f"`{own}` is known by the gate itself; give the flow's fact another name")
    catalogue = guard_catalogue(flow)
    for name, verb in flow.verbs.items():
        for place, guard in enumerate(verb.guards):
            try:
                facts_in(guard.when, catalogue)
            except RuleError as error:
                yield Problem(("verbs", name, "guards", place, "when"), str(error))


def act_faults(flow: Flow) -> Iterator[Problem]:
    for name in BESIDE & flow.verbs.keys():
        yield Problem(("verbs", name), f"`{name}` is how the log calls what moves nothing; give the verb another name")
    for name, act in flow.acts.items():
        for place, state in enumerate(act.states):
            if state not in flow.states:
                yield unknown(("acts", name, "states", place), "state", state, flow.states)
        for place, verb in enumerate(act.holds):
            if verb not in flow.verbs:
                yield unknown(("acts", name, "holds", place), "verb", verb, flow.verbs)
        if act.holds and name != "consult":
            yield Problem(("acts", name, "holds"), "only `consult` holds verbs up")
    for name, clock in flow.clocks.items():
        if clock.group is not None and clock.group not in flow.groups:
            yield unknown(("clocks", name, "group"), "group of steps", clock.group, flow.groups)


def way_back_faults(flow: Flow) -> Iterator[Problem]:
    """撤回 leads where the verb came from; 退回 leads to an earlier stage and says why."""
    order = list(flow.stages)
    for name, verb in flow.verbs.items():
        if verb.undoes is not None:
            undone = flow.verbs[verb.undoes]
            if verb.to not in undone.source or verb.source != (undone.to,):
                yield Problem(("verbs", name, "undoes"), f"`{name}` must lead from `{undone.to}` to where it came from")
            if undone.permission is None or verb.permission != undone.permission:
                yield Problem(("verbs", name, "permission"), f"`{name}` needs the permission of `{verb.undoes}`")
        if verb.back:
            to, here = flow.stage_of(verb.to), {flow.stage_of(state) for state in verb.source}
            if verb.reason != "required":
                yield Problem(("verbs", name, "reason"), f"`{name}` leads back, so its reason is required")
            if to is None or None in here or any(order.index(to) >= order.index(one) for one in here if one):
                yield Problem(("verbs", name, "to"), f"`{name}` leads back, so it must lead to an earlier stage")


def spread(start: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        fresh = set(following(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def unreachable_states(flow: Flow) -> Iterator[Problem]:
    for state in flow.states.keys() - reached(flow):
        yield Problem(("states", state), f"no verb leads to state `{state}` from `{flow.initial}`")


def reached(flow: Flow) -> set[str]:
    return spread([flow.initial], lambda state: (flow.verbs[verb].to for verb in flow.verbs_from(state)))


def dead_ends(flow: Flow) -> Iterator[Problem]:
    def before(state: str) -> Iterable[str]:
        return (source for verb in flow.verbs.values() if verb.to == state for source in verb.source)

    ends = [name for name, state in flow.states.items() if state.final]
    if not ends:
        yield Problem(("states",), "no state is final, so nothing ever ends")
        return
    for state in reached(flow) - spread(ends, before):
        yield Problem(("states", state), f"dead end: no way leads from state `{state}` to a final state")


def clock_faults(flow: Flow) -> Iterator[Problem]:
    started = {effect.what for effect in flow.effects() if effect.do == "start_clock"}
    for name in flow.clocks:
        if name not in started:
            yield Problem(("clocks", name), f"clock `{name}` is never started by a verb")
    opened = {effect.what for effect in flow.effects() if effect.do == "open_steps"}
    for name in flow.groups:
        if name not in opened:
            yield Problem(("groups", name), f"the steps of `{name}` are never opened by a verb")


def example_faults(flow: Flow) -> Iterator[Problem]:
    for number, example in enumerate(flow.examples):
        for place, event in enumerate(example.events):
            here: Path = ("examples", number, "events", place)
            if event.do is not None and event.do not in flow.verbs:
                yield unknown((*here, "do"), "verb", event.do, flow.verbs)
            if event.then is not None and event.then not in flow.states:
                yield unknown((*here, "then"), "state", event.then, flow.states)
            for clock in event.clocks:
                if clock not in flow.clocks:
                    yield unknown((*here, "clocks", clock), "clock", clock, flow.clocks)
