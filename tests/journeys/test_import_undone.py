"""An officer brings in a table of her own: names its columns, sees what it would do, mends it, takes it back.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker
from python_calamine import CalamineWorkbook

from guiyan.kernel.actors import SYSTEM
from guiyan.registers import queries
from guiyan.registers.importing import handing, kept
from guiyan.registers.models import ImportFile, ImportRun
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.prepared import prepared_database
from tests.registers.factories import BORN, csv_file, id_number, person_row

pytestmark = [pytest.mark.browser, pytest.mark.commits]
HEAD = ("人员姓名", "公民身份号码", "现居住地", "联系电话", "经办人备注")
FIELDS = ("姓名*", "身份证号*", "常住地*", "手机号", "不导入")


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("undone") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_a_table_is_mapped_looked_at_brought_in_mended_and_taken_back(town: Town, tmp_path: Path) -> None:
    officer = town.person("helin")
    rows = [[*person_row(serial), "走访登记"] for serial in range(60, 63)]
    rows[1][3] = "1541234567"
    hand_in(officer, csv_file(tmp_path / "人员.csv", HEAD, rows))
    name_columns(officer)
    assert "会新增2" in words(officer) and "退回1行" in words(officer) and read(ImportRun.objects.count) == 0
    officer.look()
    officer.press("确认导入")
    assert "应为11位" in words(officer)
    (run,) = read(lambda: list(ImportRun.objects.all()))  # type: ignore[call-overload]
    assert (run.summary["created"], known(60), known(61)) == (2, True, False)

    returned = mended(run, tmp_path / "改好.csv")
    hand_in(officer, returned)
    assert "每一列是什么" in words(officer)
    officer.press("检查")
    officer.press("确认导入")
    assert known(61)

    officer.go(f"/desk/registers/imports/{run.pk}/")
    officer.follow("撤销导入")
    assert re.search(r"离开名录\s*2", words(officer))
    officer.look()
    officer.press("撤销导入")
    assert (known(60), known(61), known(62)) == (False, True, False)


def test_a_large_table_is_checked_behind_with_its_progress(town: Town, tmp_path: Path) -> None:
    officer = town.person("helin")
    rows = [[*person_row(serial), "走访登记" * 200] for serial in range(100, 260)]
    path = csv_file(tmp_path / "大表.csv", HEAD, rows)
    assert path.stat().st_size > handing.SMALL_BYTES
    hand_in(officer, path)
    name_columns(officer)
    file = read(lambda: ImportFile.objects.order_by("-pk")[0])
    until(lambda: bool(read(lambda: ImportFile.objects.get(pk=file.pk).stage == "checked")), "the file is checked")  # type: ignore[attr-defined]
    officer.go(f"/desk/registers/files/{file.pk}/")  # type: ignore[attr-defined]
    assert "会新增160" in words(officer)
    officer.press("不导入了")
    assert "没有任何改动" in words(officer) and not known(100)
    until(lambda: not kept.upload_of(file.pk).exists(), "the file is removed")  # type: ignore[attr-defined]


def hand_in(officer: Person, path: Path) -> None:
    officer.go("/desk/registers/person/import/")
    officer.page.set_input_files("input[name=file]", str(path))
    officer.press("上传")


def name_columns(officer: Person) -> None:
    """They are guessed already; she looks, and confirms."""
    chosen = officer.page.locator("select[name=field]")
    assert tuple(chosen.nth(place).locator("option:checked").inner_text() for place in range(5)) == FIELDS
    officer.look()
    officer.press("检查")


def mended(run: ImportRun, path: Path) -> Path:
    """The file of returned rows with the phone put right, as she would save it."""
    file = read(lambda: ImportFile.objects.get(run=run))
    head, *rows = (
        CalamineWorkbook.from_path(str(kept.returned_of(file.pk))).get_sheet_by_index(0).to_python()  # type: ignore[attr-defined]
    )
    assert [row[-1] for row in rows] == ["应为11位"]
    rows[0][3] = "15412345670"
    return csv_file(path, head, rows)  # type: ignore[arg-type]


def words(officer: Person) -> str:
    return officer.page.inner_text("body")


def known(serial: int) -> bool:
    def look() -> bool:
        who = queries.subject_by_id_number(id_number(BORN, "男", serial))
        return who is not None and queries.entry(SYSTEM, "person", who) is not None

    return bool(read(look))
