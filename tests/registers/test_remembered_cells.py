"""A file is read by column with a memory for texts: every row comes out as the reader of rows reads it alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.packs import find_pack, load_pack
from guiyan.packs.register import Field
from guiyan.registers.declared import shown_fields
from guiyan.registers.importing.by_column import ColumnReader
from guiyan.registers.importing.quick import quick_way
from guiyan.registers.importing.reading import BROKEN, RowReader, region_names
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
# Rows that are mostly good: one's number, birthday and place may still contradict, repeat, or be somebody else's.
WHO = [id_number(date(1997, 5, 12), "女", serial) for serial in (1, 2)] + ["421224199705120000", ""]
LIKELY = {
    "name": ["张三", "李四", ""],
    "id_number": WHO,
    "gender": ["男", "女", ""],
    "birth_date": ["1997-05-12", "1997-05-13", ""],
    "residence_region": ["通山县大畈镇", "赤壁市", "火星镇"],
    "return_date": ["2026-03-18", "20260318", "2030-01-01"],
}
GOOD = st.lists(
    st.tuples(*(st.sampled_from(LIKELY.get(field.id, [""])) for field in FIELDS)).map(list)
    | st.tuples(*(st.sampled_from(LIKELY.get(field.id, [""])) for field in FIELDS)).map(lambda row: [*row, "多出"]),
    min_size=1,
    max_size=8,
)
ALLOWED = ((421224000000, 421225000000),)
ROWS = st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), min_size=1, max_size=6)


Told = tuple[list[dict[str, Any]], list[tuple[str, str, str]]]


def a_reader() -> RowReader:
    return RowReader(REGISTER, Reader(TODAY, NAMES), "visit", TODAY, ALLOWED)


def by_rows(rows: list[list[Any]]) -> Told:
    """Each row by itself, nothing remembered."""
    reader, found = a_reader(), []
    for number, cells in enumerate(rows, 2):
        faults, values = reader.values((number, cells), [(one, i, {}) for i, one in enumerate(FIELDS)], len(FIELDS))
        if faults:
            reader.note((number, cells), faults)
        else:
            found.append(values)
    return found, [(fault.column, fault.wrong, fault.right) for fault in reader.faults]


def by_column(rows: list[list[Any]], size: int) -> Told:
    reader, found = a_reader(), []
    sheet = Sheet([field.label for field in FIELDS], 1, ((number, cells) for number, cells in enumerate(rows, 2)))
    for good in ColumnReader(reader).pieces(sheet, "x.csv", size):
        found += [{name: column[i] for name, column in good.values.items()} for i in range(len(good.numbers))]
    assert (reader.read, reader.refused) == (len(rows), len(rows) - len(found))
    return found, [(fault.column, fault.wrong, fault.right) for fault in reader.faults]


@given(ROWS | GOOD, st.integers(1, 4))
def test_columns_are_read_as_their_rows_would_be_one_by_one(rows: list[list[Any]], size: int) -> None:
    expected, found = by_rows(rows), by_column(rows, size)
    assert found[1] == expected[1]
    assert found[0] == expected[0]
    assert [{n: type(v) for n, v in row.items()} for row in found[0]] == [
        {n: type(v) for n, v in row.items()} for row in expected[0]
    ]


NUMBER = id_number(date(1997, 5, 12), "女", 1)


def changed(place: int, sign: str) -> str:
    return NUMBER[:place] + sign + NUMBER[place + 1 :]


NEARLY = (
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
    | st.dates(date(1890, 1, 1), date(2030, 1, 1)).map(date.isoformat)
    | st.from_regex(r"1[0-9]{10}", fullmatch=True)
    | st.integers(0, 17).flatmap(
        lambda i: st.sampled_from("0123456789Xx").map(lambda d: NUMBER[:i] + d + NUMBER[i + 1 :])
    )
    | st.dates(date(1890, 1, 1), date(2030, 1, 1)).map(lambda day: id_number(day, "男", 3))
    | st.text(max_size=12)
    | st.sampled_from([*BROKEN, "  #REF! ", "#1", " ", "字" * 4001, "2026-W01-1", "２０２６-03-18"])
)


@given(st.sampled_from(FIELDS), NEARLY)
def test_a_cell_read_the_short_way_is_the_one_read_the_long_way(field: Field, cell: str) -> None:
    way = quick_way(field, TODAY)
    if way is not None and (found := way(cell)) is not None:
        assert found == a_reader().cell(field, cell)


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
