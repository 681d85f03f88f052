"""From the referral to the subsidy, on real rows: who may what, what counts once, where bank and book differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from guiyan.accounts.models import Unit
from guiyan.kernel.actors import SYSTEM, Actor, FixedActor, Grant
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import actions, checks, queries, states
from guiyan.lending.actions import Request, Stated
from guiyan.lending.models import Loan, Referral, Repayment
from guiyan.lending.reading import HEAD
from guiyan.lending.subsidising import Quarter
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import id_number
from tests.cases import people

COUNTY, Clock = 421224000000, Callable[[str], object]


def a_unit(code: str, kind: str) -> Unit:
    return Unit.objects.create(code=code, name=f"示例{code}", kind=kind, region=COUNTY)


def of_unit(unit: Unit, user_id: int, *permissions: str) -> Actor:
    grant = Grant("r", frozenset({"loan.view", *permissions}), (), unit.pk, own_unit_only=True)
    return FixedActor("user", unit.name, user_id, grants=(grant,))


def of_county(user_id: int) -> Actor:
    allowed = frozenset({"loan.view", "loan.subsidise", "loan.confirm"})
    return FixedActor("user", "县人社局", user_id, grants=(Grant("r", allowed, (subtree(COUNTY),)),))


def a_person() -> people.Person:
    values = {
        "name": "刘春燕",
        "id_number": id_number(people.BORN, "女", 1),
        "gender": "female",
        "phone": "15412345678",
        "residence_region": people.VILLAGE,
        "hukou_region": people.VILLAGE,
    }
    subject = registers.record(SYSTEM, register="person", values=values, source="shared")
    return people.Person(subject, "刘春燕", FixedActor("user", "刘春燕", 900_001, subject))


class Town:
    """A bank, another bank, a guarantor, and one loan of 12万元 for a year at 3.6%, interest monthly."""

    def __init__(self, at: Clock) -> None:
        at("2026-01-05 09:00")
        self.person = a_person()
        self.bank, self.other = a_unit("示例银行", "bank"), a_unit("另一银行", "bank")
        self.guarantor = a_unit("示例担保", "guarantor")
        self.banker, self.stranger = of_unit(self.bank, 1, "loan.decide"), of_unit(self.other, 2, "loan.decide")
        self.surety = of_unit(self.guarantor, 3, "loan.guarantee")
        self.first, self.second = of_county(4), of_county(5)

    def request(self, wish_fen: int = 120_000_00) -> Request:
        who = self.person.subject_id
        return Request(
            "case:1",
            "XN1",
            "贷款",
            "graduate-loan-person",
            who,
            who,
            self.person.name,
            wish_fen,
            12,
            300_000_00,
            COUNTY,
        )

    def approved(self) -> Referral:
        to_bank = actions.refer(SYSTEM, role=states.BANK, unit=self.bank, request=self.request())
        to_surety = actions.refer(SYSTEM, role=states.GUARANTOR, unit=self.guarantor, request=self.request())
        actions.answer_referral(
            self.surety, referral=to_surety, approve=True, counter_guarantee=states.WAIVED, reason="孵化园推荐"
        )
        return actions.answer_referral(
            self.banker, referral=to_bank, approve=True, amount_fen=120_000_00, rate_percent=Decimal("3.6"), months=12
        )

    def loan(self) -> Loan:
        return actions.record_loan(
            self.banker,
            referral=self.approved(),
            contract_no="JJ-1",
            from_on=date(2026, 1, 5),
            principal_fen=120_000_00,
            method=states.INTEREST_MONTHLY,
        )


@pytest.fixture
def town(scoped_db: object, at: Clock) -> Town:
    return Town(at)


def paid(on: str, interest: int, serial: str, principal: int = 0, kind: str = states.REPAID) -> Stated:
    return Stated(kind, date.fromisoformat(on), principal, interest, 0, serial)


def report(*rows: tuple[object, ...]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, *rows])
    return target.getvalue().encode("utf-8-sig")


def test_a_wish_above_the_cap_is_refused_in_words(town: Town) -> None:
    with pytest.raises(Refused, match="最高30万元"):
        actions.refer(SYSTEM, role=states.BANK, unit=town.bank, request=town.request(300_000_01))


def test_only_the_unit_it_was_sent_to_sees_and_answers_it(town: Town) -> None:
    sent = actions.refer(SYSTEM, role=states.BANK, unit=town.bank, request=town.request())
    with pytest.raises(NotFound):
        actions.answer_referral(town.stranger, referral=sent, approve=False, reason="不办")
    with pytest.raises(NotFound):
        queries.referral_by_id(town.stranger, sent.pk)
    assert queries.referral_by_id(town.banker, sent.pk) == sent
    with entered(Scope(units=frozenset({town.other.pk}))):
        assert not Referral.objects.exists()


def test_no_loan_before_the_guarantor_agreed(town: Town) -> None:
    sent = actions.refer(SYSTEM, role=states.BANK, unit=town.bank, request=town.request())
    actions.refer(SYSTEM, role=states.GUARANTOR, unit=town.guarantor, request=town.request())
    answered = actions.answer_referral(
        town.banker, referral=sent, approve=True, amount_fen=1_00, rate_percent=Decimal(3), months=1
    )
    with pytest.raises(Refused, match="担保机构还没有同意"):
        actions.record_loan(
            town.banker, referral=answered, contract_no="J", from_on=date(2026, 1, 5), principal_fen=1_00,
            method=states.AT_END,
        )  # fmt: skip


def test_both_banks_wall_and_guarantors_wall_stand_on_the_loan(town: Town) -> None:
    loan = town.loan()
    for unit, seen in ((town.bank, 1), (town.guarantor, 1), (town.other, 0)):
        with entered(Scope(units=frozenset({unit.pk}))):
            assert (Loan.objects.count(), loan.instalments.count()) == (seen, 12 * seen)
    assert list(queries.loans_for(town.surety)) == [loan]
    assert list(queries.loans_for(town.stranger)) == []


def test_a_report_counts_once_and_says_what_is_wrong_by_row(town: Town, at: Clock) -> None:
    loan = town.loan()
    at("2026-03-06 09:00")
    content = report(
        ("JJ-1", town.person.name, "L1", "2026-02-05", "还款", "", "360.00", "", ""),
        ("JJ-9", "", "L2", "2026-02-05", "还款", "", "360", "", ""),
        ("JJ-1", "", "L3", "2026-03-05", "还款", "0", "三百", "", ""),
        ("JJ-1", "", "", "2026-03-05", "余额", "", "", "", "119000"),
    )
    taken = actions.import_report(town.banker, bank=town.bank, name="r.csv", content=content)
    assert (taken.taken, taken.balances, [(row[0], row[1]) for row in taken.errors]) == (
        1, 1, [(3, "借据号"), (4, "利息（元）")],
    )  # fmt: skip
    again = actions.import_report(town.banker, bank=town.bank, name="r.csv", content=content)
    assert again.seen_before and Repayment.objects.count() == 1
    loan.refresh_from_db()
    assert loan.standing_on(date(2026, 3, 6)) == states.OVERDUE and loan.next_due_on == date(2026, 3, 5)
    (difference,) = queries.differences_of([loan])
    assert difference.differs_fen == -1_000_00
    with pytest.raises(NotFound):
        actions.import_report(town.stranger, bank=town.bank, name="r.csv", content=content)


def test_a_quarter_is_reckoned_by_one_and_confirmed_by_another(town: Town, at: Clock) -> None:
    loan = town.loan()
    at("2026-04-01 09:00")
    actions.state_repayment(town.banker, loan=loan, stated=paid("2026-02-05", 360_00, "L1"))
    late = actions.state_repayment(town.banker, loan=loan, stated=paid("2026-03-06", 360_00, "L2"))
    sheet = actions.prepare_list(town.first, region=COUNTY, quarter=Quarter(2026, 1))
    assert (sheet.line_count, sheet.total_fen) == (1, 180_00)
    with pytest.raises(Refused, match="另一人"):
        actions.confirm_list(town.first, sheet=sheet)
    actions.confirm_list(town.second, sheet=sheet)
    with pytest.raises(Refused, match="已经确认"):
        actions.prepare_list(town.first, region=COUNTY, quarter=Quarter(2026, 1))
    actions.void_repayment(town.banker, repayment=late, reason="日期写错")
    actions.state_repayment(town.banker, loan=loan, stated=paid("2026-03-05", 360_00, "L2b"))
    at("2026-07-01 09:00")
    following = actions.prepare_list(town.first, region=COUNTY, quarter=Quarter(2026, 2))
    assert following.total_fen == 180_00
    assert list(checks.findings()) == []


def test_an_early_repayment_writes_a_new_schedule_and_the_last_settles(town: Town, at: Clock) -> None:
    loan = town.loan()
    at("2026-02-20 09:00")
    actions.state_repayment(town.banker, loan=loan, stated=paid("2026-02-05", 360_00, "L1"))
    early = paid("2026-02-19", 90_00, "L2", 60_000_00, states.EARLY)
    row = actions.state_repayment(town.banker, loan=loan, stated=early)
    assert actions.state_repayment(town.banker, loan=loan, stated=early) == row
    loan.refresh_from_db()
    assert (loan.revision, loan.outstanding_fen) == (2, 60_000_00)
    rest = paid("2026-02-20", 10_00, "L3", 60_000_00, states.EARLY)
    actions.state_repayment(town.banker, loan=loan, stated=rest)
    loan.refresh_from_db()
    assert loan.settled_on == date(2026, 2, 20) and loan.standing_on(date(2026, 6, 1)) == states.SETTLED
    assert list(checks.findings()) == []


def test_the_guarantor_pays_what_the_bank_asks_for(town: Town, at: Clock) -> None:
    loan = town.loan()
    with pytest.raises(Refused, match="没有逾期"):
        actions.ask_claim(town.banker, loan=loan, amount_fen=1, reason="催收无果")
    at("2026-06-10 09:00")
    asked = actions.ask_claim(town.banker, loan=loan, amount_fen=120_000_00, reason="催收三次无果")
    stated = paid("2026-06-10", 1_800_00, "D1", 120_000_00, states.CLAIMED)
    with pytest.raises(NotFound):
        actions.pay_claim(town.banker, loan=asked, stated=stated)
    done = actions.pay_claim(town.surety, loan=asked, stated=stated)
    assert done.standing_on(date(2026, 6, 10)) == states.CLAIM_PAID
    at("2026-07-01 09:00")
    assert actions.prepare_list(town.first, region=COUNTY, quarter=Quarter(2026, 2)).total_fen == 0
