"""The two spreadsheets between us and the treasury: the request that goes out, the answers that come back."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone

from guiyan.kernel import calendar, crypto
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.tables import cell_day, table
from guiyan.kernel.tables import cell_said as _said
from guiyan.kernel.tables import cell_text as _text
from guiyan.kernel.texts import masked_numbers, plain_amount
from guiyan.ledger.models import LineResult, PaymentLine, PaymentRequest
from guiyan.registers.importing.faults import inert

OUT_HEAD = ["支付申请编号", "行号", "收款人", "开户行", "账号", "金额（元）", "办件编号"]
RESULT_HEAD = ["支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因"]
LONGEST_RECEIPT = 60
LONGEST_LINE_NO = 9
MOST_FEN = 10**17
ONE_ANSWER = "每行只能有一个结果，请核对后只传未回的行"
ONE_RECEIPT = "一个回单号只能用于一笔，请按银行回单核对后重传"
OUTCOMES = {"成功": "paid", "已拨付": "paid", "退票": "returned", "失败": "returned"}
# A name or bank that begins with "=" is typed by people; the treasury's computer must not run it.
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
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


Told = tuple[int, Answer]  # the row it stands in


class _RowError(Exception):
    def __init__(self, column: str, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.cells = [column, wrong, right]


def read_results(name: str, content: bytes, request: PaymentRequest) -> Reading:
    """Read a result file (.xlsx or .csv). Raises Refused when it is no such file or lacks a column.

    Rows that cannot all be true are none of them taken: one line both paid and returned, one receipt for two lines.
    """
    reading, told = Reading(), list[Told]()
    lines = {x.line_no: x for x in request.lines.select_related("result")}
    for number, row in _rows(name, content):
        try:
            told.append((number, _answer(row, request, lines)))
        except _RowError as error:
            reading.refuse([number, *error.cells])
    _sift(reading, told)
    reading.errors.sort(key=lambda cells: int(cells[0]))
    if reading.unlisted:
        reading.errors.append(["", "", f"还有{reading.unlisted}处错误没有列出", "请先改好上面这些，再传一次"])
    return reading


def _sift(reading: Reading, told: list[Told]) -> None:
    """Of the rows that can be read, those that agree with each other and with what was posted before."""
    contrary, shared = _contrary_lines(told), _shared_receipts(told)
    posted, seen = _posted_receipts(told), set[int]()
    for number, answer in told:
        line, done = answer.line.line_no, getattr(answer.line, "result", None)
        receipt = answer.receipt_no if answer.outcome == "paid" else ""
        if done is not None and (done.outcome, _compact(done.receipt_no)) == (answer.outcome, answer.receipt_no):
            reading.repeated += 1
        elif done is not None:
            reading.refuse([number, "行号", f"行号{line}已经有结果", ONE_ANSWER])
        elif line in contrary:
            reading.refuse([number, "结果", f"行号{line}在文件里又是成功又是退票，都没有记", ONE_ANSWER])
        elif line in seen:
            reading.refuse([number, "行号", f"行号{line}在文件里出现了两次", ONE_ANSWER])
        elif receipt in shared:
            wrong = f"回单号{_said(receipt)}在文件里用于几笔，都没有记"
            reading.refuse([number, "回单号", wrong, ONE_RECEIPT])
        elif receipt in posted:
            wrong = f"回单号{_said(receipt)}已经用于另一笔"
            reading.refuse([number, "回单号", wrong, ONE_RECEIPT])
        else:
            seen.add(line)
            reading.answers.append(answer)


def _contrary_lines(told: list[Told]) -> set[int]:
    """Lines of which the file says both: nobody can know which is true."""
    outcomes = defaultdict[int, set[str]](set)
    for _, answer in told:
        outcomes[answer.line.line_no].add(answer.outcome)
    return {line for line, said in outcomes.items() if len(said) > 1}


def _shared_receipts(told: list[Told]) -> set[str]:
    """Receipts that the file gives to more than one line."""
    lines = defaultdict[str, set[int]](set)
    for _, answer in told:
        if answer.outcome == "paid":
            lines[answer.receipt_no].add(answer.line.line_no)
    return {receipt for receipt, paid in lines.items() if len(paid) > 1}


def _posted_receipts(told: list[Told]) -> set[str]:
    """Receipts that were taken for a payment before, of whatever request and county."""
    receipts = [answer.receipt_no for _, answer in told if answer.outcome == "paid"]
    with entered(Scope.system()):
        rows = LineResult.objects.filter(outcome="paid", receipt_no__in=receipts)
        return set(rows.values_list("receipt_no", flat=True))


def _answer(row: dict[str, Any], request: PaymentRequest, lines: dict[int, PaymentLine]) -> Answer:
    if _text(row["支付申请编号"]) != request.number:
        wrong = f"不是本申请：{_said(row['支付申请编号'])}"
        raise _RowError("支付申请编号", wrong, f"应为{request.number}")
    line = lines.get(_whole(row["行号"]))
    if line is None:
        wrong = f"申请里没有第{_said(row['行号'])}行"
        raise _RowError("行号", wrong, f"应为1至{request.line_count}之间")
    if not is_payee(_text(row.get("收款人")), line.payee):
        wrong = f"与申请的收款人不同：{_said(row['收款人'])}"
        raise _RowError("收款人", wrong, f"应为{line.payee}；钱到了别人账上的，请与财政核对后再导入")
    if _fen(row["金额（元）"]) != line.amount_fen:
        wrong = f"与申请金额不一致：{_said(row['金额（元）'])}"
        raise _RowError("金额（元）", wrong, f"应为{line.amount_fen / 100:.2f}")
    outcome = OUTCOMES.get(_text(row["结果"]))
    if outcome is None:
        wrong = f"不认识的结果：{_said(row['结果'])}"
        raise _RowError("结果", wrong, "应为“成功”或“退票”")
    receipt, reason = _compact(_text(row.get("回单号"))), _text(row.get("退票原因"))
    if outcome == "paid" and not receipt:
        raise _RowError("回单号", "成功的行没有回单号", "请填写银行回单号")
    if outcome == "returned" and not reason:
        raise _RowError("退票原因", "退票的行没有原因", "请填写退票原因")
    if len(receipt) > LONGEST_RECEIPT:
        raise _RowError("回单号", f"太长：{_said(receipt)}", f"最多{LONGEST_RECEIPT}个字")
    # The reason goes on to the case and its applicant: a bank's words with an account in full go no further than here.
    return Answer(line, outcome, receipt, masked_numbers(reason)[:200], _plausible(_day(row["日期"]), request))


def is_payee(told: str, payee: str) -> bool:
    """A treasury that leaves the name out says nothing of it; our own template writes a name as `inert` does."""
    return not told or _compact(told) in (_compact(payee), _compact(inert(payee)))


def _compact(text: str) -> str:
    """Without blanks and in one width, as names and receipts are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _plausible(day: date, request: PaymentRequest) -> date:
    asked, latest = timezone.localtime(request.requested_at).date(), calendar.today() + AHEAD
    if not asked <= day <= latest:
        raise _RowError("日期", f"不可能是{day}", f"应在申请拨付的{asked}以后、{latest}以前")
    return day


