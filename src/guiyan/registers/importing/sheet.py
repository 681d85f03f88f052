"""A spreadsheet or CSV file as a head and numbered rows; what can't be one is refused in plain words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from guiyan.kernel.errors import Refused
from guiyan.kernel.files.kinds import unpacked_size
from guiyan.registers.importing.workbook import NotAWorkbook, Workbook

Row = tuple[int, list[object]]  # the row's number in the file, its cells

MB = 1024 * 1024
LARGEST_XLSX, LARGEST_UNPACKED = 300 * MB, 4096 * MB  # CSV has no limit here
STREAMED_FROM = 100 * MB  # unpacked; what is smaller is read as a whole
# What an error file adds to a row; when it is handed in again these are left aside.
NOTES = ("原来的行号", "错在哪里", "应该怎样")
NOTES_SHEET = "说明"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_8, CHINESE_EXCEL = "utf-8-sig", "gb18030"


@dataclass(frozen=True)
class Sheet:
    """The head's cells as text, their row's number, and the rows below it that hold anything."""

    head: list[str]
    head_row: int
    rows: Iterator[Row]


def open_sheet(path: Path, name: str = "", title: str = "") -> Sheet:
    """Open by what the file is, not by what it is called. title: the sheet's, by default the first. Raises Refused."""
    name = name or path.name
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused(f"“{name}”是空文件（0字节）。请重新导出后再传。", "empty-file")
    if start.startswith(OLE) and is_encrypted(path):
        raise Refused(f"“{name}”设了打开密码，读不了。请去掉密码后再传。", "encrypted")
    if start.startswith(OLE):
        raise Refused(f"“{name}”是旧版.xls文件。请另存为.xlsx或.csv后再传。", "old-excel")
    suffix = Path(name).suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise Refused(f"“{name}”不能导入。只收.xlsx和.csv文件，请用模板填写。", "file-kind")
    if start.startswith(ZIP) != (suffix == ".xlsx"):
        kind = "Excel表格" if start.startswith(ZIP) else "文本"
        raise Refused(f"“{name}”的内容是{kind}，和后缀{suffix}不符。请另存为正确的格式。", "file-kind")
    return head_and_rows(xlsx_rows(path, name, title) if suffix == ".xlsx" else csv_rows(path, name), name)


def is_encrypted(path: Path) -> bool:
    """An .xlsx with a password lies in the same container as an old .xls; this stream tells them apart."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(LARGEST_XLSX)


def sheet_titles(path: Path) -> list[str]:
    """The sheets of a workbook that may be meant: not the template's own notes, nor hidden ones. None of a CSV file."""
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP):
            return []
    try:
        book = Workbook(str(path))
    except NotAWorkbook:
        return []
    with closing(book):
        return [title for title in book.sheets if title != NOTES_SHEET and title not in book.hidden]


def head_and_rows(rows: Iterator[Row], name: str) -> Sheet:
    for number, cells in rows:
        head = [str(cell).strip().rstrip("*＊").strip() for cell in cells]
        while head and not head[-1]:
            head.pop()
        if "" in head:
            where = column_name(head.index("") + 1)
            raise Refused(f"“{name}”第{number}行表头的{where}列是空的。请用模板，不要改表头。", "broken-head")
        if head:
            return Sheet(head, number, filled(rows))
    raise Refused(f"“{name}”里没有内容。请用模板填写。", "empty-sheet")


def filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Without empty rows; their numbers still count."""
    for number, cells in rows:
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells


def xlsx_rows(path: Path, name: str, title: str = "") -> Iterator[Row]:
    if path.stat().st_size > LARGEST_XLSX:
        raise Refused(f"“{name}”超过{LARGEST_XLSX // MB}MB。请另存为.csv，或分成几个文件。", "too-large")
    unpacked = unpacked_size(path)
    if unpacked > LARGEST_UNPACKED:
        raise Refused(f"“{name}”解压后过大，不予打开。请另存为.csv，或分成几个文件。", "too-large")
    return streamed_rows(path, name, title) if unpacked > STREAMED_FROM else whole_rows(path, name, title)


def whole_rows(path: Path, name: str, title: str) -> Iterator[Row]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_name(title) if title else workbook.get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as error:
        raise broken(name) from error
    merged = sheet.merged_cell_ranges or []
    if merged:
        (row, column), (last_row, last_column) = merged[0]
        raise merged_cells(name, f"{column_name(column + 1)}{row + 1}:{column_name(last_column + 1)}{last_row + 1}")
    return ((number, list(cells)) for number, cells in enumerate(sheet.iter_rows(), 1))


def streamed_rows(path: Path, name: str, title: str) -> Iterator[Row]:
    try:
        book = Workbook(str(path))
        title = title or next(iter(book.sheets))
        if merged := book.merged(title):
            raise merged_cells(name, merged)
    except (NotAWorkbook, KeyError, StopIteration) as error:
        raise broken(name) from error
    return until_broken(book, title, name)


def until_broken(book: Workbook, title: str, name: str) -> Iterator[Row]:
    with closing(book):
        try:
            yield from book.rows(title)
        except NotAWorkbook as error:
            raise broken(name) from error


def broken(name: str) -> Refused:
    return Refused(f"“{name}”打不开，可能没有下载完整，或设了打开密码。请重新导出。", "broken-file")


def merged_cells(name: str, place: str) -> Refused:
    return Refused(f"“{name}”有合并单元格（{place}），看不出每一格属于哪一行。请取消合并或用模板填写。", "merged-cells")


def csv_rows(path: Path, name: str) -> Iterator[Row]:
    """Excel saves CSV in UTF-8 or, in China, in GBK; which one is settled over the whole file, never by a guess."""
    file = path.open(encoding=encoding_of(path, name), newline="")
    return numbered(file, name)


def numbered(file: io.TextIOWrapper, name: str) -> Iterator[Row]:
    last = 0
    with file:
        reader = csv.reader(file)
        try:
            for cells in reader:
                # A quoted cell may hold line breaks: a row is known by the line it begins on.
                yield last + 1, list(cells)
                last = reader.line_num
        except csv.Error as error:
            raise Refused(
                f"“{name}”从第{last + 1}行起读不下去：有的格子缺结束的引号，或者太长。请改好再传，整个文件都没有导入。",
                "broken-file",
            ) from error


def encoding_of(path: Path, name: str) -> str:
    for encoding in (UTF_8, CHINESE_EXCEL):
        try:
            with path.open(encoding=encoding) as file:
                if any("\0" in piece for piece in iter(lambda: file.read(1 << 20), "")):
                    break
            return encoding
        except UnicodeDecodeError:
            continue
    raise Refused(f"“{name}”不是文本文件，或文字编码认不出来。请另存为“CSV UTF-8”。", "encoding")


def column_name(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def places_of(head: Sequence[str], labels: dict[str, str], required: Sequence[str], name: str) -> dict[str, int]:
    """Field → its place in the head, by label or id. Unknown, doubled and missing columns are refused by name."""
    known = {label: field for field, label in labels.items()} | {field: field for field in labels}
    unknown = [title for title in head if title not in known and title not in NOTES]
    if unknown:
        raise Refused(
            f"“{name}”有模板里没有的列：{'、'.join(unknown[:5])}。请删去，或下载最新的模板。", "unknown-columns"
        )
    doubled = sorted({title for title in head if head.count(title) > 1})
    if doubled:
        raise Refused(f"“{name}”有重复的列：{'、'.join(doubled)}。每一列只能出现一次。", "doubled-columns")
    places = {known[title]: place for place, title in enumerate(head) if title in known}
    missing = [labels[field] for field in required if field not in places]
    if missing:
        raise Refused(f"“{name}”少了必须有的列：{'、'.join(missing)}。请用模板填写。", "missing-columns")
    return places
