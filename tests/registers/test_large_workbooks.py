"""A large workbook is read as a stream: the same cells as the library that reads small ones as a whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guiyan.kernel.errors import Refused
from guiyan.registers.importing import plain_rows
from guiyan.registers.importing import sheet as sheets
from guiyan.registers.importing.workbook import NotAWorkbook, Rows, Workbook

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


ODDITIES = [
    b'<c r="A9"><v>1</v></c>',  # a cell outside a row
    b'<row r="7"><c r="B7" t="s"><v>0</v></c></row>',
    b'<row><c r="A1" t="inlineStr"><is><t>\xe5\xbc\xa0\xe4\xb8\x89</t></is></c><c r="C1" s="1"><v>45000</v></c></row>',
    b'<row r="8"><c r="A8" t="inlineStr"><is><t xml:space="preserve"> a&amp;b &#20013;</t></is></c></row>',
    b'<row r="9"><c r="A9" t="inlineStr"><is><r><t>\xe5\xbc\xa0</t></r><r><t>\xe4\xb8\x89</t></r></is></c></row>',
    b'<row r="10" spans="1:3" ht="15"><c r="A10" t="b"><v>1</v></c><c r="B10" t="e"><v>#N/A</v></c><c r="C10"/></row>',
    b'<row r="11"><c t="str" r="A11"><f>1+1</f><v>x</v></c></row>',
    b'<row r="12"><c r="A12"><f>SUM(B1)</f><v>3.5</v></c><c r="B12"><f t="shared"/><v>1</v></c></row>',
    b'<row r="13"/>',
    b"<row></row>",
    b'<row r="14"><c r="A14" t="inlineStr"><is><t>a\r\nb\nc</t></is></c></row>',
    b'<!-- <row r="15"><c r="A15"><v>15</v></c></row> -->',
    b'<row r="16"><!-- </row><row r="17"><c r="A17"><v>17</v></c></row> --><c r="A16"><v>16</v></c></row>',
    b'<row r="18"><c r="A18" t="inlineStr"><is><t><![CDATA[<row>]]></t></is></c></row>',
    b'<row r="19"><c r="A19" t="inlineStr"><is><t>a]]>b</t></is></c></row>',
    b'<row r="20"><c r="A20" t="inlineStr"><is><t>\x01</t></is></c></row>',
    b'<row r="21"><c r="A21" t="inlineStr"><is><t>\xff</t></is></c></row>',
    b'<row r="22"><c r="A22" t="s"><v>99</v></c></row>',
    b'<row r="23"><c r="A23"><v>many</v></c></row>',
    b'<row r="24"><c r="A24"><v>1</v></c>',
    b"\n  ",
    b'<?harmless <row r="25"><c r="A25"><v>25</v></c></row>?>',
]


def read_by(rows: Callable[[Workbook], Iterator[tuple[int, list[object]]]], content: bytes) -> object:
    try:
        return list(rows(Workbook(io.BytesIO(content))))  # type: ignore[arg-type]
    except NotAWorkbook:
        return "broken"


def by_parser_alone(book: Workbook) -> Iterator[tuple[int, list[object]]]:
    with patch.object(plain_rows, "HEAD_END", b"<never>"):
        yield from book.rows("填写")


@given(st.lists(st.sampled_from(ODDITIES), max_size=6), st.sampled_from([3, 40, 1 << 18]))
def test_plain_rows_are_read_as_the_parser_reads_them_whatever_stands_between(parts: list[bytes], block: int) -> None:
    content = written([["张三", "李四"], [date(2026, 3, 18), 4]], shared=True)
    content = spoilt(content, "xl/worksheets/sheet1.xml", b"</sheetData>", b"".join(parts) + b"</sheetData>")
    expected = read_by(by_parser_alone, content)
    with patch.object(plain_rows, "BLOCK", block):
        assert read_by(lambda book: book.rows("填写"), content) == expected


def test_rows_that_a_spreadsheet_writes_are_no_work_for_the_parser() -> None:
    content = written([["张三", 1.5, True, date(2026, 3, 18)]] * 50, shared=True)
    given_to_it: list[bytes] = []
    book = Workbook(io.BytesIO(content))  # type: ignore[arg-type]
    with book.zip.open("xl/worksheets/sheet1.xml") as file:
        rows = Rows(book._shared_texts(), book.days, book.epoch)
        assert len(list(plain_rows.rows_of(file, given_to_it.append, rows.plain, rows.taken))) == 50
    assert b"<row" not in b"".join(given_to_it) and b"".join(given_to_it).endswith(b"</worksheet>")


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
