"""A large workbook is read as a stream: the same cells as the library that reads small ones as a whole."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guiyan.kernel.errors import Refused
from guiyan.registers.importing import sheet as sheets
from guiyan.registers.importing.workbook import Workbook

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=8)
CELLS: st.SearchStrategy[Any] = (
    st.none()
    | WORDS
    | st.sampled_from([" 前后有空 ", "a&b<c>", "第一行\n第二行", "=1+1", "001", "张三"])
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4))
    | st.booleans()
    | st.dates(date(1950, 1, 1), date(2060, 1, 1))
    | st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1)).map(lambda at: at.replace(microsecond=0))
    | st.times().map(lambda at: at.replace(microsecond=0))
)


def written(rows: list[list[Any]], *, shared: bool) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": not shared, "in_memory": True})
    sheet = book.add_worksheet("填写")
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm:ss'}),
        time: book.add_format({"num_format": "hh:mm:ss"}),
    }
    for number, row in enumerate(rows):
        sheet.write_string(number, 0, f"第{number}行")
        for place, cell in enumerate(row, 1):
            if type(cell) in formats:
                sheet.write_datetime(number, place, cell, formats[type(cell)])
            elif isinstance(cell, bool):
                sheet.write_boolean(number, place, cell)
            elif isinstance(cell, str) and cell:
                sheet.write_string(number, place, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(number, place, cell)
    book.close()
    return target.getvalue()


@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=5), st.booleans())
def test_the_stream_has_the_cells_that_calamine_has(rows: list[list[Any]], shared: bool) -> None:
    content = written(rows, shared=shared)
    whole = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    streamed = list(Workbook(io.BytesIO(content)).rows("填写"))  # type: ignore[arg-type]
    assert [number for number, _ in streamed] == list(range(1, len(rows) + 1))
    width = max(len(row) for row in whole)
    assert [cells + [""] * (width - len(cells)) for _, cells in streamed] == whole


@pytest.fixture
def all_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "STREAMED_FROM", 0)


def spoilt(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as result:
        for one in source.namelist():
            text = source.read(one)
            assert one != name or old in text
            result.writestr(one, text.replace(old, new) if one == name else text)
    return target.getvalue()


@pytest.mark.usefixtures("all_streamed")
def test_merged_cells_of_a_large_workbook_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "大表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "身份证号"])
    sheet.merge_range("A2:B2", "人员")
    book.close()
    with pytest.raises(Refused, match="合并单元格（A2:B2）"):
        sheets.open_sheet(path)


@pytest.mark.usefixtures("all_streamed")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData><row>"),
        (b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '),
        (b"</sheetData>", b""),
    ],
)
def test_a_large_workbook_that_is_broken_or_means_harm_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = tmp_path / "大表.xlsx"
    content = written([["姓名"], ["张三"]], shared=False)
    path.write_bytes(spoilt(content, "xl/worksheets/sheet1.xml", old, new))
    with pytest.raises(Refused, match="打不开"):
        list(sheets.open_sheet(path).rows)


def test_of_several_sheets_the_visible_ones_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "几张.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for title in ("人员", "企业", "说明", "旧"):
        book.add_worksheet(title).write(0, 0, title)
    book.get_worksheet_by_name("旧").hide()
    book.close()
    assert sheets.sheet_titles(path) == ["人员", "企业"]
    assert sheets.open_sheet(path, title="企业").head == ["企业"]


def test_a_workbook_with_a_password_is_told_from_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "锁.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Refused, match="设了打开密码"):
        sheets.open_sheet(path)
