"""What the system pages call things: every action the program records has a Chinese name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from guiyan.desk.ops.words import EVENTS, NOUNS, action_words, argument_words, choices_of, several_of, verbs_of
from guiyan.packs import flow
from guiyan.packs.pack import Pack

SOURCE = Path(__file__).parents[3] / "src/guiyan"
DOTTED = re.compile(r"[a-z]+\.[a-z_]+")


def recordings(tree: ast.Module) -> list[ast.expr]:
    """The second argument, the action, of every `audit.record(…)` of a module."""
    return [
        node.args[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "record"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "audit"
    ]


def recorded() -> set[str]:
    """Every action that is written out; where a variable is given, every literal of that module that looks like one."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        given = recordings(tree)
        found |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        if any(isinstance(one, ast.Name) for one in given):
            literals = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            found |= {one for one in literals if isinstance(one, str) and DOTTED.fullmatch(one)}
    return found


def test_every_event_has_a_name() -> None:
    assert set(EVENTS) == set(flow.EVENTS)


def test_every_recorded_action_has_a_name() -> None:
    assert {"account.demo_switch", "batch.prepare", "register.undo"} <= recorded()
    assert {action for action in recorded() if action_words(action, {}) == action} == set()


def test_every_verb_of_a_flow_has_a_name_and_stands_in_the_list_once(pack: Pack) -> None:
    verbs = verbs_of(pack.flows)
    assert all(action_words(action, verbs) != action for action in verbs)
    words = [one for one, _ in choices_of(verbs)]
    assert len(words) == len(set(words)) and {"受理", "登录", "查看名录"} <= set(words)


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


def test_things_are_named_or_counted_and_never_shown_by_id() -> None:
    names = {"case:12": "周龙涛，XN421224-2026-000001", "batch:1": "第1批"}
    paid = {"line_id": 7, "case_ref": "case:12", "batch_ref": "batch:1"}
    assert argument_words(paid, names) == "周龙涛，XN421224-2026-000001，第1批"
    assert argument_words(paid, {}) == "付款"
    changed = {"register": "returnee", "subject_id": 1846}
    assert argument_words(changed, {}, {"returnee": "返乡人员名录"}) == "返乡人员名录，1人"
    assert argument_words({"count": 3, "on": "2026-06-08"}, {}) == "6月8日，共3个"
    assert (several_of("subject", 20), several_of("case", 3), several_of("subject", 2, "家")) == (
        "20人",
        "3件办件",
        "2家",
    )
    assert "subject" in NOUNS
