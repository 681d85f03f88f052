"""A file is read cell by cell with a memory for texts: every row comes out as it would if it stood alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.packs import find_pack, load_pack
from guiyan.registers.declared import shown_fields
from guiyan.registers.importing.reading import RowReader, region_names
from guiyan.registers.importing.sheet import Sheet
from guiyan.registers.phones import SEPARATORS, WrongPhone, read_phone
from guiyan.registers.sample.numbers import id_number
from guiyan.registers.values import Reader
from guiyan.registers.wrong import WrongValue

PACK = load_pack(find_pack("xianning"))
REGISTER = PACK.registers["returnee"]
FIELDS = shown_fields(REGISTER)
NAMES = region_names(PACK)
TODAY = date(2026, 6, 8)
SEEN = [
    *(
        "是",
        "否",
        "1",
        "0",
        "1.0",
        "True",
        "",
        " ",
        "2026-03-18",
        "2026/3/18",
        "2026.3.18",
        "2026年3月18日",
        "20260318",
    ),
    *(
        "通山县大畈镇",
        "火星镇",
        "4.21224E+17",
        "１３９１２３４５６７８",
        "15412345678",
        "+86 154-1234-5678",
        "5000",
        "86.505",
    ),
    *("资金、场地", "资金,资金", "男", "#N/A", "=1+1", "张三", id_number(date(1997, 5, 12), "女", 1)),
]
CELLS: st.SearchStrategy[Any] = (
    st.sampled_from(SEEN)
    | st.sampled_from([1, 1.0, True, False, 0.0, 1.23e17, None, datetime(2026, 3, 18), date(2026, 3, 18)])
    | st.text(max_size=6)
)
ROWS = st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), min_size=1, max_size=6)


def told(rows: list[list[Any]]) -> tuple[list[dict[str, Any]], list[tuple[str, str, str]]]:
    reader = RowReader(REGISTER, Reader(TODAY, NAMES), "visit", TODAY, None)
    sheet = Sheet([field.label for field in FIELDS], 1, ((number, cells) for number, cells in enumerate(rows, 2)))
    reports = [dict(report.values) for report in reader.reports(sheet, "x.csv")]
    return reports, [(fault.column, fault.wrong, fault.right) for fault in reader.faults]


@given(ROWS)
def test_a_row_is_read_the_same_after_others_as_alone(rows: list[list[Any]]) -> None:
    alone = [told([row]) for row in rows]
    together = told(rows)
    assert together[1] == [fault for _, faults in alone for fault in faults] or "重复" in str(together[1])
    if "重复" not in str(together[1]):
        assert together[0] == [report for reports, _ in alone for report in reports]
        assert [list(map(type, report.values())) for report in together[0]] == [
            list(map(type, report.values())) for reports, _ in alone for report in reports
        ]


@given(st.text(alphabet="0123456789+-() 　-—６", max_size=16))
def test_a_phone_read_the_short_way_is_the_one_read_the_long_way(text: str) -> None:
    try:
        found = read_phone(text)
    except WrongPhone:
        return
    assert found == SEPARATORS.sub("", text)[-11:] and found.isascii()


DAYS = ["2026-03-18", "2026/3/18", "2026.3.18", "2026年3月18日", "20260318", "２０２６－３－１８"]


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_in_whatever_form_it_is_written(written: str) -> None:
    field = REGISTER.fields["return_date"]
    assert Reader(TODAY, NAMES).read(field, written) == date(2026, 3, 18)


@pytest.mark.parametrize("raw", [1.23e17, 421224199705120000.0, "1.23E+17"])
def test_an_id_number_that_a_spreadsheet_took_for_a_number_is_refused_with_the_reason(raw: object) -> None:
    with pytest.raises(WrongValue, match=r"科学计数法|存成了数字"):
        Reader(TODAY, NAMES).read(REGISTER.fields["id_number"], raw)


def test_full_width_digits_are_read_as_what_they_stand_for() -> None:
    wide = id_number(date(1997, 5, 12), "女", 1).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789X"})
    reader = Reader(TODAY, NAMES)
    assert reader.read(REGISTER.fields["id_number"], wide) == id_number(date(1997, 5, 12), "女", 1)
    assert reader.read(REGISTER.fields["phone"], "１５４１２３４５６７８") == "15412345678"
