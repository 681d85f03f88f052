"""The public, the leader, the supervision office, the operator, and an officer of another county."""

from __future__ import annotations

from tests.journeys.browsing import Person


def object_to(visitor: Person, notice: str, name: str) -> None:
    """Somebody who is not signed in objects to the line of `name`."""
    visitor.go("/notices/")
    visitor.go(f"/notices/{notice}/")
    visitor.press("提出异议")
    line = visitor.page.locator("select[name=line_no] option", has_text=name)
    visitor.page.locator("select[name=line_no]").select_option(line.get_attribute("value"))
    visitor.fill("异议内容", "这个人没有返乡，一直在外地。")
    visitor.fill("您的姓名", "某人")
    visitor.fill("联系电话", "0715-0000000")
    visitor.press("提出异议")
    assert "/done/" in visitor.page.url


def move_the_clock(yunwei: Person, working_days: int) -> None:
    """Through the clock's own page; what it would mean is shown first."""
    yunwei.go("/desk/clock/")
    yunwei.fill("向后几个工作日", str(working_days))
    yunwei.fill("原因", "演示公示期满")
    yunwei.press("看看会怎样")
    yunwei.press("调整时钟")
    assert "业务时钟已调整" in yunwei.page.inner_text("body")


def see_the_record_and_instruct(linzong: Person, name: str, indicator: int) -> None:
    """From the cockpit down to the person whose registration is counted; then the instruction."""
    linzong.go("/desk/cockpit/")
    linzong.page.locator(f"a[href*='/cockpit/{indicator}/']").first.click()
    linzong.look()
    linzong.go(f"/desk/cockpit/{indicator}/?place=421224000000")
    linzong.follow(name)
    assert name in linzong.page.inner_text("body")
    linzong.go(f"/desk/cockpit/{indicator}/")
    linzong.page.get_by_role("link", name="写批示").first.click()
    dialog = linzong.page.locator("dialog[open]")
    dialog.locator("textarea").first.fill("请查明进度，提出措施。")
    dialog.get_by_label("咸宁市人力资源和社会保障局").check()
    linzong.press("发出批示", "dialog[open]")


def accept_the_reply(duanyan: Person, number: str) -> None:
    duanyan.go("/desk/supervision/?view=replied")
    duanyan.go(f"/desk/supervision/{number}/")
    duanyan.press("认可回复")


def find_nothing(caoyun: Person, *paths: str) -> None:
    """An officer of another county, by address."""
    for path in paths:
        caoyun.go(path, status=404)
