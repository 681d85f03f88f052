"""What the gate and the actions refuse, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions, checks, queries
from guiyan.cases.models import Case, CaseCheck, CaseComparison, WrittenDecision
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers.sample.numbers import id_number
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def test_what_is_missing_is_said_all_at_once(scoped_db: object) -> None:
    person = people.a_returnee()
    case = actions.open_draft(person.actor, item=people.ITEM, subject_id=person.subject_id, entry="self")
    with pytest.raises(Refused) as refusal:
        actions.submit_case(person.actor, case=case, token=case.submission_token)
    for words in ("请填写从哪里返乡", "请填写开户银行", "请填写银行卡号", "请交身份证", "请交本人银行卡"):
        assert words in refusal.value.message
    case.refresh_from_db()
    assert (case.state, case.number) == ("draft", "")


def test_secret_answers_are_sealed_and_a_draft_keeps_what_is_wrong(scoped_db: object) -> None:
    person = people.a_returnee()
    case = people.a_draft(person)
    case = actions.save_draft(person.actor, case=case, values={"jobs_led": "四个", "name": "别人"})
    assert "account_number" not in case.answers
    assert "6200000000000381" not in str(case.answers) and b"6200000000000381" not in bytes(case.sealed)
    assert case.answers["jobs_led"] == "四个"
    assert case.held["name"]["value"] == "刘春燕"
    with pytest.raises(Refused, match="现在带动就业应填整数"):
        actions.submit_case(person.actor, case=case, token=case.submission_token)


def test_what_to_add_is_told_once_and_the_acceptance_clock_waits(scoped_db: object, at: Clock) -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    acceptor = people.as_actor("zhoumin")
    actions.request_supplement(
        acceptor, case=case, materials=["id_card"], message="照片看不清，请重拍。", due_on=date(2026, 6, 12)
    )
    case.refresh_from_db()
    assert (case.state, case.due_on, case.paused_reason) == ("supplement", date(2026, 6, 12), "等申请人补正")
    with pytest.raises(Refused, match="还没有补交：身份证"):
        actions.resubmit_case(person.actor, case=case)
    at("2026-06-09 10:00")
    actions.add_material(person.actor, case=case, material="id_card", name="new.pdf", content=people.PAPER)
    case = actions.resubmit_case(person.actor, case=case)
    assert case.state == "submitted"
    with pytest.raises(Refused, match="补正只能一次性告知"):
        actions.request_supplement(
            acceptor, case=case, materials=["id_card"], message="再补一样。", due_on=date(2026, 6, 20)
        )


def test_a_further_check_stops_the_clock_for_a_stated_reason(scoped_db: object) -> None:
    case = people.checked(people.a_returnee())
    reviewer = people.as_actor("zhengwei")
    with pytest.raises(Refused, match="请写明补充核查的理由"):
        actions.suspend_case(reviewer, case=case, reason=" ")
    case = actions.suspend_case(reviewer, case=case, reason="核对门牌号。")
    assert (case.state, case.paused_reason, case.due_on) == ("further_check", "核对门牌号。", None)
    case = actions.resume_case(reviewer, case=case)
    assert (case.state, case.paused_reason) == ("reviewing", "")


def test_who_accepted_may_not_review(scoped_db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    case = people.checked(people.a_returnee())
    both = people.as_actor("caoyun")  # acceptor and reviewer, in another county
    with pytest.raises(NotFound):
        actions.pass_review(both, case=case)
    mine = people.with_powers_of("zhoumin", "zhengwei")
    with pytest.raises(Refused, match="审办分离"):
        actions.pass_review(mine, case=case)
    assert actions.pass_review(people.as_actor("zhengwei"), case=case).state == "approved"


def test_an_officer_without_the_power_reads_so_and_one_of_another_county_finds_nothing(scoped_db: object) -> None:
    case = people.submitted(people.a_returnee())
    with pytest.raises(NotAllowed):
        actions.accept_case(people.as_actor("zhengwei"), case=case)
    with pytest.raises(NotFound):
        actions.accept_case(people.as_actor("caoyun"), case=case)
    with pytest.raises(NotFound):
        queries.case_by_number(people.as_actor("caoyun"), case.number)


def test_only_the_unit_that_was_asked_answers_and_only_once(scoped_db: object) -> None:
    case = people.accepted(people.a_returnee())
    check = CaseCheck.objects.get(case=case, check_id="residence")
    with pytest.raises(NotFound):
        actions.record_check(people.as_actor("marketchecker"), check=check, result="true")
    with pytest.raises(Refused, match="请写明情况"):
        people.answer(check, "differs")
    people.answer(check, "differs", "登记为5组，实际在6组")
    with pytest.raises(Refused, match="已经回复过"):
        people.answer(check)


def test_a_unit_sees_what_it_is_asked_and_no_phone_or_account(scoped_db: object) -> None:
    case = people.accepted(people.a_returnee())
    shown = {row["label"]: row["value"] for row in CaseCheck.objects.filter(case=case)[0].shown}
    assert shown["字号或企业名称"].startswith("通山县枫林谷民宿")
    assert not {"手机号", "银行卡号", "开户银行", "户名"} & set(shown)
    assert "*" in shown["身份证号"]


def test_a_failed_check_stops_the_pass_until_it_is_asked_again(scoped_db: object) -> None:
    case = people.accepted(people.a_returnee())
    first, second = CaseCheck.objects.filter(case=case).order_by("id")
    people.answer(first, "not_found", "系统里没有")
    people.answer(second)
    case.refresh_from_db()
    reviewer = people.as_actor("zhengwei")
    with pytest.raises(Refused, match="有核验没有通过"):
        actions.pass_review(reviewer, case=case)
    case = actions.return_to_checks(reviewer, case=case, reason="请再查一次")
    assert case.state == "checking"
    for check in CaseCheck.objects.filter(case=case, round=2):
        people.answer(check)
    case.refresh_from_db()
    assert actions.pass_review(reviewer, case=case).state == "approved"


def test_a_second_registration_cannot_pass_and_is_refused_in_writing_with_ways_to_appeal(scoped_db: object) -> None:
    case = people.checked(people.a_returnee(2, name="王建", firms=2))
    reviewer = people.as_actor("zhengwei")
    with pytest.raises(Refused, match="初次办理注册登记"):
        actions.pass_review(reviewer, case=case)
    case = actions.refuse_case(reviewer, case=case, grounds=["first_time"], reason="这是第二次办理注册登记。")
    decision = WrittenDecision.objects.get(case=case)
    assert (case.state, decision.kind) == ("refused", "refused")
    assert decision.number == "通山县人社局不予〔2026〕1号"
    assert decision.grounds[0]["label"] == "初次办理注册登记" and "二（七）" in decision.grounds[0]["clause"]
    assert [way["way"] for way in decision.appeal] == ["行政复议", "行政诉讼"]


def test_somebody_paid_before_the_system_is_found_on_the_list_and_not_paid_again(
    scoped_db: object, tmp_path: Path
) -> None:
    people.with_list(tmp_path, id_number(people.BORN, "女", 1))
    case = people.submitted(people.a_returnee())
    compared = CaseComparison.objects.get(case=case, list_id="paid-before")
    assert (compared.matched, compared.title) == (True, "以前发过的一次性创业补贴")
    case = actions.accept_case(people.as_actor("zhoumin"), case=case)
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check)
    case.refresh_from_db()
    with pytest.raises(Refused, match="没有领过"):
        actions.pass_review(people.as_actor("zhengwei"), case=case)


def test_a_refusal_after_approval_gives_the_money_back(scoped_db: object) -> None:
    case = people.approved(people.a_returnee())
    before = {row.pot: row.balance_fen for row in ledger.pots("startup-subsidy", people.COUNTY)}
    actions.refuse_case(people.as_actor("zhengwei"), case=case, reason="查实材料不真实。")
    after = {row.pot: row.balance_fen for row in ledger.pots("startup-subsidy", people.COUNTY)}
    assert after["budget"] - before["budget"] == 5_000_00
    person = people.a_returnee(1)
    assert people.a_draft(person).state == "draft"  # a refusal does not stand in the way of a new request


def test_three_different_people_prepare_recheck_and_sign(scoped_db: object) -> None:
    batch = people.a_batch(people.approved(people.a_returnee()))
    preparer_too = people.with_powers_of("huanglei", "wuqiang")
    with pytest.raises(Refused, match="审办分离"):
        actions.recheck_batch(preparer_too, batch=batch)
    batch = actions.recheck_batch(people.as_actor("wuqiang"), batch=batch)
    rechecker_too = people.with_powers_of("wuqiang", "xurong")
    with pytest.raises(Refused, match="审办分离"):
        actions.sign_batch(rechecker_too, batch=batch)
    assert actions.sign_batch(people.as_actor("xurong"), batch=batch).state == "signed"


def test_a_case_taken_out_of_a_batch_waits_for_the_next(scoped_db: object) -> None:
    first, second = people.approved(people.a_returnee(1)), people.approved(people.a_returnee(2, name="张晓明"))
    batch = people.a_batch(first, second)
    batch = actions.remove_from_batch(people.as_actor("huanglei"), batch=batch, case=first, reason="账户待核")
    first.refresh_from_db()
    assert (first.state, batch.line_count, batch.total_fen) == ("approved", 1, 5_000_00)
    batch = actions.remove_from_batch(people.as_actor("huanglei"), batch=batch, case=second, reason="一并重做")
    assert batch.state == "cancelled"
    assert people.a_batch(first, second).title.endswith("2026年第2批")


def test_an_objection_stops_only_the_line_it_concerns(scoped_db: object, at: Clock) -> None:
    first, second = people.approved(people.a_returnee(1)), people.approved(people.a_returnee(2, name="张晓明"))
    batch = people.signed(first, second)
    reviewer = people.as_actor("zhengwei")
    actions.mark_noticed(reviewer, batch=batch, notice_number="GS-1", until=date(2026, 6, 15))
    actions.hold_line(reviewer, case=first, reason="有人反映不在本地经营")
    at("2026-06-16 09:00")
    batch = actions.clear_batch(reviewer, batch=batch)
    assert states_of(first, second) == ["held", "payable"]
    officer = people.as_actor("huanglei")
    actions.request_batch_payment(officer, batch=batch)
    assert states_of(first, second) == ["held", "paying"]
    actions.release_line(reviewer, case=first, reason="核实无误")
    actions.clear_batch(reviewer, batch=batch)
    actions.request_batch_payment(officer, batch=batch)
    assert states_of(first, second) == ["paying", "paying"]


def test_a_batch_whose_last_line_is_refused_is_settled(scoped_db: object, at: Clock) -> None:
    case = people.approved(people.a_returnee())
    batch = people.signed(case)
    reviewer = people.as_actor("zhengwei")
    actions.mark_noticed(reviewer, batch=batch, notice_number="GS-1", until=date(2026, 6, 15))
    actions.hold_line(reviewer, case=case, reason="有人反映不在本地经营")
    at("2026-06-16 09:00")
    actions.clear_batch(reviewer, batch=batch)
    case = actions.refuse_held_line(reviewer, case=case, reason="查实不在本地经营。")
    batch.refresh_from_db()
    assert (case.state, batch.state) == ("refused", "settled")
    assert list(checks.findings()) == []


def states_of(*cases: Case) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_the_check_command_finds_nothing_wrong_and_then_each_planted_fault(scoped_db: object) -> None:
    batch = people.a_batch(people.approved(people.a_returnee()))
    assert list(checks.findings()) == []
    Case.objects.filter(batch_lines__batch=batch).update(state="paid", amount_fen=1)
    found = {finding.code for finding in checks.findings()}
    assert found == {"cases.state", "cases.line-amount", "cases.entitlement"}


def test_outside_a_scope_no_table_of_cases_shows_a_row(scoped_db: object) -> None:
    people.approved(people.a_returnee())
    assert Case.objects.exists()
    with entered(Scope()):
        assert not Case.objects.exists()
        assert not CaseCheck.objects.exists()
        assert not CaseComparison.objects.exists()
