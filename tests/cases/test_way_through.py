"""One request from the draft to the payment, and what each turn leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.accounts.scope import scope_of
from guiyan.cases import actions, queries
from guiyan.cases.models import CaseCheck, Message
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries as registers
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def test_a_draft_is_prefilled_with_what_is_held_and_never_asks_for_it(scoped_db: object) -> None:
    case = people.a_draft(people.a_returnee())
    assert case.held["name"]["value"] == "刘春燕"
    assert case.held["name"]["source"] == "部门数据共享"
    assert case.held["firm_name"]["source"] == "市场监管共享"
    assert "jobs_led" not in case.held
    assert case.amount_fen == 5_000_00


def test_the_whole_way_ends_with_money_paid_and_the_batch_settled(scoped_db: object, at: Clock) -> None:
    case = people.approved(people.a_returnee())
    assert case.state == "approved"
    batch = people.signed(case)
    assert (batch.state, batch.line_count, batch.total_fen) == ("signed", 1, 5_000_00)
    reviewer = people.as_actor("zhengwei")
    actions.mark_noticed(reviewer, batch=batch, notice_number="GS-1", until=date(2026, 6, 15))
    at("2026-06-16 09:00")
    batch = actions.clear_batch(reviewer, batch=batch)
    case.refresh_from_db()
    assert (batch.state, case.state) == ("cleared", "payable")
    number = actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    assert number
    case.refresh_from_db()
    assert case.state == "paying"


def test_two_units_are_asked_at_the_same_moment_and_the_last_answer_opens_the_review(scoped_db: object) -> None:
    case = people.accepted(people.a_returnee())
    checks = list(CaseCheck.objects.filter(case=case).order_by("id"))
    assert {check.unit.code for check in checks} == {"421224-market-regulation", "421224107-government"}
    people.answer(checks[0])
    case.refresh_from_db()
    assert case.state == "checking"
    people.answer(checks[1])
    case.refresh_from_db()
    assert case.state == "reviewing"


def test_every_turn_tells_the_applicant_what_to_do(scoped_db: object) -> None:
    case = people.approved(people.a_returnee())
    kinds = list(Message.objects.filter(case=case).order_by("id").values_list("kind", flat=True))
    assert kinds == ["submitted", "accepted", "approved"]


def test_a_second_click_on_submit_gives_the_same_case(scoped_db: object) -> None:
    person = people.a_returnee()
    draft = people.a_draft(person)
    first = actions.submit_case(person.actor, case=draft, token=draft.submission_token)
    again = actions.submit_case(person.actor, case=draft, token=draft.submission_token)
    assert (again.pk, again.number) == (first.pk, first.number)
    assert first.number == "XN421224-2026-000001"


def test_the_same_person_may_not_apply_again_and_reads_when_and_under_which_number(scoped_db: object) -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    with pytest.raises(Refused, match=f"2026年6月8日已经申请过“一次性创业补贴申领”，编号{case.number}"):
        actions.open_draft(person.actor, item=people.ITEM, subject_id=person.subject_id, entry="self")


def test_what_was_decided_on_is_kept_with_its_facts_and_version(scoped_db: object) -> None:
    page = queries.case_page(people.as_actor("zhengwei"), people.approved(people.a_returnee()))
    assert page.verdict is not None
    assert (page.verdict.moment, page.verdict.verdict, page.verdict.measure_version) == (
        "reviewed",
        "yes",
        "2025-06-09",
    )
    facts = {row["fact"]: row for row in page.verdict.facts}
    assert (facts["business_registrations"]["value"], facts["business_registrations"]["source"]) == (
        "1",
        "市场监管共享",
    )
    assert facts["received"]["value"] == "没有"


def test_an_approval_tells_the_register_what_was_checked(scoped_db: object) -> None:
    person = people.a_returnee()
    before = registers.entry(SYSTEM, "returnee", person.subject_id)
    people.approved(person)
    after = registers.entry(SYSTEM, "returnee", person.subject_id)
    assert before is not None and after is not None
    assert (before["registration_checked"], before["jobs_led"]) == (None, None)
    assert (after["registration_checked"], after["jobs_led"]) == (True, 4)
    assert after["business_registered_on"] == date(2026, 3, 18)
    assert registers.source_label("returnee", person.subject_id, "jobs_led") == "办件核验"


def test_a_resident_does_her_part_within_her_own_rows(scoped_db: object, at: Clock) -> None:
    person = people.a_returnee()
    own = scope_of(person.actor)
    with entered(own):
        case = people.submitted(person)
        assert [one.number for one in queries.my_cases(person.actor)] == [case.number]
        assert queries.case_page(person.actor, case).comparisons[0].matched is False
    actions.request_supplement(
        people.as_actor("zhoumin"), case=case, materials=["id_card"], message="请重拍。", due_on=date(2026, 6, 12)
    )
    with entered(own):
        actions.add_material(person.actor, case=case, material="id_card", name="new.pdf", content=people.PAPER)
        assert actions.resubmit_case(person.actor, case=case).state == "submitted"
        assert queries.messages_for(person.actor)[0].kind == "supplied"
    stranger = people.a_returnee(2, name="张晓明")
    with entered(scope_of(stranger.actor)):
        assert queries.my_cases(stranger.actor) == []
        with pytest.raises(NotFound):
            queries.case_by_number(stranger.actor, case.number)
        with pytest.raises(NotFound):
            actions.withdraw_case(stranger.actor, case=case)


def test_progress_is_public_by_its_code_or_by_number_and_name_and_shows_no_person(scoped_db: object) -> None:
    case = people.submitted(people.a_returnee())
    with entered(Scope.public_pages()):
        shown = queries.public_progress(queries.progress_token(case))
        assert (shown.number, shown.applicant_masked, shown.state) == (case.number, "刘*燕", "已提交")
        assert [step.title for step in shown.steps][:2] == ["申请", "受理"]
        assert queries.progress_by_number(case.number, "刘春燕").number == case.number
        for wrong in (lambda: queries.public_progress("x"), lambda: queries.progress_by_number(case.number, "刘春")):
            with pytest.raises(NotFound):
                wrong()
