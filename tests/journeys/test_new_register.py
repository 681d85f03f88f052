"""A register comes into a running city by one file: seen, filled in on a phone, changed by two, taken out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit.models import AuditEntry
from guiyan.registers import queries
from guiyan.registers.models import Assertion, RegisterExport
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.prepared import prepared_database
from tests.registers.crafts import FIRST, City

pytestmark = [pytest.mark.browser, pytest.mark.commits]
LIST = "/desk/registers/craft/"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("crafts")
    with prepared_database(test_database, folder / "home", django_db_blocker) as database:
        stage.prepare()
        web, worker = Web(database), Worker(database)
        city = City(folder, database)
        city.write(FIRST)
        city.run("apply")  # the server runs on
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_a_new_register_is_filled_in_changed_by_two_officers_and_taken_out(town: Town) -> None:
    phone, desk = town.person("zhoumin", PHONE), town.person("zhoumin")
    written_on_a_phone(phone)
    two_change_one_entry(desk, town.person("fangyun"))
    taken_out(desk, town.person("zhengwei"))
    assert read(lambda: AuditEntry.objects.filter(action="register.edit:craft").count()) == 2
    assert not town.faults, "\n".join(town.faults)


def written_on_a_phone(phone: Person) -> None:
    """A call comes in between: what was typed is there again."""
    phone.go("/desk/registers/")
    phone.follow("手艺人名录")
    phone.press("新增")
    assert not phone.page.get_by_label("外号").is_visible()
    phone.fill("姓名", "匠人一")
    phone.fill("手艺人编号", "SY-0001")
    phone.page.get_by_text("已存草稿").first.wait_for()
    phone.go(f"{LIST}new/")
    assert phone.page.get_by_label("姓名").first.input_value() == "匠人一"
    phone.press("填写全部项目")
    phone.fill("所在地", "通山县")
    phone.page.locator("select[name=craft]").select_option("bamboo")
    phone.fill("从艺年数", "12")
    phone.press("保存")
    assert "匠人一" in phone.text() and "人社部门" in phone.text()


def two_change_one_entry(one: Person, other: Person) -> None:
    """Both open it; the first saves; the second sees both values and keeps the first's, with her own other change."""
    for person in (one, other):
        person.go(LIST)
        person.follow("匠人一")
        person.press("修改")
    one.fill("从艺年数", "20")
    one.press("保存")
    other.fill("从艺年数", "15")
    other.fill("外号", "老篾匠")
    other.refused = 409
    other.press("保存")
    said = other.text()
    assert "别人也改了" in said and "15" in said and "20" in said
    other.page.locator("input[name=keep-years][value=theirs]").check()
    other.press("保存")
    other.refused = 0
    held = read(lambda: queries.entry(SYSTEM, "craft", Assertion.objects.filter(register="craft")[0].subject_id))
    assert isinstance(held, dict) and (held["years"], held["nickname"]) == ("20", "老篾匠")


def taken_out(one: Person, other: Person) -> None:
    one.go(f"{LIST}?f-craft=bamboo")
    one.press("导出")
    one.fill("导出做什么用", "核对手艺人名单")
    one.press("提交审核")
    assert "等审核" in one.text()
    other.go("/desk/registers/exports/")
    other.follow("手艺人名录")
    assert "核对手艺人名单" in other.text()
    other.press("同意导出")
    until(lambda: read(lambda: RegisterExport.objects.get().made_at) is not None, "the file is made")
    one.go("/desk/registers/exports/")
    assert "可以下载" in one.text()
    with one.page.expect_download() as download:
        one.page.locator("a[href$='/file.xlsx']").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert read(lambda: RegisterExport.objects.get().row_count) == 1
