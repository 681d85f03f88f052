"""The examples of every flow run as they are told, and an example that lies is caught."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guiyan.kernel.workflow.rehearsal import rehearse
from guiyan.packs.flow import Example, Flow
from guiyan.packs.flow_file import read_flow
from tests.kernel.calendar.test_working_days import CALENDAR

FILES = sorted((Path(__file__).parents[3] / "cities").glob("*/flows/*.yaml"))


def flow_in(path: Path) -> Flow:
    flow, problems = read_flow(yaml.load(path.read_text(), Loader=yaml.BaseLoader))
    assert flow is not None and problems == []
    return flow


CASES = [
    pytest.param(flow, example, id=f"{flow.id}: {example.title}")
    for flow in map(flow_in, FILES)
    for example in flow.examples
]


@pytest.mark.parametrize(("flow", "example"), CASES)
def test_an_example_runs_as_told(flow: Flow, example: Example) -> None:
    assert list(rehearse(flow, example, CALENDAR)) == []


@pytest.mark.parametrize("flow", [flow_in(path) for path in FILES], ids=lambda flow: flow.id)
def test_every_flow_has_examples_that_end(flow: Flow) -> None:
    ends = {event.then for example in flow.examples for event in example.events if event.then}
    assert any(flow.states[state].final for state in ends)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"then": "signed"}, "expected the state signed, got submitted"),
        ({"refused": "guard"}, "expected guard, got none"),
        ({"clocks": {"acceptance": "剩1天"}}, "expected clock acceptance to say 剩1天, it says 正常"),
        ({"facts": {"materials_missing": 2}}, "expected no refusal, got guard"),
    ],
)
def test_an_example_that_lies_is_caught(changes: dict[str, object], words: str) -> None:
    flow = next(flow for flow in map(flow_in, FILES) if flow.id == "subsidy-case")
    event = {"on": "2026-06-08", "by": "申请人", "do": "submit", "facts": {"materials_missing": 0}, **changes}
    example = Example.model_validate({"title": "谎", "events": [event]})
    assert any(words in fault for fault in rehearse(flow, example, CALENDAR))
