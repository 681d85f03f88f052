"""Addresses of one's own data, of requests about it, of what is blocked, and of who looked."""

from __future__ import annotations

from datetime import timedelta

from guiyan.kernel.calendar import today
from guiyan.registers.models import Block, DataCopy, DataRequest, DataUse
from tests.access.doors import NOONE, Door, Values
from tests.access.people import ACCEPTOR, AUDITOR, ELSEWHERE, LOCKER, OPERATOR, POLICY, RESIDENTS, REVIEWER, SIGNER
from tests.access.world import World

OWN = frozenset({"liuchunyan"})
ANSWERING = frozenset({ACCEPTOR, POLICY})
SEEING = frozenset({ACCEPTOR, REVIEWER, POLICY})
BLOCKED = frozenset({REVIEWER, POLICY})
HEADS = frozenset({SIGNER})
WATCHING = frozenset({OPERATOR, AUDITOR})


def asked(world: World) -> Values:
    return {"request_id": DataRequest.objects.get(subject_id=world.cases["own"].subject_id).pk}


def copy(world: World) -> Values:
    return {"copy_id": DataCopy.objects.get().pk}


def field(world: World) -> Values:
    return {"register": "person", "entry_id": world.cases["own"].subject_id, "field": "name"}


def block(world: World) -> Values:
    return {"block_id": Block.objects.get().pk}


def waiting_use(world: World) -> Values:
    return {"use_id": DataUse.objects.get(agreed_at=None).pk}


def live_use(world: World) -> Values:
    return {"use_id": DataUse.objects.get(withdrawn_at=None, confirmed_at__isnull=False).pk}


def applying(world: World) -> Values:
    until = (today() + timedelta(days=30)).isoformat()
    return {"purpose": "register", "reason": "摸清在外人员", "until": until}


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
    Door("sharing:list", frozenset({POLICY, LOCKER}) | HEADS),
    Door(
        "sharing:apply", frozenset({POLICY}), frozenset({POLICY}), lambda world: {"list_id": "away.offices"}, applying
    ),
    Door("sharing:answer", NOONE, HEADS, waiting_use, lambda world: {"agreed": "yes"}, local=True),
    Door("sharing:withdraw", NOONE, HEADS, live_use, lambda world: {"note": "用途变了"}, local=True),
    Door("ops:looks", WATCHING),
    Door("ops:looks-sheet", WATCHING, reading_writes=frozenset()),
]
