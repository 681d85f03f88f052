"""Excel in: rows of shares or figures by number, every fault with its row; all are taken or none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from guiyan.desk.registers.uploads import on_disk
from guiyan.kernel.errors import Refused
from guiyan.plans.actions import Given
from guiyan.plans.models import Indicator, ReportedFigure
from guiyan.plans.numbers import read_number
from guiyan.registers.importing.sheet import Sheet, open_sheet

MOST_ROWS = 2_000
SPLIT_HEAD = ("区划代码", "地区", "去年", "目标", "单位")
FIGURE_HEAD = ("编号", "指标", "地区", "期间", "数值", "分子", "分母", "单位", "说明")


class FaultyRows(Refused):
    """Nothing of the file was taken; `faults` say which rows and why."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"有{len(faults)}处要改，整个文件都没有写入。", "rows")
        self.faults = faults


def read_rows(file: UploadedFile[bytes], head: tuple[str, ...], take: Callable[[int, dict[str, Any]], None]) -> None:
    """Give each row to `take`, with its number, by its columns. Raises Refused; FaultyRows with all faults at once."""
    faults: list[str] = []
    with on_disk(file) as path:
        sheet = _open(path, file.name or "", head)
        for number, cells in sheet.rows:
            if number > MOST_ROWS:
                raise Refused(f"最多{MOST_ROWS:,}行，请分成几个文件。", "too-long")
            row = dict(zip(sheet.head, [*cells, *[None] * len(sheet.head)], strict=False))
            try:
                take(number, row)
            except Refused as refusal:
                faults.append(f"第{number}行：{refusal.message}")
    if faults:
        raise FaultyRows(faults)


def _open(path: Any, name: str, head: tuple[str, ...]) -> Sheet:
    sheet = open_sheet(path, name)
    missing = [title for title in head if title not in sheet.head]
    if missing:
        raise Refused(f"“{name}”少了列：{'、'.join(missing)}。请用导出的表格填写，不要改表头。", "head")
    return sheet


def split_values(file: UploadedFile[bytes], indicator: Indicator, places: dict[int, str]) -> dict[int, Decimal | None]:
    """Place -> share. A place twice, an unknown place and what is no number are faults of their rows."""
    found: dict[int, Decimal | None] = {}

    def take(_: int, row: dict[str, Any]) -> None:
        code = _whole(row["区划代码"], "区划代码")
        if code not in places:
            raise Refused(f"区划代码“{row['区划代码']}”不是本市的县（市、区）或功能区", "place")
        if code in found:
            raise Refused(f"{places[code]}出现了两次，只留一行", "twice")
        found[code] = read_number(row["目标"], indicator)

    read_rows(file, SPLIT_HEAD, take)
    return found


def figure_values(
    file: UploadedFile[bytes], waiting: dict[int, ReportedFigure]
) -> list[tuple[int, ReportedFigure, Given]]:
    """(row, figure, what was given) for each row that is filled in; rows left empty are left alone."""
    found: dict[int, tuple[int, ReportedFigure, Given]] = {}

    def take(number: int, row: dict[str, Any]) -> None:
        key = _whole(row["编号"], "编号")
        figure = waiting.get(key)
        if all(row[name] in (None, "") for name in ("数值", "分子", "分母")):
            return
        if figure is None:
            raise Refused(f"编号{key}不在待填报的清单里，可能已经填过，或者不是您单位的", "unknown")
        if key in found:
            raise Refused(f"编号{key}出现了两次，只留一行", "twice")
        value, above, below = (read_number(row[name], figure.indicator) for name in ("数值", "分子", "分母"))
        found[key] = (number, figure, Given(value, above, below, str(row["说明"] or "")))

    read_rows(file, FIGURE_HEAD, take)
    return list(found.values())


def _whole(cell: object, name: str) -> int:
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell or "").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise Refused(f"{name}“{text[:20]}”不是编号", "number")
    return int(text)
