"""Excel out: rows are written as they come, so a long list needs no memory; money and numbers stay numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Column = tuple[str, int]


def excel(name: str, sheets: Iterable[tuple[str, str, Sequence[Column], Iterable[Sequence[Any]]]]) -> FileResponse:
    """A workbook to download.

    sheets: (name of the sheet, title over it, columns as (head, width), rows). Text never becomes a formula.
    """
    place = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  FileResponse closes it, and so it goes
    book = xlsxwriter.Workbook(place.name, {"constant_memory": True, "strings_to_formulas": False})
    looks = _looks(book)
    for label, title, columns, rows in sheets:
        _write(book.add_worksheet(label), title, columns, rows, looks)
    book.close()
    content = Path(place.name).open("rb")  # noqa: SIM115  read and closed by the response
    place.close()
    answer = FileResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def plain_excel(name: str, label: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A table to fill in and bring back: the head alone above the rows, nothing merged, codes as text."""
    place = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  FileResponse closes it, and so it goes
    book = xlsxwriter.Workbook(place.name, {"constant_memory": True, "strings_to_formulas": False})
    looks, sheet = _looks(book), book.add_worksheet(label)
    sheet.set_column(0, len(head) - 1, 18)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, head, looks["head"])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, looks)
    book.close()
    content = Path(place.name).open("rb")  # noqa: SIM115  read and closed by the response
    place.close()
    answer = FileResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _looks(book: Any) -> dict[str, Any]:
    edge = {"border": 1, "border_color": "#7F8BA0", "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**edge, "bold": True, "bg_color": "#EFF4FB", "align": "center", "text_wrap": True}),
        "text": book.add_format({**edge, "text_wrap": True}),
        "number": book.add_format({**edge, "num_format": "#,##0.##"}),
        "money": book.add_format({**edge, "num_format": "#,##0.00"}),
        "day": book.add_format({**edge, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**edge, "num_format": "yyyy-mm-dd hh:mm"}),
    }


def _write(
    sheet: Any, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], looks: dict[str, Any]
) -> None:
    for place, (_, width) in enumerate(columns):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.set_row(0, 30)
    if len(columns) > 1:
        sheet.merge_range(0, 0, 0, len(columns) - 1, title, looks["title"])
    sheet.write_row(1, 0, [head for head, _ in columns], looks["head"])
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            _cell(sheet, number, place, value, looks)


def _cell(sheet: Any, row: int, place: int, value: Any, looks: dict[str, Any]) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, looks["text"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, timezone.localtime(value).replace(tzinfo=None), looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, looks["day"])
    elif isinstance(value, Yuan):
        sheet.write_number(row, place, value.fen / 100, looks["money"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, float(value), looks["number"])
    else:
        sheet.write_string(row, place, str(value), looks["text"])


class Yuan:
    """An amount in fen, written as yuan with two decimals."""

    __slots__ = ("fen",)

    def __init__(self, fen: int) -> None:
        self.fen = fen
