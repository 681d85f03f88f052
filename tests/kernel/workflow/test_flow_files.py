"""Flows as files: what is wrong is said with the path into the file, and what is right runs."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiyan.packs.flow import Flow
from guiyan.packs.flow_check import Path as ProblemPath
from guiyan.packs.flow_file import read_flow, template_names

ROOT = Path(__file__).parents[3]
FLOWS = sorted((ROOT / "cities/xianning/flows").glob("*.yaml"))
SMALL: dict[str, Any] = {
    "id": "small",
    "title": "小流程",
    "object": "document",
    "initial": "open",
    "states": {"open": {"label": "在办"}, "done": {"label": "办结", "final": "true"}},
    "clocks": {"work": {"label": "办理", "days": "5"}},
    "verbs": {"finish": {"label": "办结", "from": "open", "to": "done", "effects": [{"stop_clock": "work"}]}},
    "on_begin": [{"start_clock": "work"}],
    "stages": {"work": {"label": "办理", "states": ["open"], "clock": "work"}},
}


def raw(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
    return found


def faults(**changes: object) -> dict[ProblemPath, str]:
    """What is wrong with the small flow after setting values by their dotted paths."""
    flow = deepcopy(SMALL)
    for path, value in changes.items():
        *way, last = path.split("__")
        place = flow
        for name in way:
            place = place.setdefault(name, {})
        place[last] = value
    return {problem.path: problem.message for problem in read_flow(flow)[1]}


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_the_flows_of_the_city_have_no_fault(path: Path) -> None:
    flow, problems = read_flow(raw(path))
    assert problems == []
    assert flow is not None and flow.id == path.stem


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_stored_with_a_release_reads_back_the_same(path: Path) -> None:
    flow, _ = read_flow(raw(path))
    assert flow is not None
    assert Flow.model_validate_json(flow.model_dump_json(by_alias=True)) == flow


def test_every_template_is_used_by_the_city() -> None:
    assert {raw(path)["template"] for path in FLOWS} == set(template_names())


def test_the_small_flow_is_right() -> None:
    assert faults() == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"initial": "opne"}, ("initial",), "unknown state `opne`. Did you mean open?"),
        ({"verbs__finish__to": "dome"}, ("verbs", "finish", "to"), "Did you mean done?"),
        ({"states__lost": {"label": "失踪"}}, ("states", "lost"), "no verb leads to state `lost`"),
        (
            {"states__stuck": {"label": "卡住"}, "verbs__halt": {"label": "卡", "from": "open", "to": "stuck"}},
            ("states", "stuck"),
            "dead end",
        ),
        ({"states__done": {"label": "办结"}}, ("states",), "no state is final"),
        (
            {"verbs__finish__effects": [{"publish": "case.payed"}]},
            ("verbs", "finish", "effects", 0, "publish"),
            "Did you mean case.paid?",
        ),
        ({"on_begin": [{"start_clock": "wrk"}]}, ("on_begin", 0, "start_clock"), "Did you mean work?"),
        ({"on_begin": []}, ("clocks", "work"), "never started"),
        ({"verbs__finish__other_person_than": "finsh"}, ("verbs", "finish", "other_person_than", 0), "finish?"),
        ({"verbs__finish__after_clock": "wok"}, ("verbs", "finish", "after_clock"), "Did you mean work?"),
        (
            {"verbs__finish__guards": [{"when": "papers = 0", "otherwise": "还缺"}]},
            ("verbs", "finish", "guards", 0, "when"),
            "papers",
        ),
        ({"stages__work__states": ["open", "opn"]}, ("stages", "work", "states", 1), "Did you mean open?"),
        (
            {"groups__side": {"label": "并联", "finish": "finish"}},
            ("groups", "side", "finish"),
            "must be automatic",
        ),
        (
            {"examples": [{"title": "一", "events": [{"on": "2026-06-08", "by": "a", "do": "finis"}]}]},
            ("examples", 0, "events", 0, "do"),
            "Did you mean finish?",
        ),
    ],
)
def test_a_fault_is_named_where_it_stands(changes: dict[str, object], path: ProblemPath, words: str) -> None:
    assert words in faults(**changes)[path]


def test_a_misspelt_effect_is_refused() -> None:
    found = faults(verbs__finish__effects=[{"stop_cloock": "work"}])
    assert any(path[:4] == ("verbs", "finish", "effects", 0) for path in found)


def test_a_template_asks_for_each_limit_and_for_no_other() -> None:
    city = raw(ROOT / "cities/xianning/flows/supervision.yaml")
    _, missing = read_flow({**city, "limits": {}})
    assert "`reply`" in missing[0].message
    _, extra = read_flow({**city, "limits": {**city["limits"], "repli": {"days": "3"}}})
    assert "Did you mean reply?" in extra[0].message
    _, unknown = read_flow({**city, "template": "supervison"})
    assert "Did you mean supervision?" in unknown[0].message


def test_limits_say_that_they_are_the_city_s_own() -> None:
    flow, _ = read_flow(raw(ROOT / "cities/xianning/flows/subsidy-case.yaml"))
    assert flow is not None
    assert {name: clock.days for name, clock in flow.clocks.items()} == {
        "acceptance": 3,
        "checks": 5,
        "promise": 15,
        "notice": 5,
        "payment": 3,
    }
    assert all("本市设定" in clock.note for clock in flow.clocks.values())
