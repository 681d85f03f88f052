"""Without JavaScript one clicks twice: the same person is told that it is done, and led to the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.cases import actions
from guiyan.cases.models import CaseCheck, WrittenDecision
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]
BEFORE = "您刚才已经办好"


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def twice(client: Client, path: str, form: dict[str, object]) -> str:
    client.post(path, form)
    answer = client.post(path, form, follow=True)
    assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)
    return answer.content.decode()


def test_whoever_accepts_twice_is_told_that_it_is_done(client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    assert BEFORE in twice(client_as("zhoumin"), f"/desk/cases/{case.number}/step/accept/", {"opinion": "齐全"})


def test_a_refusal_sent_twice_is_one_decision_with_the_first_words(client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    path = f"/desk/cases/{case.number}/step/refuse_acceptance/"
    assert BEFORE in twice(client_as("zhoumin"), path, {"opinion": "不属于受理范围。"})
    assert WrittenDecision.objects.get(case=case).reason == "不属于受理范围。"


def test_somebody_else_is_told_that_another_was_faster(client_as: SignIn) -> None:
    case = people.checked(people.a_returnee())
    actions.suspend_case(people.as_actor("zhengwei"), case=case, reason="核对门牌号。")
    late = client_as("zhoumin").post(f"/desk/cases/{case.number}/step/accept/", {"opinion": "齐全"})
    assert (late.status_code, BEFORE in late.content.decode()) == (409, False)


def test_whoever_answers_a_check_twice_is_told_that_it_is_answered(client_as: SignIn) -> None:
    case = people.accepted(people.a_returnee())
    check = CaseCheck.objects.get(case=case, check_id="registration")
    said = twice(client_as("marketchecker"), f"/desk/checks/{check.pk}/", {"result": "true", "note": ""})
    assert "您刚才已经回复" in said


def test_a_supplement_sent_twice_at_the_counter_is_sent_once(client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    actions.request_supplement(
        people.as_actor("zhoumin"),
        case=case,
        materials=["id_card"],
        fields=["returned_from"],
        message="请补。",
        due_on=date(2026, 6, 12),
    )
    counter, path = client_as("chenjing"), f"/desk/cases/drafts/{case.pk}/"
    counter.post(f"{path}materials/id_card/", {"file": SimpleUploadedFile("id.png", people.PHOTO)})
    assert "刚才已经提交" in twice(counter, path, {"returned_from": "广东省广州市"})


def test_a_draft_given_up_twice_is_given_up_once(client_as: SignIn) -> None:
    case = people.a_draft(people.a_returnee(), by=people.as_actor("chenjing"), entry="counter")
    assert "这份草稿已经放弃" in twice(client_as("chenjing"), f"/desk/cases/drafts/{case.pk}/withdraw/", {})
