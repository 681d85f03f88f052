"""A school uploads its alumni: one is a founder the city knows, one may be, one is new; and a link is taken back.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import Post
from guiyan.kernel import jobs
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from guiyan.registers.models import ImportRun, PersonLink
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.prepared import prepared_database
from tests.registers.factories import csv_file
from tests.registers.knowing import founder, known

pytestmark = [pytest.mark.browser, pytest.mark.commits]
HEAD = ("姓名", "校友编号", "联系电话", "籍贯", "学校", "毕业年份", "单位")
SCHOOL = ("通山县大畈镇", "示例科技学院", "2005")
SURE, GREY = "15412340001", "15412340002"
FOUNDERS: dict[str, int] = {}


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("alumni") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        with entered(Scope.system()):
            FOUNDERS["sure"] = known("chushang", founder(1, name="阮归雁", mobile=SURE), "bureau")
            FOUNDERS["grey"] = known("chushang", founder(2, name="黎雁飞", mobile=GREY), "bureau")
        jobs.run_pending()
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_alumni_who_are_founders_are_linked_and_the_grey_one_is_settled(town: Town, tmp_path: Path) -> None:
    school, officer = town.person("kongqing"), town.person("helin")
    rows = [
        ("阮归燕", "XY2026-0001", SURE, *SCHOOL, "归雁智能装备公司"),
        ("黎大飞", "XY2026-0002", GREY, *SCHOOL, ""),
        ("江新人", "XY2026-0003", "15412340003", *SCHOOL, "示例医院"),
    ]
    upload(school, csv_file(tmp_path / "校友.csv", HEAD, rows))
    (run,) = read(lambda: list(ImportRun.objects.all()))  # type: ignore[call-overload]
    until(lambda: read(PersonLink.objects.count) == 2, "everybody in the file is looked at")

    school.page.reload()
    result = school.page.inner_text("body")
    assert "退回\n0行" in result and not {one for one in ("关联", "对上", "楚商", "同一人") if one in result}, result
    school.follow("看本单位的")
    assert "共3人" in school.page.inner_text("body")
    school.follow("阮归燕")
    assert "学校上传" in school.page.inner_text("body") and SURE not in school.page.inner_text("body")

    officer.go(f"/desk/registers/alumni/?sender={unit_of('kongqing')}")
    assert "示例科技学院" in officer.page.inner_text("table") and "共3人" in officer.page.inner_text("body")
    officer.go(f"/desk/registers/imports/{run.pk}/")
    text = officer.page.inner_text("body")
    assert "自动对上\n1人" in text and "待核对\n1对" in text, text
    link = read(lambda: PersonLink.objects.get(how="system", verdict="same"))
    assert (link.import_id, link.merged_id) == (run.pk, subject("XY2026-0001", run.pk))  # type: ignore[attr-defined]

    officer.press("1对")
    officer.follow("黎大飞")
    assert "可能是家里人" in officer.page.inner_text("body")
    officer.fill("依据", "电话问过本人，改过名")
    officer.page.keyboard.press("Escape")
    officer.press("是同一人")
    assert "没有要核对的" in officer.page.inner_text("body")

    officer.go(f"/desk/dossier/{FOUNDERS['grey']}/")
    text = officer.page.inner_text("body")
    assert "楚商名录" in text and "校友资源库" in text and "并进来的登记" in text
    facts = read(lambda: {hat.register for hat in queries.hats_of(FOUNDERS["grey"])})
    assert facts == {"chushang", "alumni"}

    officer.follow("黎大飞")
    assert "校友资源库的登记" in officer.page.inner_text("body")
    officer.fill("为什么不是同一人", "本人说弄错了")
    officer.press("拆成两个档案")
    assert read(lambda: {hat.register for hat in queries.hats_of(FOUNDERS["grey"])}) == {"chushang"}
    pair = read(lambda: PersonLink.objects.get(first_id=FOUNDERS["grey"]))
    assert (pair.verdict, pair.reason, pair.decided_by_label) == ("apart", "本人说弄错了", "何琳")  # type: ignore[attr-defined]
    assert read(lambda: queries.facts_of(FOUNDERS["grey"], date(2026, 6, 8)).get("is_returnee")) is None
    assert not town.faults, "\n".join(town.faults)


def upload(school: Person, path: Path) -> None:
    """From her first page, as a school sees it."""
    school.go("/desk/")
    assert "只看得到本单位报送的" in school.page.inner_text("body")
    school.follow("上传名单")
    school.page.set_input_files("input[name=file]", str(path))
    school.press("上传")
    school.press("检查")
    text = school.page.inner_text("body")
    assert "会新增3" in text and "关联" not in text
    school.press("确认导入")


def unit_of(username: str) -> int:
    return int(read(lambda: Post.objects.get(user__username=username).unit_id))


def subject(number: str, import_id: int) -> int:
    """Whom the file's row with that number made."""
    from guiyan.registers.models import Assertion

    return int(str(read(lambda: Assertion.objects.get(import_id=import_id, fields__number=number).subject_id)))
