"""The bank's report as a spreadsheet: a row is a repayment or a balance; what is wrong is told by row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiyan.kernel.errors import Refused
from guiyan.kernel.tables import cell_day, cell_fen, cell_said, cell_text, table
from guiyan.lending import states

HEAD = ["借据号", "借款人", "流水号", "日期", "类型", "本金（元）", "利息（元）", "罚息（元）", "本金余额（元）"]
NEEDED = ["借据号", "流水号", "日期", "类型", "本金（元）", "利息（元）"]
BALANCE = "余额"
KINDS = {states.KINDS[kind]: kind for kind in (states.REPAID, states.EARLY)}
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class ReportRow:
    """kind: repaid, early, or empty for a row that only states a balance. balance_fen: None where it says none."""

    number: int
    contract_no: str
    borrower: str
    serial: str
    on: date
    kind: str
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    balance_fen: int | None


class RowFault(Exception):
    """column, what is wrong, what would be right."""

    def __init__(self, column: str, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.cells = [column, wrong, right]


def rows_of(name: str, content: bytes) -> list[tuple[int, dict[str, Any]]]:
    """The rows that say anything, with the number they have in the file. Refused when it is no report."""
    cells = table(name, content, "还款报表")
    head = [cell_text(one) for one in cells[0]] if cells else []
    missing = [one for one in NEEDED if one not in head]
    if missing:
        raise Refused(f"文件第1行缺少这些列：{'、'.join(missing)}。请下载报表模板，照它填写。", "columns")
    if len(cells) > MOST_ROWS:
        raise Refused(f"文件有{len(cells):,}行，一次最多{MOST_ROWS:,}行。请分几份上传。", "too-many")
    return list(_filled(head, cells))


def _filled(head: list[str], cells: list[list[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(cells[1:], start=2):
        row = {**dict.fromkeys(HEAD, ""), **dict(zip(head, line, strict=False))}
        if any(cell_text(row[one]) for one in ("借据号", "流水号", "类型")):
            yield number, row


def read_row(number: int, row: dict[str, Any]) -> ReportRow:
    """Raises RowFault."""
    kind_text = cell_text(row["类型"])
    kind = "" if kind_text == BALANCE else KINDS.get(kind_text)
    if kind is None:
        raise RowFault("类型", f"不认识的类型：{cell_said(kind_text)}", f"应为“{'”“'.join([*KINDS, BALANCE])}”")
    day = cell_day(row["日期"])
    if day is None:
        raise RowFault("日期", f"不是日期：{cell_said(row['日期'])}", "应为2026-06-09这样的日期")
    contract_no, serial = cell_text(row["借据号"]), cell_text(row["流水号"])
    if not contract_no or len(contract_no) > 40:
        raise RowFault("借据号", "空着，或者太长", "应为放款时登记的借据号")
    if kind and (not serial or len(serial) > 60):
        raise RowFault("流水号", "空着，或者太长", "每笔还款都要有银行流水号，最多60个字")
    balance_fen = _amount(row, "本金余额（元）") if cell_text(row["本金余额（元）"]) else None
    if not kind and balance_fen is None:
        raise RowFault("本金余额（元）", "空着", "类型是“余额”的行要写本金余额")
    return ReportRow(
        number=number,
        contract_no=contract_no,
        borrower=cell_text(row["借款人"]),
        serial=serial,
        on=day,
        kind=kind,
        principal_fen=_amount(row, "本金（元）"),
        interest_fen=_amount(row, "利息（元）"),
        penalty_fen=_amount(row, "罚息（元）"),
        balance_fen=balance_fen,
    )


def _amount(row: dict[str, Any], column: str) -> int:
    """0 for an empty cell: a repayment of interest alone leaves the principal out."""
    if not cell_text(row[column]):
        return 0
    fen = cell_fen(row[column])
    if fen is None:
        raise RowFault(column, f"不是金额：{cell_said(row[column])}", "应为数字，最多两位小数，如5000.00")
    return fen
