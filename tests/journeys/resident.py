"""刘春燕 on her phone."""

from __future__ import annotations

from tests.journeys.browsing import Person
from tests.journeys.stage import PHOTO, Form

MEASURE = "一次性创业补贴"


ANSWERS = {"第一次办营业执照": "是，第一次办", "从外地回来": "是，已经回来了"}


def answer_without_an_account(visitor: Person) -> None:
    """What she knows she answers, the rest she leaves open; the same result, and nothing of it is kept."""
    visitor.go("/")
    visitor.press("看我能享受什么")
    while "/can-i-get/q/" in visitor.page.url:
        answer_or_pass_over(visitor)
    is_preliminarily_yes(visitor)


def answer_or_pass_over(visitor: Person) -> None:
    asked = visitor.page.title()
    answer = next((words for part, words in ANSWERS.items() if part in asked), "不清楚")
    if visitor.page.get_by_role("radio").count():
        visitor.page.get_by_label(answer).first.check()
        visitor.press("下一题")
    else:
        visitor.press("不清楚，先跳过")


def see_what_she_can_get(liu: Person) -> None:
    """Signed in, nothing is asked that the registers know; what is settled can be seen at once."""
    liu.go("/")
    liu.press("看我能享受什么")
    if "/can-i-get/q/" in liu.page.url:
        liu.press("先看已有结果")
    is_preliminarily_yes(liu)


def is_preliminarily_yes(liu: Person) -> None:
    """初步符合, why, and on which clause; from there to what it takes."""
    card = liu.page.locator(".verdict", has=liu.page.get_by_role("heading", name=MEASURE, exact=True))
    words = card.inner_text()
    for expected in ("5,000元", "初步符合", "二（七）"):
        assert expected in words, words
    card.locator("a.btn").first.click()
    liu.look()


def apply(liu: Person) -> str:
    """Her application with photos; its number."""
    liu.go("/apply/startup-subsidy/")
    liu.press("开始填写")
    for label, text in Form().answers:
        liu.fill(label, text)
    liu.attach("input[name=file-id_card]", "身份证.png", PHOTO)
    liu.attach("input[name=file-account]", "银行卡.png", PHOTO)
    liu.press("下一步：核对")
    assert "广东省东莞市" in liu.text()
    liu.press("提交申请")
    liu.go("/my/")
    liu.follow(MEASURE)
    return liu.number()


def supply_what_was_asked(liu: Person, number: str) -> None:
    liu.go(f"/my/cases/{number}/")
    assert "执照" in liu.text()
    liu.press("拍照补交")
    liu.attach("input[name=file-licence]", "营业执照.png", PHOTO)
    liu.press("补交")


def correct_the_account(liu: Person, number: str) -> None:
    """Her payment came back; she gives the right account."""
    liu.go(f"/my/cases/{number}/")
    liu.press("更正收款账户")
    liu.fill("开户银行", "通山农商银行营业部")
    liu.fill("银行卡号", "6200000000007777")
    liu.press("更正账户")


def is_refused_a_second_time(liu: Person, number: str) -> None:
    liu.go("/apply/startup-subsidy/")
    assert number in liu.page.inner_text("body")
    assert not liu.has("开始填写")
