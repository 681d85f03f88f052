"""A resident reports about herself on her phone, in a real browser: what is known is filled in, what she typed is kept,
and she sees where a more trusted source says otherwise. Read back from the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions, queries
from guiyan.registers.models import Assertion, EntryDraft
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
LIU = 1


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("report") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(
            lambda: actions.record(SYSTEM, register="returnee", values={"wish": "none"}, source="visit", subject_id=LIU)
        )
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


def test_she_reports_on_her_phone_and_sees_who_says_otherwise(town: Town) -> None:
    liu = town.person("liuchunyan", PHONE)
    she_begins_and_what_she_typed_is_kept(liu)
    she_sends_it(liu)
    she_sees_what_the_register_says(liu)
    for address in ("/my/reports/", f"/my/reports/returnee/{LIU}/fill/"):
        town.person("liuchunyan").go(address)
    assert not town.faults, "\n".join(town.faults)


def she_begins_and_what_she_typed_is_kept(liu: Person) -> None:
    liu.go("/my/")
    liu.follow("再报或报别的")
    liu.follow("返乡人员名录")
    liu.press("再报一次")
    assert liu.page.get_by_label("姓名").input_value() == "刘春燕"
    liu.page.get_by_label("创业意愿").select_option("started")
    liu.page.get_by_role("heading", name="经营主体").wait_for()
    liu.fill("经营主体", "通山县枫林谷民宿")
    liu.page.get_by_text("已存草稿").wait_for()
    assert read(lambda: EntryDraft.objects.filter(register="my:returnee").count()) == 1


def she_sends_it(liu: Person) -> None:
    liu.go(f"/my/reports/returnee/{LIU}/fill/")
    assert liu.page.get_by_label("创业意愿").input_value() == "started"
    liu.press("下一步：核对")
    assert "通山县枫林谷民宿" in liu.text()
    liu.press("提交填报")
    assert "已提交" in liu.page.locator("body").inner_text()


def she_sees_what_the_register_says(liu: Person) -> None:
    words = liu.text()
    assert "名录和您报的不一样" in words and "按入户调查" in words and "已创业" in words
    said = read(
        lambda: Assertion.objects.filter(subject_id=LIU, register="returnee", source="self").latest("pk").fields
    )
    assert said["wish"] == "started"
    held = read(lambda: queries.entry(SYSTEM, "returnee", LIU))
    assert held is not None and held["wish"] == "none" and held["firm_name"] == "通山县枫林谷民宿"