def _rows(name: str, content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    cells = table(name, content, "结果文件")
    head = [_text(x) for x in cells[0]] if cells else []
    missing = [x for x in RESULT_HEAD[:7] if x not in head and x != "收款人"]
    if missing:
        raise Refused(
            f"文件第1行缺少这些列：{'、'.join(missing)}。请用财政系统导出的结果文件，或下载结果模板。", "columns"
        )
    for number, line in enumerate(cells[1:], start=2):
        row = dict(zip(head, line, strict=False))
        # A closing line of sums says nothing about anybody; any other line does, even without its number.
        if any(_text(row.get(name)) for name in ("行号", "结果", "回单号")):
            yield number, {**dict.fromkeys(RESULT_HEAD, ""), **row}


def _whole(value: Any) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit()):
        raise _RowError("行号", f"不是整数：{_said(text)}", "应为申请文件里的行号")
    if len(text) > LONGEST_LINE_NO:
        raise _RowError("行号", f"太大：{_said(text)}", "应为申请文件里的行号")
    return int(text)


def _fen(value: Any) -> int:
    amount = plain_amount(_text(value))
    if amount is None or amount > MOST_FEN:
        raise _RowError("金额（元）", f"不是金额：{_said(value)}", "应为数字，如5000.00")
    if amount != round(amount, 2):
        raise _RowError("金额（元）", f"多于两位小数：{_said(value)}", "应精确到分")
    return int(amount * 100)


def _day(value: Any) -> date:
    day = cell_day(value)
    if day is not None:
        return day
    raise _RowError("日期", f"不是日期：{_said(value)}", "应为2026-06-09这样的日期")
