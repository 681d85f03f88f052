"""Addresses of loans: requests at banks and guarantors, loans and their books, reports, interest subsidies."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from guiyan.lending import states
from guiyan.lending.models import BankReport, Loan, Repayment, SubsidyList
from guiyan.lending.reading import HEAD
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import (
    BANKER,
    BATCHER,
    ELSEWHERE,
    LENDERS,
    LOAN_OFFICES,
    OTHER_BANKER,
    RECHECKER,
    SURETY,
)
from tests.access.world import World
from tests.cases import borrowers


def loan(key: str = "lent") -> Callable[[World], Values]:
    return lambda world: {"number": Loan.objects.get(case_number=world.cases[key].number).number}


def request(key: str, role: str = states.BANK) -> Callable[[World], Values]:
    return lambda world: {"referral_id": borrowers.to(world.cases[key], role).pk}


def repayment(world: World) -> Values:
    number = Loan.objects.get(case_number=world.cases["lent"].number).number
    return {"number": number, "repayment_id": Repayment.objects.get(loan__number=number).pk}


def report(world: World) -> Values:
    return {"report_id": BankReport.objects.get().pk}


def sheet(world: World) -> Values:
    return {"list_id": SubsidyList.objects.get().pk}


def file(world: World) -> Values:
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, ["JJ-lent", "", "L9", "2026-06-16", "还款", "", "240", "", ""]])
    return {"file": upload("还款.csv", target.getvalue().encode("utf-8-sig"))}


BANKER_ONLY, SURETY_ONLY = frozenset({BANKER}), frozenset({SURETY})
LISTS = LOAN_OFFICES | LENDERS | {ELSEWHERE}
ONE_LOAN = LOAN_OFFICES | {BANKER, SURETY}
OF_BANK, OF_SURETY = LOAN_OFFICES | {BANKER}, LOAN_OFFICES | {SURETY}
REPAID = {"kind": "repaid", "on": "2026-06-16", "interest": "240", "serial": "L5"}
PAID_FOR = {"on": "2026-06-17", "principal": "80000", "serial": "D1"}
AGREED = {"decision": "approve", "amount": "80000", "rate": "3.6", "months": "12"}
WAIVED = {"decision": "approve", "counter_guarantee": "waived", "reason": "不超过10万元"}
PAID_OUT = {
    "contract_no": "JJ-2",
    "from_on": "2026-06-17",
    "principal": "80000",
    "method": states.AT_END,
    "basis": states.BY_MONTH,
}
DOORS = [
    Door("loans:list", LISTS),
    Door("loans:sheet", LISTS),
    Door("loans:page", ONE_LOAN, at=loan(), local=True),
    Door("loans:schedule", ONE_LOAN, at=loan(), local=True),
    Door("loans:repay", NOONE, BANKER_ONLY, loan(), lambda world: REPAID, local=True),
    Door("loans:void", NOONE, BANKER_ONLY, repayment, lambda world: {"reason": "记错"}, local=True),
    Door("loans:claim", NOONE, BANKER_ONLY, loan(), lambda world: {"amount": "1000", "reason": "没有还"}, local=True),
    Door("loans:claim-paid", NOONE, SURETY_ONLY, loan("claimed"), lambda world: PAID_FOR, local=True),
    Door("loans:requests", LISTS),
    Door("loans:request", OF_BANK, at=request("asked"), local=True),
    Door("loans:request", OF_SURETY, at=request("asked", states.GUARANTOR), what="of a guarantor", local=True),
    Door("loans:answer", NOONE, BANKER_ONLY, request("asked"), lambda world: AGREED, local=True),
    Door(
        "loans:answer",
        NOONE,
        SURETY_ONLY,
        request("asked", states.GUARANTOR),
        lambda world: WAIVED,
        what="of a guarantor",
        local=True,
    ),
    Door("loans:pay-out", NOONE, BANKER_ONLY, request("granted"), lambda world: PAID_OUT, local=True),
    Door("loans:give-up", NOONE, BANKER_ONLY, request("granted"), lambda world: {"reason": "没有来"}, local=True),
    Door("loans:reports", LISTS, frozenset({BANKER, OTHER_BANKER}), body=file),
    Door("loans:report-template", frozenset({BANKER, OTHER_BANKER})),
    Door("loans:report", OF_BANK, at=report, local=True),
    Door("loans:report-errors", OF_BANK, at=report, local=True),
    Door("loans:subsidies", LOAN_OFFICES | {ELSEWHERE}),
    Door(
        "loans:subsidy-prepare",
        NOONE,
        frozenset({BATCHER}),
        body=lambda world: {"what": "421224000000.2026Q1"},
    ),
    Door("loans:subsidy", LOAN_OFFICES, at=sheet, local=True),
    Door("loans:subsidy-confirm", NOONE, frozenset({RECHECKER}), sheet, local=True),
    Door("loans:subsidy-sheet", LOAN_OFFICES, at=sheet, local=True),
]
