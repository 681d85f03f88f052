"""Addresses of officers' habits: saved views of lists, many cases at once, remarks."""

from __future__ import annotations

from guiyan.accounts.models import SavedView
from guiyan.cases.models import BulkRun, Mention, Remark
from tests.access.doors import NOONE, Door, Values
from tests.access.doors_cases import number, one
from tests.access.people import (
    ACCEPTOR,
    BATCHER,
    CALLER,
    CASE_LIST,
    CHECKERS,
    COUNTER,
    ELSEWHERE,
    NOTICE_READERS,
    OFFICE,
    PAYMENT_READERS,
    REVIEWER,
    SIGNER,
    STAFF,
    TREASURY,
)
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


def mention(world: World) -> Values:
    return {"mention_id": Mention.objects.get().pk}


def remark(world: World) -> Values:
    return {**number("reviewing")(world), "remark_id": Remark.objects.get().pk}


REMARKERS = OFFICE | {CALLER}
URGERS = one(COUNTER, ACCEPTOR, REVIEWER, BATCHER, SIGNER, ELSEWHERE)

DOORS = [
    Door("cases:sheet", CASE_LIST),
    Door("batches:sheet", CASE_LIST),
    Door("notices:sheet", NOTICE_READERS | {ELSEWHERE}),
    Door("payments:requests-sheet", PAYMENT_READERS),
    Door("cases:bulk", URGERS, URGERS, body=bulk, query="act=urge&all=1"),
    Door("cases:bulk-run", one(COUNTER), one(COUNTER), bulk_run, local=True),
    Door("cases:remark", NOONE, REMARKERS, number("reviewing"), lambda world: {"text": "已电话核实"}, local=True),
    Door("cases:remarks-read", NOONE, REMARKERS, number("reviewing"), local=True),
    Door("cases:remark-withdraw", NOONE, one(ACCEPTOR), remark, local=True),
    Door("cases:mention", one(REVIEWER), at=mention, local=True),
    Door("cases:mentions", REMARKERS | CHECKERS | {ELSEWHERE, TREASURY}),
    Door("views:manage", STAFF),
    Door("views:save", CASE_LIST, CASE_LIST, body=new_view, query="list=cases:list&query=stage%3Dpay"),
    Door("views:open", one(ACCEPTOR), at=view, local=True),
    Door("views:change", one(ACCEPTOR), one(ACCEPTOR), view, lambda world: {"name": "今天受理"}, local=True),
    Door("views:first", NOONE, one(ACCEPTOR), view, lambda world: {"on": "1"}, local=True),
    Door("views:update", NOONE, one(ACCEPTOR), view, lambda world: {"query": "stage=check"}, local=True),
    Door("views:remove", NOONE, one(ACCEPTOR), view, local=True),
    Door("views:restore", NOONE, one(ACCEPTOR), view, local=True),
]
