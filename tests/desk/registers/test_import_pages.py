"""A file at the desk: its columns, what it would change, bringing it in, mending what was returned, taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.jobs import run_pending
from guiyan.registers import actions, queries, states
from guiyan.registers.importing import handing, kept
from guiyan.registers.models import Assertion, ColumnMapping, ImportFile, ImportRun
from tests.registers.factories import BORN, HEAD, csv_file, id_number, person_row

pytestmark = pytest.mark.usefixtures("scoped_db")
ClientAs = Callable[[str], Client]
FIELDS = ["name", "id_number", "residence_region", "phone"]
OWN_HEAD = ("人员姓名", "公民身份号码", "现居住地", "联系电话（本人）", "备注")


def send(officer: Client, content: bytes, name: str = "人员.csv") -> HttpResponse:
    fields = {"file": SimpleUploadedFile(name, content), "source": "visit", "as_of": "2026-06-01"}
    return officer.post("/desk/registers/person/import/", fields)


def handed(officer: Client, path: Path) -> str:
    """Its page's address."""
    answer = send(officer, path.read_bytes())
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def page(officer: Client, address: str) -> str:
    return officer.get(address, follow=True).content.decode()


def test_a_table_of_one_s_own_is_mapped_shown_brought_in_mended_and_taken_back(
    client_as: ClientAs, tmp_path: Path
) -> None:
    officer = client_as("helin")
    rows = [[*person_row(1), "好"], [*person_row(2, 手机号="1541234567"), "=1+1"]]
    address = handed(officer, csv_file(tmp_path / "人员.csv", OWN_HEAD, rows))
    asked = page(officer, address)
    assert "示例1" in asked and str(person_row(1)[1]) not in asked
    assert re.findall(r'<option value="(\w*)" selected>', asked) == FIELDS  # the remark is left aside
    shown = officer.post(address, {"field": [*FIELDS, ""]}, follow=True).content.decode()
    assert "会新增1" in shown and "退回1行" in shown and "少了1位" in shown and "示例1" in shown
    assert not ImportRun.objects.exists() and not Assertion.objects.exists()
    done = officer.post(f"{address}confirm/", follow=True).content.decode()
    run = ImportRun.objects.get()
    assert "应为11位" in done and run.summary["created"] == 1
    file = ImportFile.objects.get()
    assert (file.stage, file.run, "examples" in file.preview) == (states.FILE_DONE, run, False)

    returned = CalamineWorkbook.from_path(str(kept.returned_of(file.pk))).get_sheet_by_index(0).to_python()
    assert returned[0] == [*OWN_HEAD, "原来的行号", "错在哪里", "应该怎样"]
    assert returned[1][4:] == ["=1+1", "3", "手机号：少了1位", "应为11位"]
    mended = [returned[0], [*returned[1][:3], "15412345670", *returned[1][4:]]]
    again = handed(officer, csv_file(tmp_path / "改好.csv", mended[0], mended[1:]))  # type: ignore[arg-type]
    assert re.findall(r'<option value="(\w*)" selected>', page(officer, again)) == FIELDS
    officer.post(again, {"field": [*FIELDS, "", "", "", ""]})
    officer.post(f"{again}confirm/")
    assert ImportRun.objects.order_by("-pk")[0].summary["created"] == 1

    confirmation = page(officer, f"/desk/registers/imports/{run.pk}/undo/")
    assert re.search(r"离开名录</dt><dd>1人<", confirmation)
    officer.post(f"/desk/registers/imports/{run.pk}/undo/")
    first, second = (queries.subject_by_id_number(id_number(BORN, "男", serial)) for serial in (1, 2))
    assert first is not None and queries.entry(SYSTEM, "person", first) is None
    assert second is not None and queries.entry(SYSTEM, "person", second) is not None


