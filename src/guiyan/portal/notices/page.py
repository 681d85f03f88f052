"""A notice as it is drawn: its table with a cell a column, the amount last, and the words of how long it runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiyan.kernel.calendar import long_day, short_day
from guiyan.kernel.calendar.working import WorkingCalendar
from guiyan.notices.days import first_day
from guiyan.notices.models import Notice, NoticeRow

NAME, ID_NUMBER, AMOUNT = "姓名", "身份证号", "金额"
KINDS = {NAME: "person", ID_NUMBER: "id-number"}
NAMES = (NAME, "认定对象", "单位")
"""The columns that say who or what a line is about, the first of them that a notice has."""


@dataclass(frozen=True)
class NoticeCell:
    """One cell; `kind` says where a phone puts it: the person on top, the number and the rest below."""

    kind: str
    text: str


@dataclass(frozen=True)
class NoticeLine:
    line_no: int
    name: str
    cells: list[NoticeCell]
    amount: str

    @property
    def main(self) -> str:
        """What tells two people of one name apart: the last of the other cells, mostly the firm."""
        return next((cell.text for cell in reversed(self.cells) if cell.kind == "other"), "")


@dataclass(frozen=True)
class NoticeTable:
    heads: list[NoticeCell]
    lines: list[NoticeLine]

    @property
    def width(self) -> int:
        """The columns before the amount, with the number of the line."""
        return len(self.heads) + 1


def table_of(notice: Notice, rows: Iterable[NoticeRow]) -> NoticeTable:
    columns: Sequence[str] = notice.columns
    name = named_by(columns)
    heads = [NoticeCell(kind_of(one, name), one) for one in columns if one != AMOUNT]
    return NoticeTable(heads, [line_of(columns, row) for row in rows])


def line_of(columns: Sequence[str], row: NoticeRow) -> NoticeLine:
    cells, name = dict(zip(columns, row.cells, strict=True)), named_by(columns)
    drawn = [NoticeCell(kind_of(one, name), text) for one, text in cells.items() if one != AMOUNT]
    return NoticeLine(row.line_no, cells.get(name, ""), drawn, cells.get(AMOUNT, "").removesuffix("元"))


def named_by(columns: Sequence[str]) -> str:
    return next((one for one in NAMES if one in columns), NAME)


def kind_of(column: str, name: str) -> str:
    return "person" if column == name else KINDS.get(column, "other")


def run_words(notice: Notice, working: WorkingCalendar) -> str:
    """2026年5月21日公示，5月22日起5个工作日，到5月28日: the day of publication is not counted, so it is said apart."""
    first = first_day(notice, working)
    return f"{long_day(notice.published_on)}公示，{short_day(first)}起{notice.day_words}，到{short_day(notice.until)}"
