"""孙莉 at the county treasury: the budget, the answers to payment requests."""

from __future__ import annotations

from tests.access.world import answer
from tests.journeys.browsing import Person


def enter_the_budget(sunli: Person) -> None:
    sunli.go("/desk/ledger/")
    form = sunli.page.locator("form[action$='/budget/']")
    form.locator("select[name=programme]").select_option("startup-subsidy")
    form.locator("select[name=region]").select_option("421224000000")
    form.locator("input[name=amount]").fill("100000")
    form.locator("input[name=source_doc]").fill("示例预算通知1号")
    sunli.press("录入预算", "form[action$='/budget/']")
    assert "预算已录入" in sunli.page.inner_text("body")


def bring_in_results(sunli: Person, request: object, rows: list[tuple[int, str, str, str]]) -> None:
    """The treasury's file as it comes out of its own system."""
    number = str(request.number)  # type: ignore[attr-defined]
    sunli.go("/desk/payments/")
    sunli.go(f"/desk/payments/{number}/")
    sunli.attach("input[name=file]", "结果.csv", answer(request, rows))  # type: ignore[arg-type]
    sunli.press("导入结果")
    assert "已记" in sunli.page.inner_text("body")
