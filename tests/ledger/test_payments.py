"""The treasury is asked once, and believed line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions as cases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions, checks, queries, sheets
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentRequest
from guiyan.ledger.payments import ResultSummary
from guiyan.ledger.tasks import write_payment_file
from tests.cases import people
from tests.prepared import clock_to

Clock = Callable[[str], object]
Rows = list[dict[str, object]]


def stands(folder: Path) -> None:
    """The treasury has been asked to pay a batch of three."""
    clock_to("2026-06-08 09:00")
    people.with_budget()
    people.with_list(folder)
    approved = [people.approved(people.a_returnee(n, name=f"示例{'甲乙丙'[n - 1]}")) for n in (1, 2, 3)]
    batch = people.signed(*approved)
    cases.mark_noticed(SYSTEM, batch=batch, notice_number="GS-1", until=batch.signed_on)  # type: ignore[arg-type]
    clock_to("2026-06-16 09:00")
    cases.clear_batch(SYSTEM, batch=batch)
    cases.request_batch_payment(people.as_actor("huanglei"), batch=batch)


@pytest.fixture
def request_of_three(scoped_db: object) -> PaymentRequest:
    return PaymentRequest.objects.get()


def answer_file(request: PaymentRequest, changes: dict[int, dict[str, object]] | None = None, only: int = 3) -> bytes:
    target = io.StringIO()
    sheet = csv.DictWriter(target, sheets.RESULT_HEAD)
    sheet.writeheader()
    for n in range(1, only + 1):
        row: dict[str, object] = {
            "支付申请编号": request.number,
            "行号": n,
            "收款人": "",
            "金额（元）": "5000.00",
            "结果": "成功",
            "回单号": f"HD{n}",
            "日期": "2026-06-17",
            "退票原因": "",
        }
        sheet.writerow({**row, **((changes or {}).get(n, {}))})
    return target.getvalue().encode("utf-8-sig")


def take(request: PaymentRequest, content: bytes) -> ResultSummary:
    return actions.import_result(people.as_actor("sunli"), request=request, name="r.csv", content=content)


def pots() -> dict[str, int]:
    return {pot.pot: pot.balance_fen // 100 for pot in queries.pots("startup-subsidy", people.COUNTY)}


RETURNED = {"结果": "退票", "回单号": "", "退票原因": "户名与账号不符"}


def test_the_request_holds_every_line_and_the_money_is_on_its_way(request_of_three: PaymentRequest) -> None:
    assert (request_of_three.line_count, request_of_three.total_fen) == (3, 15_000_00)
    assert pots() == {
        "granted": -100_000, "budget": 85_000, "committed": 0, "requested": 15_000, "paid": 0, "recovered": 0,
    }  # fmt: skip


def test_the_file_has_the_same_bytes_however_often_it_is_written(request_of_three: PaymentRequest) -> None:
    lines = list(request_of_three.lines.order_by("line_no"))
    moment = request_of_three.requested_at
    assert sheets.request_file(request_of_three, lines, moment) == sheets.request_file(request_of_three, lines, moment)
    write_payment_file(request_id=request_of_three.id)
    written = (outbox_folder() / f"{request_of_three.number}.xlsx").read_bytes()
    write_payment_file(request_id=request_of_three.id)
    assert sheets.sha256(written) == queries.request_by_number(SYSTEM, request_of_three.number).file.sha256


def test_success_arrives_and_a_returned_payment_gives_its_money_back(request_of_three: PaymentRequest) -> None:
    taken = take(request_of_three, answer_file(request_of_three, {2: RETURNED}))
    assert (taken.paid, taken.returned, taken.pending, taken.errors) == (2, 1, 0, [])
    assert (pots()["paid"], pots()["committed"], pots()["requested"]) == (10_000, 5_000, 0)


def test_a_partial_file_leaves_the_rest_waiting(request_of_three: PaymentRequest) -> None:
    taken = take(request_of_three, answer_file(request_of_three, only=1))
    assert (taken.paid, taken.pending) == (1, 2)


def test_the_same_file_twice_counts_once(request_of_three: PaymentRequest) -> None:
    content = answer_file(request_of_three)
    take(request_of_three, content)
    again = take(request_of_three, content)
    assert again.seen_before
    assert pots()["paid"] == 15_000


def test_a_line_told_again_in_another_file_counts_once_and_a_contradiction_is_an_error(
    request_of_three: PaymentRequest,
) -> None:
    take(request_of_three, answer_file(request_of_three, only=1))
    taken = take(request_of_three, answer_file(request_of_three))
    assert (taken.paid, taken.repeated, taken.errors) == (2, 1, [])
    contrary = take(request_of_three, answer_file(request_of_three, {1: RETURNED}, only=1))
    assert (contrary.returned, len(contrary.errors)) == (0, 1)
    assert pots()["paid"] == 15_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"行号": 9}, "没有第9行"),
        ({"金额（元）": "50000"}, "与申请金额不一致"),
        ({"结果": "处理中"}, "不认识的结果"),
        ({"支付申请编号": "ZF000000-2026-00001"}, "不是本申请"),
        ({"回单号": ""}, "没有回单号"),
        ({"日期": "下周"}, "不是日期"),
    ],
)
def test_a_wrong_line_is_named_with_its_row_and_the_good_ones_count(
    request_of_three: PaymentRequest, change: dict[str, object], words: str
) -> None:
    taken = take(request_of_three, answer_file(request_of_three, {2: change}))
    assert taken.paid == 2
    ((row, _, wrong, _),) = taken.errors
    assert row == 3
    assert words in wrong


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("r.csv", b"", "0字节"),
        ("r.xlsx", b"PK\x03\x04 broken", "打不开"),
        ("r.pdf", b"%PDF-1.4", "不是Excel"),
        ("r.csv", "甲,乙\n1,2\n".encode(), "缺少这些列"),
    ],
)
def test_what_is_no_result_file_is_refused_in_words(
    request_of_three: PaymentRequest, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        actions.import_result(people.as_actor("sunli"), request=request_of_three, name=name, content=content)


def test_asking_again_for_the_same_lines_gives_the_standing_request(request_of_three: PaymentRequest) -> None:
    lines = [
        actions.PayLine(x.case_ref, x.payee, x.bank, "6200000000000381", x.amount_fen, x.region, x.subject_id)
        for x in request_of_three.lines.all()
    ]
    assert actions.request_payment(SYSTEM, batch_ref=request_of_three.batch_ref, lines=lines) == request_of_three
    with pytest.raises(Refused, match="不能重复申请"):
        actions.request_payment(SYSTEM, batch_ref=request_of_three.batch_ref, lines=lines[:1])


def test_money_asked_back_comes_in_parts_and_ends_the_entitlement(request_of_three: PaymentRequest) -> None:
    take(request_of_three, answer_file(request_of_three))
    line = request_of_three.lines.order_by("line_no")[0]
    actions.start_recovery(people.as_actor("zhengwei"), case_ref=line.case_ref, amount_fen=5_000_00, reason="登记不实")
    sunli = people.as_actor("sunli")
    actions.record_recovery(sunli, case_ref=line.case_ref, amount_fen=2_000_00, receipt="JK1")
    with pytest.raises(Refused, match="已经登记过"):
        actions.record_recovery(sunli, case_ref=line.case_ref, amount_fen=1_000_00, receipt="JK1")
    actions.record_recovery(sunli, case_ref=line.case_ref, amount_fen=3_000_00, receipt="JK2")
    entitlement = queries.entitlement_for(line.case_ref)
    assert entitlement is not None
    assert entitlement.ending == "recovered"
    assert (pots()["paid"], pots()["recovered"]) == (10_000, 5_000)


def test_after_all_that_the_check_finds_nothing(request_of_three: PaymentRequest) -> None:
    write_payment_file(request_id=request_of_three.id)
    take(request_of_three, answer_file(request_of_three, {3: RETURNED}))
    assert list(checks.findings()) == []


def test_a_changed_payment_file_is_found(request_of_three: PaymentRequest) -> None:
    write_payment_file(request_id=request_of_three.id)
    path = outbox_folder() / f"{request_of_three.number}.xlsx"
    path.write_bytes(path.read_bytes() + b"x")
    assert [x.code for x in checks.findings()] == ["ledger.file-changed"]
