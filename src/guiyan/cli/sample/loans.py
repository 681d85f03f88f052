"""Three loans beside the subsidies: one paid out and partly repaid, one that waits to be paid out, one asked for."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from guiyan.accounts.models import Unit
from guiyan.accounts.queries import actor_by_username
from guiyan.cases import actions as cases
from guiyan.cases import queries as case_queries
from guiyan.cases.models import Case
from guiyan.cli.sample.people import PAPER, Founder, trade_of
from guiyan.kernel import calendar
from guiyan.lending import actions as lending
from guiyan.lending import queries, states
from guiyan.lending.reading import HEAD
from guiyan.lending.schedule import Early, build

BANK, GUARANTOR = "421224-demo-rural-bank", "4212-demo-guarantee"
WISHES = (
    {"wish_yuan": "80000", "wish_months": "24", "purpose": "rent", "purpose_words": "店面装修，工料约9万元"},
    {"wish_yuan": "200000", "wish_months": "36", "purpose": "equipment", "purpose_words": "买设备两台，约22万元"},
    {"wish_yuan": "100000", "wish_months": "12", "purpose": "stock", "purpose_words": "旺季进货周转"},
)
ANSWERS = {
    "is_graduate": "false",
    "repay_from": "每月销售收入约3万元",
    "recommended_by_incubator": "false",
    "is_second_startup": "false",
}


def ask(who: Founder, number: int) -> Case:
    """A request by herself, with her identity card."""
    item = "guarantee-loan-person"
    case = cases.open_draft(who.actor, item=item, subject_id=who.subject_id, entry="self")
    values = {
        "phone": f"154{number:08d}",
        "main_business": trade_of(case.firm),
        **ANSWERS,
        **WISHES[number % len(WISHES)],
    }
    case = cases.save_draft(
        who.actor, case=case, values={name: one for name, one in values.items() if name not in case.held}
    )
    cases.add_material(who.actor, case=case, material="id_card", name="身份证.pdf", content=PAPER)
    return cases.submit_case(who.actor, case=case, token=case.submission_token)


def accept(case: Case) -> Case:
    return cases.accept_case(actor_by_username("zhoumin"), case=case, opinion="材料齐全，予以受理")


def check_and_refer(case: Case) -> Case:
    for check in case_queries.checks_of(case):
        cases.record_check(actor_by_username("marketchecker"), check=check, result="true", note="正常经营")
    case.refresh_from_db()
    units = dict(Unit.objects.filter(code__in=(BANK, GUARANTOR)).values_list("code", "pk"))
    reviewer = actor_by_username("zhengwei")
    return cases.refer_case(
        reviewer, case=case, bank_id=units[BANK], guarantor_id=units[GUARANTOR], opinion="经审核，符合申请条件"
    )


def agree(case: Case) -> None:
    """The guarantor first, as the advice says; then the bank, to all that was asked."""
    asked = {row.role: row for row in queries.referrals_of_case(case.ref)}
    small = asked[states.BANK].wish_fen <= 100_000_00
    cases.answer_referral(
        actor_by_username("shiyu"),
        referral=asked[states.GUARANTOR],
        approve=True,
        counter_guarantee=states.WAIVED if small else states.REQUIRED,
        reason="贷款不超过10万元，按政策免除" if small else "金额较大，需要一名保证人",
    )
    cases.answer_referral(
        actor_by_username("hejun"),
        referral=asked[states.BANK],
        approve=True,
        amount_fen=asked[states.BANK].wish_fen,
        rate_percent=Decimal("3.1"),
        months=asked[states.BANK].wish_months,
    )


def pay_out(case: Case) -> None:
    banker = actor_by_username("hejun")
    referral = next(row for row in queries.waiting_to_pay_out(banker) if row.case_ref == case.ref)
    cases.record_loan(
        banker,
        referral=referral,
        contract_no="TS2026050018",
        from_on=calendar.today(),
        principal_fen=referral.amount_fen or 0,
        method=states.EQUAL_INSTALMENTS,
    )


def repay_some(case: Case) -> None:
    """A part before it was due, as the bank's report states it, with the balance left and a row that is sent back."""
    loan, today = queries.loan_of_case(case.ref), calendar.today()
    if loan is None or loan.from_on >= today:
        return
    early = next(one for one in build(loan.terms, [Early(today, 10_000_00)]) if one.early)
    paid = [loan.contract_no, loan.borrower, f"TS{today:%y%m%d}00017", today, states.KINDS[states.EARLY]]
    balance = (loan.principal_fen - early.principal_fen) / 100
    rows = [
        [*paid, early.principal_fen / 100, early.interest_fen / 100, 0, balance],
        ["TS2026050099", "", f"TS{today:%y%m%d}00018", today, states.KINDS[states.REPAID], 5000, 62.5, 0, ""],
    ]
    bank = Unit.objects.get(code=BANK)
    lending.import_report(actor_by_username("hejun"), bank=bank, name="6月还款报表.csv", content=sheet(rows))


def sheet(rows: list[list[object]]) -> bytes:
    """A report as banks send it."""
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode("utf-8-sig")
