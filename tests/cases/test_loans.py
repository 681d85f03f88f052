"""贷款: qualified by two people, sent to a bank and a guarantor, granted, paid out, repaid, or come to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions, checks
from guiyan.cases.models import Case, Message
from guiyan.kernel import jobs, workflow
from guiyan.kernel.errors import NotFound, Refused
from guiyan.lending import actions as lending
from guiyan.lending import queries as lending_queries
from guiyan.lending import states
from guiyan.lending.actions import Stated
from guiyan.lending.models import Loan, Referral
from tests.cases import borrowers, firms, people

Clock = Callable[[str], object]
CLAUSE = "《咸宁市大力推进外出务工人员返乡创业工作实施方案》二（六）"


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_list(tmp_path)


def told(person: people.Person) -> Message:
    return Message.objects.filter(subject_id=person.subject_id).latest("id")


def test_from_the_request_to_the_loan(at: Clock) -> None:
    person = people.a_returnee()
    case = borrowers.referred(person)
    assert (case.state, case.amount_fen) == ("deciding", 80_000_00)
    assert "示例农村商业银行通山支行" in told(person).body and "面谈，电话0715-0000124" in told(person).body
    borrowers.surety_agrees(case)
    case.refresh_from_db()
    assert case.state == "deciding"
    borrowers.bank_agrees(case, fen=70_000_00)
    case.refresh_from_db()
    assert (case.state, case.amount_fen) == ("granted", 70_000_00)
    assert "同意贷7万元，年利率3.6%，12个月" in told(person).body and "不用另找人反担保" in told(person).body
    at("2026-06-10 09:00")
    loan = actions.record_loan(
        people.as_actor(borrowers.BANKER),
        referral=borrowers.to(case, states.BANK),
        contract_no="JJ-1",
        from_on=date(2026, 6, 10),
        principal_fen=70_000_00,
        method=states.INTEREST_MONTHLY,
    )
    case.refresh_from_db()
    assert (case.state, loan.case_number, loan.firm) == ("lent", case.number, case.firm)
    assert "7万元，2027年6月10日到期" in told(person).body and "第一次还款在7月10日" in told(person).body
    assert [one.verb for one in workflow.history(case)][-3:] == ["refer", "grant", "pay_out"]


def test_the_check_sees_a_case_without_its_loan_and_a_round_without_its_answers() -> None:
    borrowers.lent(people.a_returnee())
    case = borrowers.granted(people.a_returnee(2, name="王示例"))
    assert list(checks.findings()) == []
    Referral.objects.filter(case_ref=case.ref, role=states.GUARANTOR).update(decision=states.DECLINED)
    Loan.objects.update(case_ref="")
    assert {one.code for one in checks.findings()} == {"cases.loan", "cases.lenders"}


def test_the_last_repayment_rests_the_case_and_a_correction_wakes_it(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    at("2026-06-20 09:00")
    banker = people.as_actor(borrowers.BANKER)
    whole = Stated(states.EARLY, date(2026, 6, 20), 80_000_00, 96_00, 0, "L1")
    row = lending.state_repayment(banker, loan=loan, stated=whole)
    jobs.run_pending()
    case = Case.objects.get(number=loan.case_number)
    assert case.state == "settled"
    lending.void_repayment(banker, repayment=row, reason="记到了别人的借据上")
    jobs.run_pending()
    case.refresh_from_db()
    assert case.state == "lent"


def test_the_guarantor_is_shown_the_advice_with_its_reasons_and_decides_itself() -> None:
    case = borrowers.referred(people.a_returnee())
    advice = borrowers.to(case, states.GUARANTOR).advice
    assert (advice["verdict"], advice["title"], advice["clause"]) == ("yes", "免除反担保", CLAUSE)
    assert "打算申请的创业担保贷款：80,000元" in advice["reasons"][0]["facts"]
    assert borrowers.to(case, states.BANK).advice == {}
    borrowers.surety_agrees(case, states.REQUIRED)
    assert borrowers.to(case, states.GUARANTOR).counter_guarantee == states.REQUIRED


def test_what_is_not_known_is_named_and_nothing_is_advised() -> None:
    case = borrowers.referred(people.a_returnee(), wish_yuan="200000")
    advice = borrowers.to(case, states.GUARANTOR).advice
    assert advice["verdict"] == "unknown" and "银行认定符合信用贷款条件" in advice["missing"]


def test_neither_bank_nor_guarantor_sees_how_to_reach_her_nor_her_account() -> None:
    case = borrowers.referred(people.a_returnee())
    shown = borrowers.to(case, states.BANK).shown
    labels = {row["label"] for row in shown}
    assert {"想贷多少", "拿什么还", "身份证号"} <= labels and "手机号" not in labels
    assert all("15412345678" not in row["value"] for row in shown)


def test_another_bank_answers_nothing_and_sees_nothing() -> None:
    case = borrowers.referred(people.a_returnee())
    with pytest.raises(NotFound):
        borrowers.bank_agrees(case, by=borrowers.OTHER_BANKER)
    assert list(lending_queries.waiting_for(people.as_actor(borrowers.OTHER_BANKER))) == []


def test_one_says_no_and_the_office_tries_elsewhere_or_ends_it() -> None:
    person = people.a_returnee()
    case = borrowers.referred(person)
    borrowers.bank_agrees(case)
    actions.answer_referral(
        people.as_actor(borrowers.SURETY),
        referral=borrowers.to(case, states.GUARANTOR),
        approve=False,
        reason="经营时间太短",
    )
    case.refresh_from_db()
    assert case.state == "reviewing" and "经营时间太短" in told(person).body
    assert lending_queries.waiting_to_pay_out(people.as_actor(borrowers.BANKER)) == []
    case = borrowers.sent_on(case, bank=borrowers.OTHER_BANK)
    borrowers.surety_agrees(case)
    first = Referral.objects.filter(case_ref=case.ref, role=states.BANK).earliest("id")
    assert (first.decision, first.amount_fen) == (states.WITHDRAWN, 80_000_00)
    with pytest.raises(Refused, match="不用再办"):
        actions.give_up_payout(people.as_actor(borrowers.BANKER), referral=first, reason="不放了")
    assert lending_queries.waiting_to_pay_out(people.as_actor(borrowers.BANKER)) == []
    borrowers.bank_agrees(case, by=borrowers.OTHER_BANKER)
    waiting = lending_queries.waiting_to_pay_out(people.as_actor(borrowers.OTHER_BANKER))
    assert [row.case_ref for row in waiting] == [case.ref]
    actions.give_up_payout(people.as_actor(borrowers.OTHER_BANKER), referral=waiting[0], reason="没有来签合同")
    case.refresh_from_db()
    case = actions.end_unlent(people.as_actor("zhengwei"), case=case, reason="两家都没有贷成")
    assert case.state == "not_lent" and told(person).title == "这次没有贷到"


def test_a_refusal_of_the_office_needs_its_decision_a_banks_does_not() -> None:
    case = borrowers.qualified(people.a_returnee())
    with pytest.raises(Refused, match="还没有送过银行"):
        actions.end_unlent(people.as_actor("zhengwei"), case=case, reason="不合适")


def test_whoever_accepted_does_not_send_it_on() -> None:
    case = borrowers.qualified(people.a_returnee())
    both = people.with_powers_of("zhoumin", "zhengwei")
    bank, surety = borrowers.unit(borrowers.BANK), borrowers.unit(borrowers.GUARANTOR)
    with pytest.raises(Refused):
        actions.refer_case(both, case=case, bank_id=bank.pk, guarantor_id=surety.pk)
    with pytest.raises(Refused, match="请从名单里选一家银行"):
        actions.refer_case(people.as_actor("zhengwei"), case=case, bank_id=surety.pk, guarantor_id=surety.pk)
    assert not Referral.objects.exists()


def test_she_may_change_her_mind_until_it_is_paid_out() -> None:
    person = people.a_returnee()
    case = actions.withdraw_case(person.actor, case=borrowers.granted(person))
    assert case.state == "withdrawn"
    assert set(Referral.objects.values_list("decision", flat=True)) == {states.WITHDRAWN}
    with pytest.raises(Refused, match="不用再办"):
        borrowers.paid_out(case, contract_no="JJ-2")
    assert not Loan.objects.exists()


def test_more_than_the_measure_allows_cannot_be_asked_for() -> None:
    with pytest.raises(Refused, match="最多300000元"):
        borrowers.submitted(people.a_returnee(), wish_yuan="300001")


def test_nobody_answers_for_her_own_loan() -> None:
    person = people.a_returnee()
    case = borrowers.referred(person)
    banker = people.as_actor(borrowers.BANKER)
    own = type(banker)(banker.kind, banker.label, banker.user_id, person.subject_id, banker.grants, banker.label)
    with pytest.raises(Refused, match="本人"):
        actions.answer_referral(own, referral=borrowers.to(case, states.BANK), approve=False, reason="不办")


@pytest.mark.parametrize("item", ["guarantee-loan-firm", "graduate-loan-firm"])
def test_a_firms_loan_is_the_firms_and_whoever_runs_it_reads_of_it(item: str, tmp_path: Path) -> None:
    firms.with_lists(tmp_path)
    firm = firms.a_firm()
    loan = borrowers.a_firms_loan(firm, item=item, fen=1_200_000_00)
    case = Case.objects.get(number=loan.case_number)
    assert (case.state, case.beneficiary_id, loan.beneficiary_id) == ("lent", firm.subject_id, firm.subject_id)
    assert (loan.is_firm, loan.borrower, loan.measure) == (True, firm.name, item)
    assert "120万元" in told(firm.owner).body


def test_a_firm_that_is_not_small_or_asks_for_more_than_the_most_is_refused(tmp_path: Path) -> None:
    firms.with_lists(tmp_path)
    firm = firms.a_firm()
    with pytest.raises(Refused, match="500"):
        borrowers.a_firms_request(firm, wish_yuan="5000001")
    case = firms.checked(borrowers.a_firms_request(firms.a_firm(2, owner="王示例"), size="medium"))
    with pytest.raises(Refused, match="小型、微型企业"):
        borrowers.sent_on(case)
