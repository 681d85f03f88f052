"""The county's human resources bureau: counter, acceptance, review, batch, signature; and the units that check."""

from __future__ import annotations

from tests.journeys.browsing import Person
from tests.journeys.stage import COUNTER_PERSON, HELPED_PERSON, PHOTO, Form

ITEM = "一次性创业补贴申领"


def enter_at_the_counter(chenjing: Person) -> str:
    chenjing.go("/desk/cases/new/?entry=counter")
    chenjing.fill("申请人姓名", COUNTER_PERSON)
    chenjing.press("查找")
    chenjing.press(ITEM)
    return fill_and_send(chenjing)


def bring_a_mandate(lihuifang: Person) -> None:
    lihuifang.go("/desk/mandates/new/")
    lihuifang.fill("委托人姓名", HELPED_PERSON)
    lihuifang.press("查找")
    lihuifang.page.get_by_role("radio").first.check()
    lihuifang.choose("委托办理的事项", ITEM)
    lihuifang.fill("委托到哪一天", "2026-12-31")
    lihuifang.attach("input[name=paper]", "委托书.png", PHOTO)
    lihuifang.press("上传委托书")


def confirm_the_mandate(chenjing: Person) -> None:
    chenjing.go("/desk/mandates/")
    chenjing.follow(HELPED_PERSON)
    chenjing.press("本人在场，确认委托")


def enter_for_somebody(lihuifang: Person) -> str:
    lihuifang.go("/desk/cases/new/?entry=helper")
    lihuifang.press(ITEM)
    return fill_and_send(lihuifang)


def fill_and_send(clerk: Person) -> str:
    """The desk's form: what is asked, the papers one after the other, sent; the number it got."""
    for material in ("id_card", "account"):
        form = f"form[action*='/materials/{material}/']"
        clerk.attach(f"{form} input[type=file]", f"{material}.png", PHOTO)
        clerk.press("上传", form)
    for label, text in Form().answers:
        clerk.fill(label, text)
    clerk.press("提交申请")
    assert "已提交" in clerk.page.inner_text("body")
    return clerk.number()


def ask_for_more(zhoumin: Person, number: str) -> None:
    """Once, and everything at once."""
    zhoumin.go("/desk/")
    zhoumin.go(f"/desk/cases/{number}/")
    zhoumin.press("退回补正")
    zhoumin.page.get_by_label("营业执照").check()
    zhoumin.fill("补什么、怎么补", "请补交营业执照，照片要拍清楚。")
    zhoumin.press("退回补正")


def accept(zhoumin: Person, number: str) -> None:
    zhoumin.go(f"/desk/cases/{number}/")
    zhoumin.confirm("受理")
    assert "已受理" in zhoumin.page.inner_text("body")


def cannot_ask_again(zhoumin: Person, number: str) -> None:
    zhoumin.go(f"/desk/cases/{number}/")
    assert not zhoumin.has("退回补正")


def answer_all(checker: Person, most: int) -> None:
    for _ in range(most):
        checker.go("/desk/checks/")
        checker.page.locator("a[data-open]").first.click()
        checker.look()
        checker.page.get_by_label("属实", exact=True).check()
        checker.press("回复核验")


def may_not_review_what_she_accepted(zhoumin: Person, number: str) -> None:
    """The button is there, says why not, and does nothing."""
    zhoumin.go(f"/desk/cases/{number}/")
    button = zhoumin.control("同意")
    assert button.get_attribute("aria-disabled") == "true"
    assert "受理" in zhoumin.page.locator(".btn-reason").first.inner_text()


def agree(zhengwei: Person, number: str) -> None:
    zhengwei.go(f"/desk/cases/{number}/")
    zhengwei.confirm("同意")
    assert "已同意" in zhengwei.page.inner_text("body")


def sum_up(huanglei: Person) -> str:
    huanglei.go("/desk/batches/prepare/")
    huanglei.press("汇总成批")
    return huanglei.number()


def step_of_batch(officer: Person, number: str, name: str) -> None:
    officer.go(f"/desk/batches/{number}/")
    officer.confirm(name)


def decide_objection(zhengwei: Person, number: str) -> None:
    zhengwei.go("/desk/notices/")
    zhengwei.go(f"/desk/objections/{number}/")
    zhengwei.fill("核查情况和处理结果", "经村里和派出所核实，本人今年一月已返乡居住。")
    zhengwei.page.get_by_label("异议不成立").check()
    zhengwei.press("作出处理")
