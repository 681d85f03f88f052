"""One person, one file in a real browser: the desk pairs the county, the village officer writes a visit on her phone
without network, finishes what she promised, and the resident sees who helps her. Read back from the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.registers import queries as registers
from guiyan.registers.models import AssignmentRun, Relation
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, until
from tests.prepared import prepared_database
from tests.registers.helping import mentor, specialist

pytestmark = [pytest.mark.browser, pytest.mark.commits]
LIU = 1


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("file") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: (specialist(account="lihuifang"), mentor(1), mentor(2, name="王守信")))
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


def test_one_file_from_the_pairing_to_the_visit(town: Town) -> None:
    zhoumin, lihuifang = town.person("zhoumin"), town.person("lihuifang", PHONE)
    the_county_is_paired(zhoumin)
    a_mentor_is_changed(zhoumin)
    a_visit_is_written_without_network(lihuifang)
    the_next_step_is_done(lihuifang)
    she_sees_who_helps_her(town.person("liuchunyan", PHONE))
    assert not town.faults, "\n".join(town.faults)


def the_county_is_paired(zhoumin: Person) -> None:
    """Previewed, confirmed, taken back, confirmed again."""
    for kind in ("specialist", "mentor"):
        zhoumin.go(f"/desk/pairing/{kind}/")
        assert "刘春燕" in zhoumin.text()
        zhoumin.press("批量指派：通山县")
        shown = zhoumin.page.locator("form input[name=digest]").input_value()
        zhoumin.press("确认指派", ".action-bar")
        run: Any = read(lambda: AssignmentRun.objects.order_by("-pk")[0])
        assert (run.digest, run.count) == (shown, read(Relation.objects.filter(run=run).count))
    zhoumin.press("撤销这次指派", "main")
    assert read(lambda: registers.standing_of(LIU)[1].helpers) == ()
    zhoumin.press("看未配对名单", "main")
    zhoumin.press("批量指派：通山县")
    zhoumin.press("确认指派", ".action-bar")


def a_mentor_is_changed(zhoumin: Person) -> None:
    """From the top search to the file, and there another mentor with the reason."""
    zhoumin.go("/desk/")
    zhoumin.page.locator("#top-search").fill("刘春燕")
    zhoumin.page.locator("#top-search").press("Enter")
    zhoumin.page.wait_for_load_state()
    zhoumin.page.locator(f"a[href='/desk/dossier/{LIU}/']").first.click()
    zhoumin.page.wait_for_load_state()
    zhoumin.look()
    before = read(lambda: registers.standing_of(LIU)[1].helpers[0].name)
    zhoumin.page.get_by_role("link", name="更换创业导师").click()
    zhoumin.page.wait_for_load_state()
    zhoumin.look()
    zhoumin.page.get_by_role("radio").first.check()
    zhoumin.fill("原因", "行业更合")
    zhoumin.press("更换创业导师", "main form")
    after = read(lambda: registers.standing_of(LIU)[1].helpers[0].name)
    assert after != before and "结束：行业更合" in zhoumin.text()


def a_visit_is_written_without_network(lihuifang: Person) -> None:
    """The phone keeps it through a closed page; with the network it is sent once, and the phone forgets it."""
    page, address = lihuifang.page, f"/desk/dossier/{LIU}/service/"
    lihuifang.go(address)
    page.get_by_label("走访", exact=True).check()
    lihuifang.fill("做了什么", "看了民宿")
    until(lambda: read(ServiceDraft.objects.count) == 1, "the draft is on the server")
    page.context.set_offline(True)
    lihuifang.fill("做了什么", "看了民宿，消防还没有备案")
    page.locator("#id_next_step").fill("陪同问消防备案")
    lihuifang.fill("下一步哪天以前办", "2026-06-12")
    page.get_by_role("button", name="保存服务记录").click()
    page.get_by_text("内容已存在这台手机上").wait_for()
    assert read(ServiceRecord.objects.count) == 0
    page.context.set_offline(False)
    lihuifang.town.faults[:] = [one for one in lihuifang.town.faults if "ERR_INTERNET_DISCONNECTED" not in one]
    lihuifang.go(address)
    assert "这台手机上存着没有交上去的内容" in lihuifang.text()
    lihuifang.press("保存服务记录")
    record: Any = read(ServiceRecord.objects.get)
    assert (record.kind, record.note, record.next_on) == ("visit", "看了民宿，消防还没有备案", date(2026, 6, 12))
    assert (record.by_label, record.next_for_label, read(ServiceDraft.objects.count)) == ("李慧芳", "李慧芳", 0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('guiyan-keep:')).length") == 0
    lihuifang.go(address)
    assert page.get_by_label("做了什么").input_value() == ""


def the_next_step_is_done(lihuifang: Person) -> None:
    lihuifang.go("/desk/")
    lihuifang.follow("陪同问消防备案")
    lihuifang.fill("办得怎样", "已经备案")
    lihuifang.press("办完了")
    record: Any = read(ServiceRecord.objects.get)
    assert (record.outcome, record.done_by) == ("已经备案", "李慧芳")


def she_sees_who_helps_her(liu: Person) -> None:
    liu.go("/my/")
    assert "我的创业服务专员" in liu.text() and "我的创业导师" in liu.text()
    assert liu.page.locator("a[href='tel:0715-0000000']").count() == 1
