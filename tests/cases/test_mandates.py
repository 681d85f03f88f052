"""A helper acts only with a signed mandate that the resident confirmed and that still runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions, queries
from guiyan.cases.models import Mandate, Message
from guiyan.kernel import workflow
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def given(person: people.Person) -> Mandate:
    return actions.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=date(2026, 6, 30),
        name="委托书.pdf",
        content=people.PAPER,
    )


def opened(person: people.Person) -> object:
    return people.a_draft(person, by=people.as_actor("lihuifang"), entry="helper")


def test_without_the_residents_yes_nothing_can_be_entered(scoped_db: object) -> None:
    person = people.a_returnee()
    with pytest.raises(Refused, match="没有这位居民的委托书"):
        opened(person)
    mandate = given(person)
    assert Message.objects.get(subject_id=person.subject_id).title == "请确认：是否委托李慧芳（一次性创业补贴申领）代办"
    with pytest.raises(Refused, match="还没有经本人确认"):
        opened(person)
    with pytest.raises(NotAllowed):
        actions.confirm_mandate(people.as_actor("lihuifang"), mandate=mandate)


def test_confirmed_in_the_app_the_helper_submits_on_her_behalf(scoped_db: object) -> None:
    person = people.a_returnee()
    actions.confirm_mandate(person.actor, mandate=given(person))
    helper = people.as_actor("lihuifang")
    case = people.a_draft(person, by=helper, entry="helper")
    case = actions.submit_case(helper, case=case, token=case.submission_token)
    assert (case.state, case.entry, case.entered_by_label) == ("submitted", "helper", "李慧芳")
    assert workflow.history(case)[-1].on_behalf == "刘春燕（委托书）"


def test_confirmed_at_the_counter_it_says_so(scoped_db: object) -> None:
    mandate = actions.confirm_mandate(people.as_actor("chenjing"), mandate=given(people.a_returnee()))
    assert (mandate.confirmed_way, mandate.get_confirmed_way_display()) == ("counter", "本人到窗口确认")


def test_an_ended_or_expired_mandate_is_refused(scoped_db: object, at: Clock) -> None:
    person = people.a_returnee()
    mandate = actions.confirm_mandate(person.actor, mandate=given(person))
    case = opened(person)
    at("2026-07-01 09:00")
    with pytest.raises(Refused, match="2026年6月30日到期"):
        actions.save_draft(people.as_actor("lihuifang"), case=case, values={})  # type: ignore[arg-type]
    actions.end_mandate(person.actor, mandate=mandate, reason="我自己办")
    with pytest.raises(Refused, match="终止"):
        actions.save_draft(people.as_actor("lihuifang"), case=case, values={})  # type: ignore[arg-type]


def test_a_mandate_that_ends_while_the_form_is_open_submits_nothing(scoped_db: object) -> None:
    person, helper = people.a_returnee(), people.as_actor("lihuifang")
    mandate = actions.confirm_mandate(person.actor, mandate=given(person))
    case = people.a_draft(person, by=helper, entry="helper")
    actions.end_mandate(person.actor, mandate=mandate, reason="我自己办")
    with pytest.raises(Refused, match="终止"):
        actions.submit_case(helper, case=case, token=case.submission_token)
    case.refresh_from_db()
    assert (case.state, case.number) == ("draft", "")
    taken_over = actions.submit_case(person.actor, case=case, token=case.submission_token)
    assert taken_over.state == "submitted"


def test_a_helper_of_another_town_finds_nobody(scoped_db: object) -> None:
    far = people.a_returnee(3, name="王爱珍", region=421224101201)
    with pytest.raises(NotFound):
        given(far)


def test_the_signed_paper_must_be_what_its_name_says(scoped_db: object) -> None:
    with pytest.raises(Refused):
        actions.give_mandate(
            people.as_actor("lihuifang"),
            subject_id=people.a_returnee().subject_id,
            item=people.ITEM,
            valid_to=date(2026, 6, 30),
            name="委托书.pdf",
            content=b"MZ not a pdf",
        )


def test_a_mandate_runs_at_most_a_year(scoped_db: object) -> None:
    person = people.a_returnee()
    for day in (date(9999, 12, 31), date(2027, 6, 9)):
        with pytest.raises(Refused, match="委托最长一年，到期日请填2027年6月8日或以前的日子"):
            given_until(person, day)
    assert given_until(person, date(2027, 6, 8)).valid_to == date(2027, 6, 8)


def given_until(person: people.Person, day: date) -> Mandate:
    return actions.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=day,
        name="委托书.pdf",
        content=people.PAPER,
    )


@pytest.mark.parametrize("answered", ["confirmed", "ended"])
def test_what_asked_for_her_yes_is_read_once_she_has_answered(scoped_db: object, answered: str) -> None:
    person = people.a_returnee()
    other, mandate = given(person), given(person)
    if answered == "confirmed":
        actions.confirm_mandate(person.actor, mandate=mandate)
    else:
        actions.end_mandate(person.actor, mandate=mandate, reason="本人拒绝")
    assert Message.objects.get(mandate=mandate).read_at is not None
    assert Message.objects.get(mandate=other).read_at is None


def test_a_draft_without_a_mandate_that_runs_is_not_among_the_helpers_work(scoped_db: object, at: Clock) -> None:
    person, helper = people.a_returnee(), people.as_actor("lihuifang")
    mandate = actions.confirm_mandate(person.actor, mandate=given(person))
    opened(person)
    assert [row.todo for row in queries.work_for(helper)] == ["继续填写"]
    actions.end_mandate(person.actor, mandate=mandate, reason="我自己办")
    assert queries.work_for(helper) == []
    actions.confirm_mandate(person.actor, mandate=given(person))
    assert [row.todo for row in queries.work_for(helper)] == ["继续填写"]
    at("2026-07-01 09:00")
    assert queries.work_for(helper) == []