def test_what_would_change_is_shown_from_what_to_what(client_as: ClientAs, tmp_path: Path) -> None:
    officer = client_as("helin")
    old = csv_file(tmp_path / "旧.csv", HEAD, [person_row(1), person_row(2)])
    actions.import_rows(SYSTEM, register="person", path=old, source="visit", at=date(2026, 5, 1))
    address = handed(officer, csv_file(tmp_path / "新.csv", HEAD, [person_row(1, 姓名="改名"), person_row(2)]))
    shown = officer.post(address, {"field": FIELDS}, follow=True).content.decode()
    assert "更新2" in shown and re.search(r"示例1</span>\s*→\s*<span class=\"nb\">改名", shown)
    who = queries.subject_by_id_number(id_number(BORN, "男", 1))
    assert (queries.entry(SYSTEM, "person", who or 0) or {})["name"] == "示例1"


def test_the_same_file_again_says_so_and_changes_nothing(client_as: ClientAs, tmp_path: Path) -> None:
    officer, path = client_as("helin"), csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)])
    first = handed(officer, path)
    officer.post(first, {"field": FIELDS})
    officer.post(f"{first}confirm/")
    again = handed(officer, path)
    assert "这个文件导入过" in page(officer, again)
    assert "导入不会有变化" in officer.post(again, {"field": FIELDS}, follow=True).content.decode()
    assert Assertion.objects.count() == 1


def test_columns_are_remembered_for_the_next_file_with_the_same_head(client_as: ClientAs, tmp_path: Path) -> None:
    officer, head = client_as("helin"), ("甲", "乙", "丙", "丁")
    first = handed(officer, csv_file(tmp_path / "一.csv", head, [person_row(1)]))
    assert re.findall(r'<option value="(\w*)" selected>', page(officer, first)) == []
    officer.post(first, {"field": FIELDS})
    assert ColumnMapping.objects.get().columns == [list(pair) for pair in zip(head, FIELDS, strict=True)]
    second = handed(officer, csv_file(tmp_path / "二.csv", head, [person_row(2)]))
    assert re.findall(r'<option value="(\w*)" selected>', page(officer, second)) == FIELDS


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["name", "id_number", "", ""], "还缺必须有的列：常住地"),
        (["name", "id_number", "name", ""], "有两列对应到同一个字段"),
    ],
)
def test_columns_that_can_not_be_read_so_are_asked_again(
    client_as: ClientAs, tmp_path: Path, fields: list[str], words: str
) -> None:
    officer = client_as("helin")
    address = handed(officer, csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)]))
    answer = officer.post(address, {"field": fields})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert ImportFile.objects.get().stage == states.FILE_HANDED_IN


def test_a_large_file_is_worked_on_behind_and_may_be_stopped(
    client_as: ClientAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "SMALL_BYTES", 10)
    officer = client_as("helin")
    address = handed(officer, csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)]))
    assert "正在检查" in officer.post(address, {"field": FIELDS}, follow=True).content.decode()
    run_pending()
    assert "会新增1" in page(officer, address)
    assert "正在导入" in officer.post(f"{address}confirm/", follow=True).content.decode()
    assert "已要求停下" in officer.post(f"{address}drop/", follow=True).content.decode()
    run_pending()
    assert ImportFile.objects.get().stage == states.FILE_DROPPED
    assert not ImportRun.objects.exists() and not Assertion.objects.exists()
    assert "没有任何改动" in page(officer, address)


def test_another_county_s_officer_does_not_find_the_file(client_as: ClientAs, tmp_path: Path) -> None:
    address = handed(client_as("helin"), csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)]))
    for other in ("zhoumin", "huanglei"):
        assert client_as(other).get(address).status_code in (403, 404)
        assert client_as(other).post(f"{address}confirm/").status_code in (403, 404)


def test_a_file_larger_than_any_page_takes_is_refused_before_it_is_read(client_as: ClientAs) -> None:
    answer = client_as("helin").post(
        "/desk/registers/person/import/", b"x", content_type="text/csv", headers={"Content-Length": str(2 * 1024**3)}
    )
    assert answer.status_code == 413 and "不能超过300MB" in answer.content.decode()


def test_what_was_left_lying_is_swept_away(client_as: ClientAs, tmp_path: Path, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    address = handed(client_as("helin"), csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)]))
    file = ImportFile.objects.get()
    at("2026-06-20 09:00")
    handing.sweep(handing.now())
    file.refresh_from_db()
    assert file.stage == states.FILE_DROPPED
    run_pending()
    assert not kept.folder_of(file.pk).exists()
    assert "没有任何改动" in page(client_as("helin"), address)
