"""Addresses of 政策找人: runs at the desk, and a resident's messages of policies."""

from __future__ import annotations

from collections.abc import Callable

from guiyan.outreach.models import MatchRun, Message
from tests.access.doors import NOONE, Door, Values
from tests.access.people import OUTREACH, POLICY, PUSH_APPROVER, RESIDENTS, SIGNED_IN
from tests.access.world import World
from tests.cases import people

RUNS, APPROVES = frozenset({POLICY}), frozenset({PUSH_APPROVER})
OWN = frozenset({"liuchunyan"})
LOAN = "guarantee-loan-person"


def run(state: str) -> Callable[[World], Values]:
    return lambda world: {"run_id": MatchRun.objects.get(state=state).pk}


def new(world: World) -> Values:
    return {
        "kind": "person",
        "measures": [LOAN],
        "area": people.TOWN,
        "day": "2026-06-17",
        "title": "示例匹配",
        "do": "start",
    }


def step(state: str, verb: str, senders: frozenset[str]) -> Door:
    return Door(
        "outreach:step",
        NOONE,
        senders,
        lambda world: {**run(state)(world), "verb": verb},
        lambda world: {"reason": "请核对"},
        f"{verb} of {state}",
        local=True,
    )


def message(world: World) -> Values:
    return {"message_id": Message.objects.get(subject_id=world.cases["own"].subject_id).pk}


DOORS = [
    Door("outreach:list", OUTREACH),
    Door("outreach:new", RUNS, RUNS, body=new),
    Door("outreach:page", OUTREACH, at=run("computed"), local=True),
    Door("outreach:page", OUTREACH, at=run("sent"), what="sent", local=True),
    Door("outreach:funnel", OUTREACH, at=run("sent"), local=True),
    Door("outreach:people", OUTREACH, at=run("sent"), query="step=told", local=True),
    Door("outreach:sheet", OUTREACH, at=run("sent"), local=True),
    step("running", "retry", RUNS),
    step("computed", "propose", RUNS),
    step("proposed", "approve", APPROVES),
    step("proposed", "send-back", APPROVES),
    step("approved", "send", RUNS),
    step("approved", "stop", RUNS),
    Door("portal:policy-messages", SIGNED_IN),
    Door(
        "portal:policy-message",
        OWN,
        at=message,
        reading_writes=frozenset({"outreach_message"}),
        local=True,
    ),
    Door(
        "portal:policy-answer",
        NOONE,
        OWN,
        lambda world: {**message(world), "measure": LOAN},
        lambda world: {"answer": "declines"},
        local=True,
    ),
    Door("portal:message-settings", RESIDENTS, RESIDENTS, body=lambda world: {"in_app": "on"}),
]
