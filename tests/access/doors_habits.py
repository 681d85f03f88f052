"""Addresses of officers' habits: saved views of lists, many cases at once."""

from __future__ import annotations

from guiyan.accounts.models import SavedView
from guiyan.cases.models import BulkRun
from tests.access.doors import NOONE, Door, Values
from tests.access.doors_cases import one
from tests.access.people import ACCEPTOR, BATCHER, CASE_LIST, COUNTER, ELSEWHERE, REVIEWER, SIGNER, STAFF
from tests.access.world import World


def view(world: World) -> Values:
    return {"view_id": SavedView.objects.get(owner__username=ACCEPTOR).pk}


def new_view(world: World) -> Values:
    return {"list": "cases:list", "query": "stage=pay", "name": "等拨付", "unit": ""}


def bulk(world: World) -> Values:
    return {
        "act": "urge",
        "key": "00000000-0000-4000-8000-000000000002",
        "words": "请早点办",
        "case": [world.cases["checking"].pk],
    }


def bulk_run(world: World) -> Values:
    return {"run_id": BulkRun.objects.get().pk}


URGERS = one(COUNTER, ACCEPTOR, REVIEWER, BATCHER, SIGNER, ELSEWHERE)

DOORS = [
    Door("cases:bulk", URGERS, URGERS, body=bulk, query="act=urge&all=1"),
    Door("cases:bulk-run", one(COUNTER), one(COUNTER), bulk_run, local=True),
    Door("views:manage", STAFF),
    Door("views:save", CASE_LIST, CASE_LIST, body=new_view, query="list=cases:list&query=stage%3Dpay"),
    Door("views:open", one(ACCEPTOR), at=view, local=True),
    Door("views:change", one(ACCEPTOR), one(ACCEPTOR), view, lambda world: {"name": "今天受理"}, local=True),
    Door("views:first", NOONE, one(ACCEPTOR), view, lambda world: {"on": "1"}, local=True),
    Door("views:update", NOONE, one(ACCEPTOR), view, lambda world: {"query": "stage=check"}, local=True),
    Door("views:remove", NOONE, one(ACCEPTOR), view, local=True),
    Door("views:restore", NOONE, one(ACCEPTOR), view, local=True),
]
