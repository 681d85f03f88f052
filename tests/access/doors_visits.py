"""Addresses of survey rounds, household visits and the totals by source."""

from __future__ import annotations

import json

from guiyan.registers.models import SurveyRound, SurveyVisit
from tests.access.doors import NOONE, Door, Values
from tests.access.people import ACCEPTOR, ELSEWHERE, HELPER, LEADER, POLICY, REGISTER_READERS, VILLAGER
from tests.access.world import World
from tests.registers.factories import DAFAN
from tests.registers.surveyed import answered

LOOKERS, RUNNERS = frozenset({ACCEPTOR, POLICY, LEADER}), frozenset({ACCEPTOR, POLICY})
VISITORS = frozenset({HELPER, VILLAGER})
READERS = REGISTER_READERS | {ELSEWHERE}
CHONGYANG = 421223000000


def survey(world: World) -> Values:
    return {"survey": "wish"}


def open_round(world: World) -> Values:
    return {"round_id": SurveyRound.objects.get(closed_at=None).pk}


def a_new_round(world: World) -> Values:
    return {"title": "示例轮", "region": CHONGYANG, "from_on": "2026-06-17", "to_on": "2026-07-16"}


def away(world: World) -> Values:
    return {"register": "away"}


def one_record(world: World) -> Values:
    visit = SurveyVisit.objects.select_related("round").get(round__closed_at=None, standing="due")
    return {"records": json.dumps([answered(visit.round, visit.subject_id)])}


DOORS = (
    Door("surveys:list", LOOKERS | {ELSEWHERE}),
    Door("surveys:new", RUNNERS | {ELSEWHERE}, RUNNERS | {ELSEWHERE}, survey, a_new_round),
    Door("surveys:page", LOOKERS, at=open_round, local=True),
    Door("surveys:page", LOOKERS, at=open_round, local=True, query=f"region={DAFAN}", what="town"),
    Door("surveys:people", LOOKERS, at=open_round, local=True, query="state=due"),
    Door("surveys:change", LOOKERS, at=open_round, local=True, query="field=has_wish"),
    Door("surveys:change-sheet", LOOKERS, at=open_round, local=True),
    Door("surveys:sheet", LOOKERS, at=open_round, local=True),
    Door("surveys:remind", NOONE, RUNNERS, open_round, lambda world: {"region": DAFAN}, local=True),
    Door("surveys:close", NOONE, RUNNERS, open_round, local=True),
    Door("visits:shell", VISITORS),
    Door("visits:worker", VISITORS),
    Door("visits:hello", VISITORS),
    Door("visits:due", VISITORS),
    Door("visits:send", NOONE, VISITORS, body=one_record),
    Door("registers:reconcile", READERS, at=away),
    Door("registers:reconcile", REGISTER_READERS, at=away, query=f"region={DAFAN}", what="town", local=True),
    Door("registers:reconcile-people", READERS, at=away, query="only=labour&conflict=0"),
    Door("registers:reconcile-sheet", READERS, at=away),
)
