"""Five lists come in, a batch is compared with them, what they say is settled, printed and signed: in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases.models import Batch, ComparisonHit
from guiyan.kernel import releases
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.models import ComparisonList
from guiyan.registers.sample.numbers import credit_code
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import office, stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
FIRST, SECOND, THIRD = 31, 32, 33
ROWS = {
    "public-payroll": [people.id_number(people.BORN, "女", FIRST), "示例", "示例事业单位", "2019-07-01", ""],
    "deaths": [people.id_number(people.BORN, "女", SECOND), "示例", "2026-04-02"],
    "paid-elsewhere": [people.id_number(people.BORN, "女", THIRD), "示例", "技能培训补贴", "800", "2025-09-01", ""],
    "irregular-operation": [credit_code("individual", THIRD * 10), "示例店", "2026-05-01", "", "联系不上"],
    "struck-off": [credit_code("individual", 9990), "别家店", "2026-05-01", "注销"],
}


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("lists") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        with entered(Scope.system()):
            people.with_budget()
            people.with_list(home)
            for serial in (FIRST, SECOND, THIRD):
                people.approved(people.a_returnee(serial, name=f"示例{serial}"))
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            # Playwright keeps an event loop on this thread; the test still reads the database as any other.
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


def test_a_batch_is_compared_with_five_new_lists_settled_printed_and_signed(town: Town) -> None:
    helin, huanglei = town.person("helin"), town.person("huanglei")
    for list_id, row in ROWS.items():
        bring_in(helin, list_id, row)
    batch = office.sum_up(huanglei)
    open_result(huanglei, batch)
    assert "2条没有认定" in huanglei.page.inner_text("main")
    settle(huanglei, f"示例{SECOND}", "真命中，移出本批", "派出所证实本人已去世，他人冒名申请")
    settle(huanglei, f"示例{FIRST}", "误报，留在本批", "单位出具证明：2020年已辞职，名单没有更新")
    phone = town.person("huanglei", PHONE)
    open_result(phone, batch)
    huanglei.press("打印比对结果")
    sheet = huanglei.page.inner_text("main")
    assert "名单比对结果表" in sheet and "误报：单位出具证明" in sheet and "单位负责人" in sheet
    office.step_of_batch(town.person("wuqiang"), batch, "复核通过")
    office.step_of_batch(town.person("xurong"), batch, "签批")
    what_the_database_says(batch)
    assert not town.faults, "\n".join(town.faults)


def bring_in(helin: Person, list_id: str, row: list[str]) -> None:
    head = [column.label for column in releases.current().lists[list_id].columns.values()]
    helin.go(f"/desk/lists/{list_id}/")
    content = f"{','.join(head)}\n{','.join(row)}\n".encode("utf-8-sig")
    helin.attach("input[name=file]", f"{list_id}.csv", content)
    helin.fill("名单反映哪一天的情况", "2026-06-05")
    helin.press("导入名单")
    assert "名单已更新：1行" in helin.page.inner_text("body")


def open_result(officer: Person, batch: str) -> None:
    officer.go(f"/desk/batches/{batch}/")
    officer.page.get_by_role("link", name="看比对结果").click()
    officer.look()


def settle(huanglei: Person, name: str, button: str, opinion: str) -> None:
    card = huanglei.page.locator(f"section[aria-label='认定{name}']")
    card.locator("textarea").fill(opinion)
    card.get_by_role("button", name=button).click()
    huanglei.page.wait_for_load_state()
    huanglei.look()


def what_the_database_says(number: str) -> None:
    batch: Any = read(lambda: Batch.objects.get(number=number))
    assert (batch.state, batch.line_count) == ("signed", 2)
    found: Any = read(lambda: {(hit.list_id, hit.verdict) for hit in ComparisonHit.objects.all()})
    assert found == {
        ("public-payroll", "false"),
        ("deaths", "true"),
        ("paid-elsewhere", ""),
        ("irregular-operation", ""),
    }
    assert read(ComparisonList.objects.filter(is_current=True, row_count=1).count) == len(ROWS)
    assert read(AuditEntry.objects.filter(action="comparison.settle").count) == 2
