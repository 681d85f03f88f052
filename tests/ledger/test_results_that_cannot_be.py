"""What the treasury says and cannot be: somebody else paid, one receipt for two, paid and returned at once."""

from __future__ import annotations

import pytest

from guiyan.ledger import checks, sheets
from guiyan.ledger.models import LineResult, PaymentRequest, Transfer
from guiyan.registers.importing.faults import inert
from tests.ledger.test_payments import RETURNED, answer_file, pots, request_of_three, stands, take

__all__ = ["request_of_three", "stands"]


def faults(request: PaymentRequest, changes: dict[int, dict[str, object]], only: int = 3) -> list[tuple[int, str]]:
    return [(row, column) for row, column, *_ in take(request, answer_file(request, changes, only)).errors]


def test_a_payment_to_somebody_else_is_not_posted(request_of_three: PaymentRequest) -> None:
    taken = take(request_of_three, answer_file(request_of_three, {2: {"收款人": "别的人"}, 3: {"收款人": " 示例 丙"}}))
    ((row, column, wrong, right),) = taken.errors
    assert (row, column, taken.paid) == (3, "收款人", 2)
    assert "别的人" in wrong and "应为示例乙" in right
    assert pots()["paid"] == 10_000


@pytest.mark.parametrize(
    ("told", "payee", "same"),
    [
        ("", "示例乙", True),
        (" 示例　乙 ", "示例乙", True),
        ("示例（乙）", "示例(乙)", True),
        (inert("=示例"), "=示例", True),
        ("示例丙", "示例乙", False),
        ("示例", "示例乙", False),
    ],
)
def test_a_payee_is_the_same_in_any_width_and_as_our_own_template_writes_it(told: str, payee: str, same: bool) -> None:
    assert sheets.is_payee(told, payee) is same


def test_a_receipt_for_two_lines_pays_neither(request_of_three: PaymentRequest) -> None:
    assert faults(request_of_three, {2: {"回单号": "ＨＤ 1"}}) == [(2, "回单号"), (3, "回单号")]
    assert [one.line.line_no for one in LineResult.objects.all()] == [3]


def test_a_receipt_of_an_earlier_file_or_request_pays_nobody_else(request_of_three: PaymentRequest) -> None:
    take(request_of_three, answer_file(request_of_three, only=1))
    assert faults(request_of_three, {2: {"回单号": "HD1"}}) == [(3, "回单号")]
    elsewhere = LineResult.objects.get(receipt_no="HD3")
    assert elsewhere.line.line_no == 3
    assert faults(request_of_three, {2: {"回单号": "HD3"}}) == [(3, "回单号")]
    assert list(LineResult.objects.filter(line__line_no=2)) == []
    assert pots()["paid"] == 10_000


def test_a_line_both_paid_and_returned_is_neither(request_of_three: PaymentRequest) -> None:
    content = answer_file(request_of_three) + answer_file(request_of_three, {1: RETURNED}, only=1).split(b"\r\n", 1)[1]
    taken = take(request_of_three, content)
    assert [(row, column) for row, column, *_ in taken.errors] == [(2, "结果"), (5, "结果")]
    assert (taken.paid, taken.returned, taken.pending) == (2, 0, 1)


def test_the_check_finds_one_receipt_on_two_payments(request_of_three: PaymentRequest) -> None:
    take(request_of_three, answer_file(request_of_three, only=1))
    line = request_of_three.lines.get(line_no=2)
    first = LineResult.objects.get()
    LineResult.objects.create(
        line=line,
        source=first.source,
        outcome="paid",
        receipt_no="HD1",
        on=first.on,
        region=line.region,
        subject_id=line.subject_id,
    )
    assert "ledger.receipt-twice" in [one.code for one in checks.findings()]


ENDLESS = [
    ("行号", "9" * 5000),
    ("行号", "x" * 5000),
    ("金额（元）", "9" * 5000),
    ("金额（元）", "5e3"),
    ("金额（元）", "5000." + "0" * 4000 + "1"),
    ("日期", "2" * 5000),
    ("结果", "成" * 5000),
    ("支付申请编号", "Z" * 5000),
    ("收款人", "某" * 5000),
    ("回单号", "H" * 5000),
]


def test_a_cell_without_measure_is_an_error_of_its_row_said_in_short(request_of_three: PaymentRequest) -> None:
    for column, value in ENDLESS:
        taken = take(request_of_three, answer_file(request_of_three, {1: {column: value}}, only=1))
        ((row, where, wrong, _),) = taken.errors
        assert (row, where, taken.paid) == (2, column, 0), (column, value[:9])
        assert len(wrong) < 50


def test_a_reason_of_the_bank_is_kept_and_shown_without_its_account_number(request_of_three: PaymentRequest) -> None:
    returned = {**RETURNED, "退票原因": "账号6200000000000381与户名不符，电话13800000000"}
    take(request_of_three, answer_file(request_of_three, {1: returned}, only=1))
    masked = "账号************0381与户名不符，电话138****0000"
    assert LineResult.objects.get().reason == masked
    assert Transfer.objects.get(kind="returned").basis == masked
