"""What is held of her, in a real browser: a resident sees it and who looked, asks for a correction on her phone; the
office decides; a number is revealed for a reason, and she and the auditor see that too. Read back from the database."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases.models import Message
from guiyan.kernel.actors import SYSTEM
from guiyan.registers import queries as registers
from guiyan.registers.models import DataCopy, DataRequest
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, check, until
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
LIU, RIGHT = 1, "15487654321"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("data") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        assert check(database) == []
        worker.stop()
        web.stop()


def test_my_data_from_seeing_to_the_correction_and_the_audit(town: Town) -> None:
    liu, zhoumin = town.person("liuchunyan", PHONE), town.person("zhoumin")
    she_sees_what_is_held(liu)
    she_says_what_is_wrong(liu)
    the_office_decides(zhoumin)
    a_number_is_revealed(zhoumin)
    the_auditor_sees_it(town.person("shenji"))
    she_sees_it_too(liu)
    she_takes_a_copy(liu)
    town.person("zhoumin", PHONE).go("/desk/data/?view=")
    town.person("liuchunyan").go("/my/data/")
    assert not town.faults, "\n".join(town.faults)


def she_sees_what_is_held(liu: Person) -> None:
    liu.go("/my/")
    liu.press("我的个人信息：登记了什么，谁看过")
    words = liu.text()
    assert "部门数据共享" in words and "个人信息保护法" in words and "还没有人单独看过" in words


def she_says_what_is_wrong(liu: Person) -> None:
    liu.page.get_by_role("link", name="的手机号").first.click()
    liu.look()
    liu.refused = 422
    liu.press("申请更正")
    liu.refused = 0
    assert "请写应当是什么" in liu.text()
    liu.fill("应当是什么", RIGHT)
    liu.fill("为什么", "换了号码")
    liu.press("申请更正")
    asked: Any = read(DataRequest.objects.get)
    assert (asked.field, asked.state, RIGHT in liu.text()) == ("phone", "asked", True)


def the_office_decides(zhoumin: Person) -> None:
    """From her work to the claim beside the sources; the register shows the right number."""
    zhoumin.go("/desk/")
    zhoumin.go(f"/desk/registers/person/{LIU}/")
    assert "本人说登记得不对" in zhoumin.text()
    zhoumin.page.locator(".callout a", has_text="手机号").click()
    zhoumin.look()
    assert RIGHT in zhoumin.text() and "入户调查" in zhoumin.text()
    zhoumin.page.get_by_label("同意，照本人说的更正").check()
    zhoumin.press("答复本人", "main")
    assert read(DataRequest.objects.get).state == "accepted"  # type: ignore[attr-defined]
    held: Any = read(lambda: registers.entry(SYSTEM, "person", LIU))
    assert held["phone"] == "154****4321"
    zhoumin.go(f"/desk/registers/person/{LIU}/")
    assert "本人更正" in zhoumin.text()


def a_number_is_revealed(zhoumin: Person) -> None:
    zhoumin.page.get_by_role("link", name="查看手机号，会留下记录").click()
    zhoumin.look()
    zhoumin.page.get_by_label("电话联系本人").check()
    zhoumin.press("查看", "main")
    assert RIGHT in zhoumin.text()


def the_auditor_sees_it(shenji: Person) -> None:
    shenji.go("/desk/audit/looks/?kind=reveal")
    words = shenji.text()
    assert all(one in words for one in ("周敏", "查看手机号", "刘春燕", "电话联系本人"))


def she_sees_it_too(liu: Person) -> None:
    until(lambda: read(Message.objects.filter(kind="data_answer").exists), "she is told")
    liu.go("/my/")
    assert "更正申请" in liu.text()
    liu.go("/my/data/")
    words = liu.text()
    assert "查看了完整的手机号" in words and "电话联系本人" in words and "周敏" not in words
    assert "154****4321" in words and RIGHT not in words
    liu.go("/my/data/looks/")


def she_takes_a_copy(liu: Person) -> None:
    """Once: the file has everything in full, and is gone afterwards."""
    liu.go("/my/data/")
    liu.press("要一份副本")
    until(lambda: read(lambda: DataCopy.objects.get().made_at) is not None, "the copy is made")
    liu.go("/my/data/")
    with liu.page.expect_download() as fetched:
        liu.page.get_by_role("button", name="下载副本").click()
    with zipfile.ZipFile(io.BytesIO(Path(str(fetched.value.path())).read_bytes())) as archive:
        told = json.loads(archive.read("个人信息.json"))
    phones = [field["值"] for entry in told["名录"] for field in entry["字段"] if field["字段"] == "手机号"]
    assert RIGHT in phones
    assert read(DataCopy.objects.get).sealed is None  # type: ignore[attr-defined]
    liu.go("/my/data/erase/")
