"""何琳, policy officer of the city: the plan goes in, is confirmed and published; the list of those paid before."""

from __future__ import annotations

import csv
import io

from guiyan.kernel import releases
from tests.journeys.browsing import Person
from tests.plans.factories import REAL

BY_HAND = 2


def bring_in_the_plan(helin: Person) -> None:
    """Upload, confirm some by hand, those the reader is sure of together, the rest one by one; publish."""
    helin.go("/desk/documents/")
    assert REAL.exists(), "the journey needs ../shared/policy-documents"
    helin.attach("input[name=file]", REAL.name, REAL.read_bytes())
    helin.press("上传并读取")
    review = helin.page.url.split("?")[0]
    for kind in ("task", "indicator", "measure"):
        helin.go(f"{review}?kind={kind}&open=1")
        confirm_one_by_one(helin, BY_HAND)
        if helin.has("确认有把握的"):
            helin.press("确认有把握的")
            helin.press("确认这些", "dialog[open]")
        helin.go(f"{review}?kind={kind}&open=1")
        confirm_one_by_one(helin, 100)
    helin.go(f"{review}?kind=measure")
    helin.confirm("发布", ".page-head")
    assert "已发布" in helin.page.inner_text("body")


def confirm_one_by_one(helin: Person, most: int) -> None:
    for _ in range(most):
        if not helin.has("确认"):
            return
        helin.press("确认")


def bring_in_those_paid_before(helin: Person, id_number: str) -> None:
    helin.go("/desk/lists/paid-before/")
    helin.attach("input[name=file]", "以前发过的.csv", paid_before(id_number))
    helin.fill("名单反映哪一天的情况", "2026-05-31")
    helin.press("导入名单")
    assert "名单已更新：1行" in helin.page.inner_text("body")
    for list_id in releases.current().items["startup-subsidy"].comparisons:
        if list_id != "paid-before":
            say_that_nobody_is_on(helin, list_id)


def say_that_nobody_is_on(helin: Person, list_id: str) -> None:
    """The template as it is downloaded, with the head alone, and the word that it is meant."""
    head = [column.label for column in releases.current().lists[list_id].columns.values()]
    helin.go(f"/desk/lists/{list_id}/")
    helin.attach("input[name=file]", f"{list_id}.csv", ",".join(head).encode("utf-8-sig"))
    helin.fill("名单反映哪一天的情况", "2026-05-31")
    helin.page.get_by_label("本期无记录").check()
    helin.press("导入名单")
    assert "名单已更新：本期无记录" in helin.page.inner_text("body")


def paid_before(id_number: str) -> bytes:
    target = io.StringIO()
    head = ("身份证号", "姓名", "金额", "发放日期", "发放单位")
    csv.writer(target).writerows([head, [id_number, "示例丙", "5000", "2024-05-06", "通山县人社局"]])
    return target.getvalue().encode("utf-8-sig")


def reply(helin: Person, number: str) -> None:
    """Her bureau answers the order."""
    helin.go(f"/desk/supervision/{number}/")
    helin.page.locator("main textarea").first.fill("已逐户核对，下周补录遗漏的登记。")
    helin.press("回复")
