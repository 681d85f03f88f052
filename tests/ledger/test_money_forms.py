"""Amounts are typed in digits: nothing else is money, and nothing is answered in words that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.kernel.actors import SYSTEM
from guiyan.ledger import actions, queries
from guiyan.ledger.models import LineResult, PaymentRequest, Transfer
from tests.cases import people
from tests.ledger import test_payments as payments
from tests.ledger.test_payments import answer_file, take

ClientAs = Callable[[str], Client]
SENT = {"programme": "startup-subsidy", "region": people.COUNTY, "source_doc": "示例文件2号"}


@pytest.fixture
def request_of_three(scoped_db: object, tmp_path: Path) -> PaymentRequest:
    payments.stands(tmp_path)
    return PaymentRequest.objects.get()


def budget() -> int:
    return queries.balance("startup-subsidy", people.COUNTY, "budget")


@pytest.mark.parametrize("amount", ["1e5", "1E2", "+100", "-100", "1,00", "0x10", "1_000", "９ｅ９", "一千"])
def test_an_amount_that_is_not_written_in_digits_is_not_booked(
    scoped_db: object, client_as: ClientAs, amount: str
) -> None:
    page = client_as("sunli").post("/desk/ledger/budget/", {**SENT, "amount": amount})
    assert page.status_code == 422 and "金额要写成数字" in page.content.decode()
    assert budget() == 0


@pytest.mark.parametrize(("amount", "fen"), [("1,234.5", 123450), ("１０００", 100000), (" 5000.05 ", 500005)])
def test_thousands_and_full_width_digits_are_booked_as_they_read(
    scoped_db: object, client_as: ClientAs, amount: str, fen: int
) -> None:
    assert client_as("sunli").post("/desk/ledger/budget/", {**SENT, "amount": amount}).status_code == 302
    assert budget() == fen


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "1.005"}, "金额最多两位小数"),
        ({"amount": "9" * 5000}, "金额太大"),
        ({"source_doc": "文" * 101}, "最多100字，现在101字"),
        ({"programme": "zz"}, "请在列出的里面选一个"),
        ({"region": "zz"}, "请在列出的里面选一个"),
    ],
)
def test_a_wrong_budget_is_answered_in_our_words(
    scoped_db: object, client_as: ClientAs, wrong: dict[str, str], words: str
) -> None:
    page = client_as("sunli").post("/desk/ledger/budget/", {**SENT, "amount": "1000", **wrong})
    text = page.content.decode()
    assert page.status_code == 422 and words in text and "确保" not in text and "有效的选项" not in text


def test_money_that_came_back_is_typed_in_digits(request_of_three: PaymentRequest, client_as: ClientAs) -> None:
    take(request_of_three, answer_file(request_of_three))
    line = request_of_three.lines.order_by("line_no")[0]
    recovery = actions.start_recovery(SYSTEM, case_ref=line.case_ref, amount_fen=5_000_00, reason="登记不实")
    officer, address = client_as("sunli"), f"/desk/ledger/recoveries/{recovery.pk}/"
    fields = {f"r{recovery.pk}-receipt": "JK1", f"r{recovery.pk}-amount": "1e3"}
    assert officer.post(address, fields).status_code == 422
    assert officer.post(address, {**fields, f"r{recovery.pk}-amount": "1,000.00"}).status_code == 302
    assert [one.amount_fen for one in recovery.receipts.all()] == [1_000_00]


def test_numbers_in_reasons_taken_earlier_are_masked_on_the_pages_of_money(
    request_of_three: PaymentRequest, client_as: ClientAs
) -> None:
    take(request_of_three, answer_file(request_of_three))
    line = request_of_three.lines.get(line_no=2)
    actions.start_recovery(SYSTEM, case_ref=line.case_ref, amount_fen=5_000_00, reason="本人电话13800000000")
    text = client_as("sunli").get("/desk/ledger/").content.decode()
    assert "13800000000" not in text and "138****0000" in text
    words = "账号6200000000000381有误"
    shown = [LineResult(reason=words).reason_shown, Transfer(kind="returned", basis=words).basis_shown]
    assert shown == ["账号************0381有误"] * 2
