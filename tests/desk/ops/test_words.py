"""What the system pages call things: every action the program records has a Chinese name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiyan.desk.ops.words import EVENTS, action_words, argument_words, target_words
from guiyan.packs import flow

SOURCE = Path(__file__).parents[3] / "src/guiyan"
RECORDED = re.compile(r"""audit\.record\(\s*[\w.]+,\s*"([a-z_.]+)["']""")


def recorded() -> set[str]:
    return {found for path in SOURCE.rglob("*.py") for found in RECORDED.findall(path.read_text())}


def test_every_event_has_a_name() -> None:
    assert set(EVENTS) == set(flow.EVENTS)


def test_every_recorded_action_has_a_name() -> None:
    assert {action for action in recorded() if action_words(action, {}) == action} == set()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("case.accept", "受理"),
        ("register.record:returnee", "登记信息"),
        ("read:register.returnee.entry", "查看名录"),
        ("read:indicator:7", "查看指标来源"),
        ("read:odd", "查看 odd"),
        ("odd.thing", "odd.thing"),
    ],
)
def test_actions_read_as_people_say_them(action: str, words: str) -> None:
    assert action_words(action, {"case.accept": "受理"}) == words


def test_ids_are_named() -> None:
    assert argument_words({"case_id": 12, "period": "2026-06"}) == "办件 12，period 2026-06"
    assert target_words("batch:7") == "批次 7"
