"""Addresses of one's own data, of requests about it, of what is blocked, and of who looked."""

from __future__ import annotations

from guiyan.registers.models import Block, DataCopy, DataRequest
from tests.access.doors import NOONE, Door, Values
from tests.access.people import ACCEPTOR, AUDITOR, ELSEWHERE, OPERATOR, POLICY, RESIDENTS, REVIEWER
from tests.access.world import World

OWN = frozenset({"liuchunyan"})
ANSWERING = frozenset({ACCEPTOR, POLICY})
SEEING = frozenset({ACCEPTOR, REVIEWER, POLICY})
BLOCKED = frozenset({REVIEWER, POLICY})
WATCHING = frozenset({OPERATOR, AUDITOR})


def asked(world: World) -> Values:
    return {"request_id": DataRequest.objects.get(subject_id=world.cases["own"].subject_id).pk}


def copy(world: World) -> Values:
    return {"copy_id": DataCopy.objects.get().pk}


def field(world: World) -> Values:
    return {"register": "person", "entry_id": world.cases["own"].subject_id, "field": "name"}


def block(world: World) -> Values:
    return {"block_id": Block.objects.get().pk}


DOORS = [
    Door("portal:my-data", RESIDENTS),
    Door("portal:my-data-looks", RESIDENTS),
    Door("portal:my-data-copy", NOONE, RESIDENTS),
    Door("portal:my-data-file", NOONE, OWN, copy),
    Door("portal:my-data-erase", RESIDENTS, RESIDENTS, body=lambda world: {"reason": "不再需要"}),
    Door("portal:my-data-request", OWN, at=asked, local=True),
    Door("portal:my-data-withdraw", NOONE, OWN, asked, local=True),
    Door("portal:my-data-correct", OWN, OWN, field, lambda world: {"right": "刘春艳", "reason": "写错了"}),
    Door("rights:list", SEEING | {ELSEWHERE}),
    Door("rights:page", SEEING, ANSWERING, asked, lambda world: {"decision": "accept"}, local=True),
    Door("rights:paper", SEEING, at=asked, local=True),
    Door("rights:blocked", BLOCKED | {ELSEWHERE}),
    Door("rights:block", BLOCKED, BLOCKED, block, lambda world: {"reason": "复核拨付"}, local=True),
    Door("rights:lift", NOONE, BLOCKED, block, lambda world: {"reason": "本人要求恢复"}, local=True),
    Door("ops:looks", WATCHING),
    Door("ops:looks-sheet", WATCHING, reading_writes=frozenset()),
]
