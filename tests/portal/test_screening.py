"""我能享受什么: the fewest questions, nothing held is asked, answers change, three groups with their reasons."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.portal.residents import page, resident, words

pytestmark = pytest.mark.usefixtures("in_force")


def answer(client: Client, path: str, value: str) -> str:
    """Answer a question; the address it leads to."""
    sent = client.post(path, {"answer": value})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    return str(client.get("/can-i-get/").url)  # type: ignore[attr-defined]


def first_question(client: Client) -> str:
    return str(client.get("/can-i-get/").url)  # type: ignore[attr-defined]


def test_anybody_is_asked_two_questions_and_qualifies_for_now() -> None:
    client = Client()
    assert first_question(client) == "/can-i-get/q/is_returnee/"
    assert answer(client, "/can-i-get/q/is_returnee/", "true") == "/can-i-get/q/business_registrations/"
    assert answer(client, "/can-i-get/q/business_registrations/", "1") == "/can-i-get/result/"
    seen = words(page(client, "/can-i-get/result/"))
    assert "您现在初步符合1项" in seen and "5,000元" in seen and "申请补贴" in seen
    assert "文件还写了“符合条件的”" in seen and "按没有领过判断" in seen


def test_answers_never_stand_in_an_address() -> None:
    client = Client()
    sent = client.post("/can-i-get/q/is_returnee/", {"answer": "true"})
    assert sent.url == "/can-i-get/"  # type: ignore[attr-defined]
    assert "true" not in first_question(client)


def test_a_question_says_why_it_is_asked_and_what_may_be_left_open() -> None:
    seen = words(page(Client(), "/can-i-get/q/business_registrations/"))
    assert "您是第一次办营业执照吗？" in seen and "不清楚" in seen
    assert "第1题，最多还有1题" in seen and "一次性创业补贴5,000元" in seen


def test_an_empty_answer_is_asked_again_in_plain_words() -> None:
    refused = Client().post("/can-i-get/q/is_returnee/", {})
    assert refused.status_code == 422
    assert "请选一个" in refused.content.decode()


def test_not_sure_leaves_the_measure_open_with_a_way_to_answer_after_all() -> None:
    client = Client()
    answer(client, "/can-i-get/q/business_registrations/", "1")
    assert answer(client, "/can-i-get/q/is_returnee/", "unsure") == "/can-i-get/result/"
    html = page(client, "/can-i-get/result/")
    assert "再答1题就能确定" in words(html) and "/can-i-get/q/is_returnee/" in html


def test_an_answer_can_be_changed_and_everything_forgotten() -> None:
    client = Client()
    answer(client, "/can-i-get/q/business_registrations/", "2")
    assert answer(client, "/can-i-get/q/is_returnee/", "true") == "/can-i-get/result/"
    assert "初次办理注册登记：不是，以前办过（您填写的）" in words(page(client, "/can-i-get/result/"))
    assert answer(client, "/can-i-get/q/business_registrations/", "1") == "/can-i-get/result/"
    assert "您现在初步符合1项" in words(page(client, "/can-i-get/result/"))
    client.post("/can-i-get/again/")
    assert first_question(client) == "/can-i-get/q/is_returnee/"


def test_one_answer_that_decides_everything_ends_the_questions() -> None:
    client = Client()
    assert answer(client, "/can-i-get/q/is_returnee/", "false") == "/can-i-get/result/"
    assert "现在还没有符合的政策" in words(page(client, "/can-i-get/result/"))


def test_a_resident_is_asked_nothing_that_is_held_and_told_where_it_comes_from() -> None:
    client, _ = resident()
    assert first_question(client) == "/can-i-get/result/"
    seen = words(page(client, "/can-i-get/result/"))
    assert "您现在初步符合1项" in seen and "返乡人员名录" in seen and "通山县人社局" in seen
    page(client, "/can-i-get/q/is_returnee/", 404)


def test_a_second_registration_does_not_qualify_and_says_why() -> None:
    client, _ = resident("wangjian", serial=2, firms=2)
    assert first_question(client) == "/can-i-get/result/"
    said = words(page(client, "/can-i-get/result/"))
    assert "初次办理注册登记：名下办过2次注册登记（市场监管共享，" in said and "核对）" in said


def test_a_question_that_no_measure_asks_is_not_found() -> None:
    page(Client(), "/can-i-get/q/age_years/", 404)
    page(Client(), "/can-i-get/q/no_such_fact/", 404)


@pytest.mark.usefixtures("library")
def test_many_questions_are_told_as_about_how_many_in_five_parts() -> None:
    client = Client()
    assert first_question(client) == "/can-i-get/q/is_returnee/"
    html = page(client, "/can-i-get/q/is_returnee/")
    assert "大约还有" in words(html) and "最多还有" not in words(html)
    assert html.split('class="question-steps-bar"')[1].split("</div>")[0].count("<i") == 5


@pytest.mark.usefixtures("library")
def test_what_is_held_is_not_asked_within_a_condition_and_is_told_there() -> None:
    client, _ = resident()
    card = card_of(page(client, "/can-i-get/result/"), "高校毕业生一次性创业补贴")
    assert "营业执照是哪天办的" not in card and "2026年3月18日登记（市场监管共享" in card
    assert "毕业5年内创办企业（含满5年当天）：您是哪天毕业的" in card


@pytest.mark.usefixtures("library")
def test_an_interest_subsidy_is_told_as_one_and_not_as_the_loan() -> None:
    client, _ = resident()
    card = card_of(page(client, "/can-i-get/result/"), "高校毕业生创业贷款贴息")
    assert '<b class="nb">利息补一半</b><span>贷款最高30万元</span>' in card
    listed = words(page(Client(), "/measures/"))
    assert "高校毕业生创业贷款贴息个人，高校毕业生，贴息，贷款最高30万元利息补一半" in listed
    assert "贴息利息补一半" in words(page(Client(), "/measures/graduate-loan-person/"))


@pytest.mark.usefixtures("library")
def test_a_card_says_how_long_it_takes_and_when_nothing_is_asked_for() -> None:
    client, _ = resident()
    html = page(client, "/can-i-get/result/")
    loan = card_of(html, "个人创业担保贷款")
    assert "文件没有写条件，由经办单位和银行审核" in loan and "多久：3个工作日内" in loan
    subsidy = card_of(html, "一次性创业补贴")
    assert "受理以后15个工作日内办到签批" in subsidy and "文件没有写条件" not in subsidy


def card_of(html: str, title: str) -> str:
    """The card of one measure."""
    return next(part for part in html.split("<article")[1:] if f'verdict-title">{title}</h3>' in part)
