"""Files: known by their content, kept by their hash, missed when they change."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from guiyan.kernel import files
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.scope import Scope, entered

REGION = 421224000000
PDF = b"%PDF-1.7\n%test\n"
JPG = b"\xff\xd8\xff\xe0" + bytes(20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def office(main: str, *others: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", main, *others):
            archive.writestr(name, "<x/>")
    return content.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
GOOD = {
    "申请.pdf": PDF,
    "照片.JPG": JPG,
    "照片.jpeg": JPG,
    "图.png": PNG,
    "委托书.docx": DOCX,
    "名单.xlsx": XLSX,
    "名单.csv": "姓名,金额\n甲,5000\n".encode("gb18030"),
    "方案.txt": "返乡创业方案".encode(),
    "方案.htm": "<!DOCTYPE html><html><body><p>\u2003返乡创业方案</p></body></html>".encode(),
}


@pytest.fixture(autouse=True)
def in_scope(scoped_db: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "GUIYAN_HOME", tmp_path)
    yield


def keep(name: str = "申请.pdf", content: Any = PDF, **options: Any) -> StoredFile:
    given = {"purpose": "case.material", "region": REGION, "allowed": files.KINDS, "max_bytes": 1024, **options}
    return files.store(SYSTEM, name=name, content=content, **given)


def codes() -> list[str]:
    return [finding.code for finding in files.findings()]


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_kept_with_its_kind_and_hash(name: str) -> None:
    row = keep(name, GOOD[name])
    assert files.path_of(row).read_bytes() == GOOD[name]
    assert row.kind in files.KINDS and row.size == len(GOOD[name])
    assert codes() == []


def test_a_stream_is_kept_like_bytes() -> None:
    assert keep(content=io.BytesIO(PDF)).size == len(PDF)


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("空.pdf", b"", "file_empty", "空文件"),
        ("大.pdf", PDF + bytes(1024), "file_too_big", "超过1KB"),
        ("大.pdf", io.BytesIO(PDF + bytes(1024)), "file_too_big", "超过1KB"),
        ("表.exe", b"MZ" + bytes(9), "file_kind", "这里只收"),
        ("无后缀", PDF, "file_kind", "这里只收"),
        ("假.pdf", JPG, "file_mismatch", "其实是JPG图片"),
        ("假.docx", XLSX, "file_mismatch", "其实是Excel表格"),
        ("假.xlsx", b"PK\x03\x04broken", "file_mismatch", "已经损坏"),
        ("宏.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "file_mismatch", "已经损坏"),
        ("假.txt", bytes([0, 1, 2]), "file_mismatch", "已经损坏"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_in_plain_words(
    name: str, content: Any, code: str, words: str
) -> None:
    with pytest.raises(Refused) as caught:
        keep(name, content)
    assert caught.value.code == code
    assert words in caught.value.message
    assert not StoredFile.objects.exists()


def test_only_the_kinds_of_the_place_are_taken() -> None:
    with pytest.raises(Refused, match="只收PDF、JPG图片"):
        keep("名单.xlsx", XLSX, allowed={"pdf", "jpg"})


def test_a_name_never_leads_out_of_its_folder() -> None:
    row = keep("../../etc\\passwd.pdf")
    assert row.name == "passwd.pdf"
    assert files.path_of(row).parent.parent == settings.GUIYAN_HOME / "files"


def test_reading_is_logged() -> None:
    row = keep()
    with files.open_file(SYSTEM, row, purpose="核验") as content:
        assert content.read() == PDF
    last = AuditEntry.objects.order_by("-id")[0]
    assert (last.action, last.targets, last.purpose) == ("read:file", [f"file:{row.pk}"], "核验")


def test_a_resident_sees_their_own_file_and_nobody_elses() -> None:
    mine, other = keep(subject_id=501), keep("别人.pdf", PDF + b"2", subject_id=502)
    with entered(Scope.of_subject(501)):
        assert set(StoredFile.objects.values_list("pk", flat=True)) == {mine.pk}
    assert StoredFile.objects.filter(pk=other.pk).exists()


def test_a_missing_and_a_changed_file_are_found() -> None:
    gone, changed, whole = keep(), keep("二.pdf", PDF + b"2"), keep("三.pdf", PDF + b"3")
    files.path_of(gone).unlink()
    files.path_of(changed).write_bytes(PDF + b"x")
    assert {(finding.code, finding.where) for finding in files.findings()} == {
        ("file_missing", f"file:{gone.pk}"),
        ("file_changed", f"file:{changed.pk}"),
    }
    with pytest.raises(NotFound):
        files.open_file(SYSTEM, gone)
    assert files.path_of(whole).exists()


def test_content_without_a_row_is_swept_and_is_no_finding() -> None:
    kept, dropped = keep(), keep("二.pdf", PDF + b"2")
    path = files.path_of(dropped)
    dropped.delete()
    assert codes() == []
    assert files.sweep(older_than_seconds=3600) == 0
    assert files.sweep(older_than_seconds=-1) == 1
    assert not path.exists() and files.path_of(kept).exists()


def test_a_write_that_breaks_off_leaves_nothing_under_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr(os, "fsync", full)
        keep()
    assert not StoredFile.objects.exists()
    row = keep()
    assert files.path_of(row).read_bytes() == PDF
