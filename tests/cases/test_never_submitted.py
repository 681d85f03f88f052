"""A draft that was given up before it was submitted is nobody else's business and breaks nobody's list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions, queries
from guiyan.cases.models import Case
from guiyan.kernel.errors import NotFound
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def given_up() -> Case:
    person = people.a_returnee()
    return actions.withdraw_case(person.actor, case=people.a_draft(person), reason="本人放弃草稿")


@pytest.mark.parametrize("query", ["", "?stage=ended", "?q=刘春燕", "?q=liu", "?sort=due", "?entry=self"])
def test_the_list_opens_and_leaves_out_what_was_never_submitted(client_as: SignIn, query: str) -> None:
    given_up()
    sent = people.submitted(people.a_returnee(2, name="王建"))
    answer = client_as("zhoumin").get(f"/desk/cases/{query}")
    assert answer.status_code == 200
    assert "/desk/cases//" not in answer.content.decode()
    assert [one.number for one in queries.cases_for(people.as_actor("zhoumin")).rows] == [sent.number]


def test_no_address_leads_an_officer_to_it(client_as: SignIn) -> None:
    case = given_up()
    for username in ("zhoumin", "chenjing", "xurong"):
        for path in (f"/desk/cases/id/{case.pk}/", f"/desk/cases/drafts/{case.pk}/"):
            assert client_as(username).get(path).status_code == 404
    with pytest.raises(NotFound):
        queries.case_by_number(people.as_actor("zhoumin"), "")


def test_no_figure_counts_it() -> None:
    given_up()
    assert list(queries.dataset("cases")) == []


def test_a_clerk_who_gave_up_a_draft_is_led_back_to_her_work(client_as: SignIn) -> None:
    clerk, counter = people.as_actor("chenjing"), client_as("chenjing")
    case = people.a_draft(people.a_returnee(), by=clerk, entry="counter")
    assert counter.get(f"/desk/cases/id/{case.pk}/").status_code == 404
    counter.post(f"/desk/cases/drafts/{case.pk}/withdraw/")
    led = counter.get(f"/desk/cases/drafts/{case.pk}/", follow=True)
    assert led.redirect_chain == [("/desk/", 302)]
    assert "这份草稿已经放弃" in led.content.decode()


def test_no_officer_opens_a_paper_of_it() -> None:
    paper = given_up().materials.all()[0]
    for username in ("zhoumin", "chenjing"):
        with pytest.raises(NotFound):
            queries.material_by_id(people.as_actor(username), paper.pk)
