"""Turns that the story does not foresee: money that runs out, mandates that end midway, papers after their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.models import Grant
from guiyan.cases import actions, checks
from guiyan.cases.models import Case, CaseMaterial
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.ledger import queries as ledger
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_list(tmp_path)


def test_money_that_lasts_for_one_approves_one_and_says_why_not_the_other() -> None:
    people.with_budget(5_000_00)
    cases = [people.checked(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    reviewer = people.as_actor("zhengwei")
    actions.pass_review(reviewer, case=cases[0])
    with pytest.raises(Refused, match="不够本次"):
        actions.pass_review(reviewer, case=cases[1])
    cases[1].refresh_from_db()
    assert (cases[1].state, ledger.entitlement_for(cases[1].ref)) == ("reviewing", None)
    assert list(checks.findings()) == []
    people_budget_again()
    assert actions.pass_review(reviewer, case=cases[1]).state == "approved"


def people_budget_again() -> None:
    from guiyan.kernel.actors import SYSTEM
    from guiyan.ledger.actions import set_budget

    set_budget(
        SYSTEM, programme="startup-subsidy", region=people.COUNTY, amount_fen=5_000_00, source_doc="示例预算通知2号"
    )


def helped(person: people.Person) -> Case:
    helper = people.as_actor("lihuifang")
    mandate = actions.give_mandate(
        helper,
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=date(2026, 6, 30),
        name="委托书.pdf",
        content=people.PAPER,
    )
    actions.confirm_mandate(person.actor, mandate=mandate)
    return people.a_draft(person, by=helper, entry="helper")


def test_a_mandate_taken_back_between_draft_and_submission_stops_the_helper() -> None:
    person = people.a_returnee()
    case = helped(person)
    assert case.mandate is not None
    actions.end_mandate(person.actor, mandate=case.mandate, reason="我自己办")
    helper = people.as_actor("lihuifang")
    for doing in (
        lambda: actions.submit_case(helper, case=case, token=case.submission_token),
        lambda: actions.save_draft(helper, case=case, values={"jobs_led": "9"}),
        lambda: actions.withdraw_case(helper, case=case),
    ):
        with pytest.raises(Refused, match="终止"):
            doing()
    case.refresh_from_db()
    assert (case.state, case.answers["jobs_led"]) == ("draft", "4")


def test_a_helper_of_another_place_finds_nobody_there() -> None:
    elsewhere = people.a_returnee(2, region=421224101000)
    with pytest.raises(NotFound):
        actions.give_mandate(
            people.as_actor("lihuifang"),
            subject_id=elsewhere.subject_id,
            item=people.ITEM,
            valid_to=date(2026, 6, 30),
            name="委托书.pdf",
            content=people.PAPER,
        )


@pytest.mark.parametrize("days", [(-10, -1), (1, 10)], ids=["expired", "not-yet"])
def test_a_grant_of_other_days_opens_nothing(days: tuple[int, int]) -> None:
    case = people.submitted(people.a_returnee())
    today = date(2026, 6, 8)
    Grant.objects.filter(post__user__username="zhoumin").update(
        valid_from=today + timedelta(days[0]), valid_to=today + timedelta(days[1])
    )
    with pytest.raises((NotFound, NotAllowed)):
        actions.accept_case(people.as_actor("zhoumin"), case=case)


@pytest.mark.parametrize("username", ["caoyun", "chenjing", "sunli", "shenji", "yunwei", "linzong", "lihuifang"])
def test_nobody_else_accepts_or_reviews(username: str) -> None:
    case = people.submitted(people.a_returnee())
    other = people.as_actor(username)
    for doing in (
        lambda: actions.accept_case(other, case=case),
        lambda: actions.pass_review(other, case=case),
        lambda: actions.refuse_acceptance(other, case=case, reason="不归我管"),
        lambda: actions.prepare_batch(other, cases=[case]),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            doing()


def test_papers_after_their_day_are_still_taken_and_the_office_may_end_the_waiting(at: Clock) -> None:
    person, silent = people.a_returnee(1, name="示例甲"), people.a_returnee(2, name="示例乙")
    officer = people.as_actor("zhoumin")
    cases = [people.submitted(one) for one in (person, silent)]
    for case in cases:
        actions.request_supplement(
            officer, case=case, materials=["id_card"], message="请重拍。", due_on=date(2026, 6, 12)
        )
    at("2026-06-15 09:00")
    case = cases[0]
    actions.add_material(person.actor, case=case, material="id_card", name="a.pdf", content=people.PAPER)
    assert actions.resubmit_case(person.actor, case=case).state == "submitted"
    ended = actions.refuse_acceptance(officer, case=cases[1], reason="期满没有补交。")
    assert ended.state == "not_accepted"


def test_a_request_not_answered_in_time_is_not_ended_before_its_day(at: Clock) -> None:
    people_case = people.submitted(people.a_returnee())
    officer = people.as_actor("zhoumin")
    actions.request_supplement(
        officer, case=people_case, materials=["id_card"], message="请重拍。", due_on=date(2026, 6, 12)
    )
    at("2026-06-12 09:00")
    with pytest.raises(Refused, match="6月12日"):
        actions.refuse_acceptance(officer, case=people_case, reason="期满没有补交。")


def test_a_withdrawn_request_keeps_its_papers_and_stands_in_nobodys_way() -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    case = actions.withdraw_case(person.actor, case=case)
    assert CaseMaterial.objects.filter(case=case).count() == 2
    with pytest.raises(Refused):
        actions.add_material(person.actor, case=case, material="id_card", name="a.pdf", content=people.PAPER)
    again = people.a_draft(person)
    assert actions.submit_case(person.actor, case=again, token=again.submission_token).state == "submitted"


HOSTILE = ["../../etc/passwd.pdf", "..\\..\\a.pdf", "a\u202egnp.pdf", "名" * 400 + ".pdf", "\r\nX: y.pdf"]


def test_a_hostile_file_name_does_no_harm(client_as: Callable[[str], Client]) -> None:
    person = people.a_returnee()
    draft = people.a_draft(person)
    for name in HOSTILE:
        actions.add_material(person.actor, case=draft, material="id_card", name=name, content=people.PAPER)
    case = actions.submit_case(person.actor, case=draft, token=draft.submission_token)
    for row in CaseMaterial.objects.filter(case=case):
        assert row.file_name == row.file.name and row.file_name.isprintable() and len(row.file_name) <= 200
        assert not {"/", "\\"} & set(row.file_name)
        answer = client_as("zhoumin").get(f"/desk/cases/materials/{row.pk}/")
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Type"] == "application/pdf"
