"""Addresses of 规则台: measures and their rules, a draft in its builder, from there to a release."""

from __future__ import annotations

from collections.abc import Callable

from guiyan.policies.models import RuleProposal
from tests.access.doors import NOONE, Door, Values
from tests.access.people import POLICY, RULE_APPROVER
from tests.access.world import World
from tests.policies.stage import SUBSIDY

RULES = frozenset({POLICY, RULE_APPROVER})
WRITES, APPROVES = frozenset({POLICY}), frozenset({RULE_APPROVER})


def rule(state: str, **more: object) -> Callable[[World], Values]:
    return lambda world: {"proposal_id": RuleProposal.objects.get(state=state).pk, **more}


def measure(world: World) -> Values:
    return {"measure_id": SUBSIDY}


def seen(world: World) -> Values:
    """What the form of the draft was drawn from."""
    return {"seen": RuleProposal.objects.get(state="draft").version, "title": "一次性创业补贴", "do": "save"}


def nothing_seen(world: World) -> Values:
    return {"seen": RuleProposal.objects.get(state="proposed").version}


def step(name: str, state: str, whose: frozenset[str], body: Callable[[World], Values]) -> Door:
    return Door(f"rules:{name}", whose, whose, rule(state), body)


DOORS = [
    Door("rules:list", RULES),
    Door("rules:new", WRITES, WRITES, body=lambda world: {"title": "示例新措施", "pattern": SUBSIDY, "kind": "person"}),
    Door("rules:measure", RULES, at=measure),
    Door("rules:change", NOONE, WRITES, at=measure),
    Door("rules:proposal", RULES, at=rule("draft")),
    Door("rules:proposal", RULES, at=rule("proposed"), what="proposed"),
    Door("rules:edit", WRITES, WRITES, rule("draft"), seen),
    Door("rules:text", RULES, at=rule("draft")),
    Door("rules:download", RULES, at=rule("draft", which="measure")),
    Door("rules:facts", NOONE, WRITES, rule("draft")),
    step("propose", "draft", WRITES, seen),
    step("withdraw", "draft", WRITES, seen),
    step("approve", "proposed", APPROVES, nothing_seen),
    step("return", "proposed", APPROVES, lambda world: {"reason": "请核对年龄"}),
]
