"""A notice's table as it is drawn: name and number in one cell, the amount last, the sum below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiyan.notices.models import Notice, NoticeRow

NAME, ID_NUMBER, AMOUNT = "姓名", "身份证号", "金额"


@dataclass(frozen=True)
class NoticeLine:
    """One row: number, name with the masked number under it, the firm with its place under it, the amount."""

    line_no: int
    name: str
    id_number: str
    main: str
    details: list[str]
    amount: str


@dataclass(frozen=True)
class NoticeTable:
    name_head: str
    main_head: str
    lines: list[NoticeLine]


def table_of(notice: Notice, rows: Iterable[NoticeRow]) -> NoticeTable:
    columns: Sequence[str] = notice.columns
    between = [name for name in columns if name not in (NAME, ID_NUMBER, AMOUNT)]
    name_head = "姓名和证件号" if ID_NUMBER in columns else NAME
    main_head = between[-1] if between else ""
    return NoticeTable(name_head, main_head, [line_of(columns, between, row) for row in rows])


def line_of(columns: Sequence[str], between: list[str], row: NoticeRow) -> NoticeLine:
    cells = dict(zip(columns, row.cells, strict=True))
    return NoticeLine(
        row.line_no,
        cells.get(NAME, ""),
        cells.get(ID_NUMBER, ""),
        cells[between[-1]] if between else "",
        [cells[name] for name in between[:-1]],
        cells.get(AMOUNT, "").removesuffix("元"),
    )
