"""我能享受什么 for a firm: whoever asks, what its entry holds is not asked, and only one's own firms can be named."""

from __future__ import annotations

import pytest
from django.test import Client

from guiyan.registers import queries as registers
from tests.cases import people
from tests.portal.residents import page, resident, words

pytestmark = pytest.mark.usefixtures("library")


def about(client: Client, whom: str) -> str:
    """Where it leads once it is about them."""
    client.post("/can-i-get/about/", {"about": whom})
    return str(client.get("/can-i-get/").url)  # type: ignore[attr-defined]


def all_answers(client: Client, given: dict[str, str]) -> str:
    """Answer every question that comes, 不清楚 to what is not given; the result as a reader sees it."""
    for _ in range(20):
        address = str(client.get("/can-i-get/").url)  # type: ignore[attr-defined]
        if address == "/can-i-get/result/":
            break
        fact = address.rstrip("/").rpartition("/")[2]
        said = {"answer": given[fact]} if fact in given else {"skip": "1"}
        assert client.post(address, said).status_code == 302, fact
    return words(page(client, "/can-i-get/result/"))


def test_anybody_may_ask_for_a_firm_without_naming_one() -> None:
    client = Client()
    assert about(client, "organisation").startswith("/can-i-get/q/")
    seen = all_answers(client, {"size": "micro", "is_graduate_led": "false", "recognised_as": "returnee-project"})
    assert "这个单位现在初步符合" in seen
    assert "返乡创业项目奖补" in seen and "一次性创业补贴" not in seen


def test_a_question_with_boxes_can_be_left_open_too() -> None:
    client = Client()
    about(client, "organisation")
    html = page(client, "/can-i-get/q/recognised_as/")
    assert "不清楚，先跳过" in words(html)
    client.post("/can-i-get/q/recognised_as/", {"skip": "1"})
    assert "再答" in words(page(client, "/can-i-get/result/"))


def test_answers_for_herself_and_for_the_firm_are_kept_apart() -> None:
    client = Client()
    client.post("/can-i-get/q/is_returnee/", {"answer": "true"})
    about(client, "organisation")
    assert "是返乡人员" not in words(page(client, "/can-i-get/result/"))
    about(client, "person")
    assert "返乡" in words(page(client, "/can-i-get/result/"))


def test_her_own_firm_is_named_and_what_its_entry_holds_is_not_asked() -> None:
    client, person = resident(firms=2)
    firms = registers.firms_of(person.subject_id)
    seen = words(page(client, "/can-i-get/result/"))
    assert all(firm.display_name in seen for firm in firms)
    about(client, str(firms[0].pk))
    told = words(page(client, "/can-i-get/result/"))
    assert firms[0].display_name in told
    assert client.get("/can-i-get/q/registered_on/").status_code == 404  # held, or asked by no measure


def test_somebody_elses_firm_cannot_be_named() -> None:
    other = people.a_returnee(7, name="王建")
    theirs = registers.firms_of(other.subject_id)[0]
    client, _ = resident(firms=1)
    about(client, str(theirs.pk))
    assert theirs.display_name not in page(client, "/can-i-get/result/")


def test_the_switch_works_without_javascript_and_says_which_is_chosen() -> None:
    client = Client()
    about(client, "organisation")
    html = page(client, "/can-i-get/result/")
    assert 'value="organisation" aria-pressed="true"' in html
    assert "<script>" not in html
