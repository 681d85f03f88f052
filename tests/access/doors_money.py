"""Addresses of notices, objections, payments, the ledger, and of the system itself."""

from __future__ import annotations

from guiyan.ledger.models import PaymentRequest, Recovery, ResultFile
from guiyan.notices.models import Notice, Objection
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import AUDITOR, HELPER, NOTICE_READERS, OPERATOR, PAYMENT_READERS, REVIEWER, TREASURY
from tests.access.world import World, answer


def request(world: World) -> Values:
    return {"number": PaymentRequest.objects.get().number}


def notice(world: World) -> Values:
    return {"number": Notice.objects.get(closed_at=None).number}


def objection(world: World) -> Values:
    return {"number": Objection.objects.get().number}


def results(world: World) -> Values:
    content = answer(PaymentRequest.objects.get(), [(3, "成功", "HD3", "")])
    return {"file": upload("结果.csv", content)}


def budget(world: World) -> Values:
    return {
        "programme": "startup-subsidy",
        "region": "421224000000",
        "amount": "100000",
        "source_doc": "示例预算通知2号",
    }


def receipt(world: World) -> Values:
    prefix = f"r{Recovery.objects.get().pk}"
    return {f"{prefix}-amount": "5000", f"{prefix}-receipt": "RK-1"}


TREASURY_ONLY = frozenset({TREASURY})
DOORS = [
    Door("notices:list", NOTICE_READERS | {"caoyun"}),
    Door("notices:notice", NOTICE_READERS - {HELPER}, at=notice, local=True),
    Door("notices:objection", NOTICE_READERS - {HELPER}, at=objection, local=True),
    Door(
        "notices:decide",
        NOONE,
        frozenset({REVIEWER}),
        objection,
        lambda world: {"answer": "已核实，本人确已返乡", "decision": "dismiss"},
        local=True,
    ),
    Door("notices:contact", NOONE, frozenset({REVIEWER}), objection, local=True),
    Door("payments:list", PAYMENT_READERS),
    Door("payments:request", PAYMENT_READERS, at=request, local=True),
    Door("payments:file", TREASURY_ONLY, at=request, local=True),
    Door("payments:template", PAYMENT_READERS, at=request, local=True),
    Door("payments:results", NOONE, TREASURY_ONLY, request, results, local=True),
    Door(
        "payments:errors",
        PAYMENT_READERS,
        at=lambda world: {**request(world), "file_id": ResultFile.objects.get().pk},
        local=True,
    ),
    Door("payments:lines", PAYMENT_READERS, at=request, local=True),
    Door("payments:sheet", frozenset({TREASURY, AUDITOR})),
    Door("payments:ledger", frozenset({TREASURY, AUDITOR})),
    Door("payments:budget", NOONE, TREASURY_ONLY, body=budget),
    Door(
        "payments:recovery",
        NOONE,
        TREASURY_ONLY,
        lambda world: {"recovery_id": Recovery.objects.get().pk},
        receipt,
        local=True,
    ),
    Door("ops:jobs", frozenset({OPERATOR})),
    Door("ops:retry", NOONE, frozenset({OPERATOR}), lambda world: {"job_id": world.job_id}),
    Door("ops:audit", frozenset({OPERATOR, AUDITOR})),
    Door("ops:clock", frozenset({OPERATOR})),
    Door("ops:move", NOONE, frozenset({OPERATOR}), body=lambda world: {"days": "1", "reason": "演示"}),
]
