"""Reading a spreadsheet that another office sends: its cells as a table, and what is in one cell."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from guiyan.kernel.errors import Refused
from guiyan.kernel.files.kinds import unpacked_size
from guiyan.kernel.texts import masked_numbers, plain_amount, shortened

MAX_BYTES = 20 * 2**20
MOST_UNPACKED = 300 * 2**20
MOST_FEN = 10**17
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")


def table(name: str, content: bytes, what: str) -> list[list[Any]]:
    """The first sheet of an .xlsx, or a .csv in UTF-8 or GB 18030. Refused, in words, when it is neither.

    what: what the file should be (结果文件), for the messages.
    """
    if not content:
        raise Refused("这个文件是空的（0字节）。请重新导出后上传。", "empty")
    if len(content) > MAX_BYTES:
        raise Refused("文件超过20MB。请分几份上传。", "too-large")
    if content.startswith(b"PK"):
        if unpacked_size(io.BytesIO(content)) > MOST_UNPACKED:
            raise Refused(f"文件解压后过大，不像{what}，不予打开。请重新导出。", "too-large")
        try:
            return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())
        except (CalamineError, OSError, ValueError) as error:
            raise Refused("文件打不开，可能已损坏。请用Excel另存为.xlsx后再上传。", "unreadable") from error
    if not name.lower().endswith(".csv"):
        raise Refused("文件内容不是Excel表格。请上传.xlsx或.csv文件。", "not-a-sheet")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise Refused("文件读不下去：有的格子缺结束的引号，或者太长。请重新导出后上传。", "broken") from error
    raise Refused("文件的文字编码认不出来。请另存为UTF-8的.csv后再上传。", "encoding")


def cell_text(value: Any) -> str:
    """What stands in a cell, without blanks around it; a whole number without its decimal point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def cell_said(value: Any) -> str:
    """A cell as an error says it back: its beginning, with no number of a person."""
    return shortened(masked_numbers(cell_text(value))) or "空白"


def cell_fen(value: Any) -> int | None:
    """An amount in yuan with at most two decimals, as fen; None for anything else."""
    amount = plain_amount(cell_text(value))
    if amount is None or amount > MOST_FEN or amount != round(amount, 2):
        return None
    return int(amount * Decimal(100))


def cell_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in DAY_FORMS:
        try:
            return datetime.strptime(cell_text(value), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
