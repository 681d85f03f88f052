"""The two spreadsheets between us and the treasury: the request that goes out, the answers that come back."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from python_calamine import CalamineError, CalamineWorkbook

from guiyan.kernel import calendar, crypto
from guiyan.kernel.errors import Refused
from guiyan.kernel.files.kinds import unpacked_size
from guiyan.ledger.models import PaymentLine, PaymentRequest

OUT_HEAD = ["支付申请编号", "行号", "收款人", "开户行", "账号", "金额（元）", "办件编号"]
RESULT_HEAD = ["支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因"]
LONGEST_RECEIPT = 60
MOST_FEN = 10**17
OUTCOMES = {"成功": "paid", "已拨付": "paid", "退票": "returned", "失败": "returned"}
MAX_BYTES = 20 * 2**20
# A name or bank that begins with "=" is typed by people; the treasury's computer must not run it.
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_UNPACKED = 300 * 2**20
MOST_ERRORS = 1_000
AHEAD = timedelta(days=31)  # the treasury's calendar may run before ours, but not by a year


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def request_file(request: PaymentRequest, lines: Sequence[PaymentLine], written_at: datetime) -> bytes:
    """The request as .xlsx: the same request always gives the same bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **ONLY_TEXT})
    book.set_properties({"title": f"支付申请 {request.number}", "created": written_at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet("支付申请")
    sheet.set_column(0, 6, 22)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, OUT_HEAD, head)
    for row, line in enumerate(lines, start=1):
        account_no = crypto.decrypt("bank_account", bytes(line.account_no_enc))
        sheet.write_row(row, 0, [request.number, line.line_no, line.payee, line.bank])
        sheet.write_string(row, 4, account_no)
        sheet.write_number(row, 5, float(Decimal(line.amount_fen) / 100), money)
        sheet.write_string(row, 6, line.case_ref)
    sheet.write_row(len(lines) + 2, 3, ["合计", len(lines)])
    sheet.write_number(len(lines) + 2, 5, float(Decimal(request.total_fen) / 100), money)
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the treasury's file that can be taken."""

    line: PaymentLine
    outcome: str
    receipt_no: str
    reason: str
    on: date


@dataclass(slots=True)
class Reading:
    answers: list[Answer] = field(default_factory=list)
    errors: list[list[Any]] = field(default_factory=list)
    repeated: int = 0
    unlisted: int = 0

    def refuse(self, cells: list[Any]) -> None:
        """Say what is wrong with a row; of a file that is wrong throughout only the beginning is listed."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(cells)
        else:
            self.unlisted += 1


class _RowError(Exception):
    def __init__(self, column: str, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.cells = [column, wrong, right]


def read_results(name: str, content: bytes, request: PaymentRequest) -> Reading:
    """Read a result file (.xlsx or .csv). Raises Refused when it is no such file or lacks a column."""
    reading, seen = Reading(), set[int]()
    lines = {x.line_no: x for x in request.lines.select_related("result")}
    for number, row in _rows(name, content):
        try:
            answer = _answer(row, request, lines)
        except _RowError as error:
            reading.refuse([number, *error.cells])
            continue
        done = getattr(answer.line, "result", None)
        if done is not None and (done.outcome, done.receipt_no) == (answer.outcome, answer.receipt_no):
            reading.repeated += 1
        elif done is not None or answer.line.line_no in seen:
            wrong = f"行号{answer.line.line_no}已经有结果" if done else f"行号{answer.line.line_no}在文件里出现了两次"
            reading.refuse([number, "行号", wrong, "每行只能有一个结果，请核对后只传未回的行"])
        else:
            seen.add(answer.line.line_no)
            reading.answers.append(answer)
    if reading.unlisted:
        reading.errors.append(["", "", f"还有{reading.unlisted}处错误没有列出", "请先改好上面这些，再传一次"])
    return reading


def _answer(row: dict[str, Any], request: PaymentRequest, lines: dict[int, PaymentLine]) -> Answer:
    if _text(row["支付申请编号"]) != request.number:
        raise _RowError("支付申请编号", f"不是本申请：{_text(row['支付申请编号'])}", f"应为{request.number}")
    line = lines.get(_whole(row["行号"]))
    if line is None:
        raise _RowError("行号", f"申请里没有第{_text(row['行号'])}行", f"应为1至{request.line_count}之间")
    if _fen(row["金额（元）"]) != line.amount_fen:
        raise _RowError(
            "金额（元）", f"与申请金额不一致：{_text(row['金额（元）'])}", f"应为{line.amount_fen / 100:.2f}"
        )
    outcome = OUTCOMES.get(_text(row["结果"]))
    if outcome is None:
        raise _RowError("结果", f"不认识的结果：{_text(row['结果']) or '空白'}", "应为“成功”或“退票”")
    receipt, reason = _text(row.get("回单号")), _text(row.get("退票原因"))
    if outcome == "paid" and not receipt:
        raise _RowError("回单号", "成功的行没有回单号", "请填写银行回单号")
    if outcome == "returned" and not reason:
        raise _RowError("退票原因", "退票的行没有原因", "请填写退票原因")
    if len(receipt) > LONGEST_RECEIPT:
        raise _RowError("回单号", f"太长：{receipt[:20]}…", f"最多{LONGEST_RECEIPT}个字")
    return Answer(line, outcome, receipt, reason[:200], _plausible(_day(row["日期"]), request))


def _plausible(day: date, request: PaymentRequest) -> date:
    asked, latest = timezone.localtime(request.requested_at).date(), calendar.today() + AHEAD
    if not asked <= day <= latest:
        raise _RowError("日期", f"不可能是{day}", f"应在申请拨付的{asked}以后、{latest}以前")
    return day


def _rows(name: str, content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    table = _table(name, content)
    head = [_text(x) for x in table[0]] if table else []
    missing = [x for x in RESULT_HEAD[:7] if x not in head and x != "收款人"]
    if missing:
        raise Refused(
            f"文件第1行缺少这些列：{'、'.join(missing)}。请用财政系统导出的结果文件，或下载结果模板。", "columns"
        )
    for number, cells in enumerate(table[1:], start=2):
        row = dict(zip(head, cells, strict=False))
        # A closing line of sums says nothing about anybody; any other line does, even without its number.
        if any(_text(row.get(name)) for name in ("行号", "结果", "回单号")):
            yield number, {**dict.fromkeys(RESULT_HEAD, ""), **row}


def _table(name: str, content: bytes) -> list[list[Any]]:
    if not content:
        raise Refused("这个文件是空的（0字节）。请重新导出后上传。", "empty")
    if len(content) > MAX_BYTES:
        raise Refused("文件超过20MB。请分几份上传。", "too-large")
    if content.startswith(b"PK"):
        if unpacked_size(io.BytesIO(content)) > MOST_UNPACKED:
            raise Refused("文件解压后过大，不像结果文件，不予打开。请用财政系统重新导出。", "too-large")
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


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _whole(value: Any) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit()):
        raise _RowError("行号", f"不是整数：{text[:20] or '空白'}", "应为申请文件里的行号")
    return int(text)


def _fen(value: Any) -> int:
    try:
        amount = Decimal(_text(value).replace(",", "")) * 100
    except ArithmeticError as error:
        raise _RowError("金额（元）", f"不是金额：{_text(value)[:20]}", "应为数字，如5000.00") from error
    if not amount.is_finite() or abs(amount) > MOST_FEN:
        raise _RowError("金额（元）", f"不是金额：{_text(value)[:20]}", "应为数字，如5000.00")
    if amount != amount.to_integral_value():
        raise _RowError("金额（元）", f"多于两位小数：{_text(value)}", "应精确到分")
    return int(amount)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(_text(value), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise _RowError("日期", f"不是日期：{_text(value) or '空白'}", "应为2026-06-09这样的日期")
