"""Excel files: the sheets that are shown, one after the other, each row a line; titles above a table are lines."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.grid import Cell, cell_words, grid_rows, table_lines
from guiyan.engine.documents.files.package import EXCEL, check_package, not_of, repacked

MOST_SHEETS = 40


def text_of_xlsx(filename: str, content: bytes) -> tuple[str, str]:
    """The text of all visible sheets; no margins."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    check_package(filename, content, EXCEL)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(repacked(content)))
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        parts = [_sheet_text(book.get_sheet_by_name(name)) for name in shown[:MOST_SHEETS]]
    except CalamineError as error:
        raise not_of(EXCEL, filename) from error
    except ValueError as error:
        raise DocumentRefused("too-large", f"文件“{filename}”的表格过大。请删去空行空列后重新上传。") from error
    return "\n\n".join(part for part in parts if part), ""


def _sheet_text(sheet: Any) -> str:
    """The sheet's rows with merged cells filled down; the title rows above stay lines of their own."""
    values = sheet.to_python(skip_empty_area=False)
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or ()}
    height = len(values)
    cells = [
        Cell(row, column, words, min(down, height - row), across)
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if (words := _words(value))
        for down, across in [spans.get((row, column), (1, 1))]
    ]
    return "\n".join(table_lines(grid_rows(cells)))


def _words(value: object) -> str:
    """A cell as people read it: whole numbers without a fraction, days in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time | timedelta):
        return str(value)
    return cell_words(str(value).splitlines())
