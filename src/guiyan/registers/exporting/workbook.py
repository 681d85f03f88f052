"""The file itself: a line on top and the file's properties say who took it out, when and what for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from guiyan.packs.register import Field, Register
from guiyan.registers.values import HUNDRED, SHANGHAI, Value

TOLD_EVERY = 2_000
MOST_ROWS = 1_048_576 - 3
"""What a sheet holds, less the mark, the head and one to spare."""


def write_workbook(
    path: Path,
    register: Register,
    fields: Sequence[Field],
    rows: Iterable[Sequence[Value]],
    *,
    mark: str,
    by: str,
    places: Mapping[int, str],
    tell: Callable[[int], None],
) -> int:
    """Write row by row to `path` and give their number. No text ever becomes a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": register.label, "author": by, "comments": mark})
    book.set_custom_property("导出说明", mark)
    bold, faint = book.add_format({"bold": True, "bg_color": "#EFF4FB"}), book.add_format({"font_color": "#B42318"})
    looks = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "number": book.add_format({"num_format": "#,##0.##"}),
    }
    sheet = book.add_worksheet("名录")
    sheet.set_header(f"&L{plain(mark)}")
    sheet.set_footer(f"&L{plain(mark)}&R&P/&N")
    sheet.freeze_panes(2, 0)
    for place, field in enumerate(fields):
        sheet.set_column(place, place, max(12, len(field.label) * 2 + 4))
    sheet.write_string(0, 0, mark, faint)
    for place, field in enumerate(fields):
        sheet.write_string(1, place, head_of(field), bold)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            write(sheet, count + 1, place, field, value, places, looks)
        if count % TOLD_EVERY == 0:
            tell(count)
        if count == MOST_ROWS:
            break
    book.close()
    return count


def head_of(field: Field) -> str:
    unit = "元" if field.type == "money" else field.unit if field.type in ("int", "decimal") else ""
    return f"{field.label}（{unit}）" if unit else field.label


def write(
    sheet: Any, row: int, place: int, field: Field, value: Value, places: Mapping[int, str], looks: Mapping[str, Any]
) -> None:
    if value is None or value == ():
        return
    if isinstance(value, datetime):
        sheet.write_string(row, place, f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, looks["date"])
    elif isinstance(value, bool):
        sheet.write_string(row, place, "是" if value else "否")
    elif field.type == "region" and isinstance(value, int):
        sheet.write_string(row, place, places.get(value, str(value)))
    elif isinstance(value, int):
        number = value / HUNDRED if field.type in ("money", "decimal") else value
        sheet.write_number(row, place, number, looks["number"])
    elif isinstance(value, tuple):
        sheet.write_string(row, place, "、".join(field.codes.get(one, one) for one in value))
    else:
        sheet.write_string(row, place, field.codes.get(value, value))


def plain(text: str) -> str:
    """A sheet's header gives & a meaning, and holds 255 signs."""
    return text.replace("&", "和")[:200]
