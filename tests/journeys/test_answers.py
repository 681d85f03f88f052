"""A site is found in public, asked about and let; an instrument is booked, and the same hour not twice: in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases.models import Message
from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions
from guiyan.registers.models import AnswerNote
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.portal.test_registers import a_site
from tests.prepared import prepared_database
from tests.registers.factories import COUNTY

pytestmark = [pytest.mark.browser, pytest.mark.commits]


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("answers") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: a_site(1))
        machine = {"name": "示例电镜", "number": "SB2026-1", "region": COUNTY, "kind": "instrument", "status": "open"}
        read(lambda: actions.record(SYSTEM, register="equipment", values=machine, source="holder"))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_asked_answered_let_and_booked_once(town: Town) -> None:
    liu, officer = town.person("liuchunyan", PHONE), town.person("xiongwei")
    she_asks_about_a_site(liu)
    the_office_lets_it(officer)
    she_sees_the_reply(liu)
    an_hour_is_booked(liu)
    and_not_twice(town.person("wangjian", PHONE))
    for address in ("/registers/", "/registers/site/", "/registers/equipment/"):
        town.person("").go(address)
    town.person("xiongwei", PHONE).go("/desk/answers/?view=all")
    assert not town.faults, "\n".join(town.faults)


def she_asks_about_a_site(liu: Person) -> None:
    liu.go("/registers/site/")
    liu.follow("示例厂房1")
    liu.press("询问这处场地")
    liu.fill("想做什么", "开竹制品厂")
    liu.fill("怎么称呼", "刘女士")
    liu.fill("手机号", "15412340000")
    liu.press("下一步：核对")
    liu.page.get_by_label(re.compile("同意把填的内容")).check()
    liu.press("提交")
    assert "新提交" in liu.text()


def the_office_lets_it(officer: Person) -> None:
    officer.go("/desk/")
    officer.follow("示例厂房1")
    assert "开竹制品厂" in officer.text() and "15412340000" not in officer.text()
    officer.fill("回复", "已经看过，按年租")
    officer.page.get_by_label("成交", exact=True).check()
    officer.fill("年租金", "12000")
    officer.fill("租期", "3")
    officer.press("回复")
    until(lambda: bool(read(lambda: Message.objects.filter(kind="answer_replied").count())), "she is told")


def she_sees_the_reply(liu: Person) -> None:
    liu.go("/my/")
    assert "有回复了" in liu.text()
    liu.page.get_by_role("link", name=re.compile("有回复了")).first.click()
    words = liu.text()
    assert "成交" in words and "已经看过，按年租" in words and "1.2万元" in words


def an_hour_is_booked(liu: Person) -> None:
    book(liu, "2026-06-10T09:00", "2026-06-10T11:00")
    assert "已预约" in liu.text()


def and_not_twice(wang: Person) -> None:
    book(wang, "2026-06-10T10:00", "2026-06-10T12:00", refused=409)
    assert "已经有人约了" in wang.text()
    assert read(lambda: AnswerNote.objects.filter(register="equipment-booking").count()) == 1


def book(who: Person, start: str, end: str, refused: int = 0) -> None:
    who.go("/registers/equipment/")
    who.follow("示例电镜")
    who.press("预约")
    who.fill("开始", start)
    who.fill("结束", end)
    who.fill("用来做什么", "形貌分析")
    who.fill("怎么称呼", "某人")
    who.fill("手机号", "15412340000")
    who.press("下一步：核对")
    who.page.get_by_label(re.compile("同意把填的内容")).check()
    who.refused = refused
    who.press("提交")
