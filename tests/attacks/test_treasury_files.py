"""Hostile and careless files from the treasury: each is answered in words, row by row, and nothing is half taken."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.cases.models import Case
from guiyan.kernel import jobs, tables
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions as ledger
from guiyan.ledger import checks
from guiyan.ledger.models import LineResult, PaymentRequest, ResultFile
from guiyan.ledger.payments import ResultSummary
from guiyan.registers.importing import sheet as register_sheet
from tests.cases import people

Clock = Callable[[str], object]
HEAD = ("支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因")


@pytest.fixture
def request_out(scoped_db: object, at: Clock, tmp_path: Path) -> PaymentRequest:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    batch = people.signed(people.approved(people.a_returnee()))
    jobs.run_pending()
    at("2026-06-16 09:00")
    jobs.run_pending()
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    return PaymentRequest.objects.get()


def take(request: PaymentRequest, *rows: tuple[object, ...], name: str = "结果.csv") -> ResultSummary:
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, *rows])
    content = target.getvalue().encode("utf-8-sig")
    return ledger.import_result(people.as_actor("sunli"), request=request, name=name, content=content)


def row(request: PaymentRequest, **other: object) -> tuple[object, ...]:
    cells = dict(zip(HEAD, (request.number, 1, "刘春燕", "5000.00", "成功", "HD1", "2026-06-17", ""), strict=True))
    return tuple({**cells, **other}.values())


WRONG_CELLS = [
    ("行号", "²"),
    ("行号", "99999999999999999999999999"),
    ("行号", "-1"),
    ("金额（元）", "Infinity"),
    ("金额（元）", "NaN"),
    ("金额（元）", "1e999999"),
    ("金额（元）", "-5000"),
    ("金额（元）", "5000.001"),
    ("日期", "2026-02-30"),
    ("日期", "2027-06-17"),
    ("日期", "0001-01-01"),
    ("结果", "成功\u202e"),
    ("回单号", ""),
    ("回单号", "H" * 100),
]


def test_a_wrong_cell_is_an_error_of_its_row(request_out: PaymentRequest) -> None:
    for column, value in WRONG_CELLS:
        summary = take(request_out, row(request_out, **{column: value}))
        found = (summary.paid, summary.pending, [one[:2] for one in summary.errors])
        assert found == (0, 1, [[2, column]]), (column, value)


def test_a_row_without_its_number_is_said_and_not_passed_over(request_out: PaymentRequest) -> None:
    summary = take(request_out, row(request_out, 行号=""))
    assert (summary.pending, [one[:2] for one in summary.errors]) == (1, [[2, "行号"]])
    total = ("", "", "", "5000.00", "", "", "", "")
    assert take(request_out, row(request_out), total).errors == []


def zipped(**inside: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in inside.items():
            archive.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()


def test_a_file_that_cannot_be_read_is_refused_in_words(request_out: PaymentRequest) -> None:
    head = (",".join(HEAD) + "\n").encode()
    endless = [head + b"x" * 200_000, head + b'"' + b"y" * 200_000, head + b"\xff\xfe\xfd"]
    no_books = [zipped(), zipped(**{"xl/workbook.xml": "<x/>"}), zipped(**{"[Content_Types].xml": "no", "a": "b"})]
    for name, contents in (("a.csv", endless), ("a.xlsx", no_books)):
        for content in contents:
            with pytest.raises(Refused, match="文件"):
                ledger.import_result(people.as_actor("sunli"), request=request_out, name=name, content=content)
    assert not ResultFile.objects.exists()


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_opened(
    request_out: PaymentRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(register_sheet, "LARGEST_UNPACKED", 1_000_000)
    bomb = zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": " " * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(Refused, match="解压后过大"):
        ledger.import_result(people.as_actor("sunli"), request=request_out, name="a.xlsx", content=bomb)
    file = tmp_path / "people.xlsx"
    file.write_bytes(bomb)
    with pytest.raises(Refused, match="解压后过大"):
        register_sheet.open_sheet(file)


def test_a_receipt_number_pays_one_line_only(request_out: PaymentRequest) -> None:
    assert take(request_out, row(request_out), row(request_out, 回单号="HD2")).errors[0][1] == "行号"
    assert LineResult.objects.count() == 1
    assert list(checks.findings()) == []


def test_a_file_of_very_many_wrong_rows_keeps_what_fits_and_says_what_does_not(
    request_out: PaymentRequest,
) -> None:
    wrong = [(request_out.number, 7, "某人", "1", "成功", "HD", "2026-06-17", "")] * 20_000
    summary = take(request_out, row(request_out), *wrong)
    assert (summary.paid, summary.pending) == (1, 0)
    assert 1_000 <= len(summary.errors) <= 1_001
    assert "还有" in str(summary.errors[-1])


def test_what_comes_back_in_part_is_asked_for_again_only_up_to_the_rest(request_out: PaymentRequest) -> None:
    take(request_out, row(request_out))
    jobs.run_pending()
    case = Case.objects.get()
    reviewer, treasury = people.as_actor("zhengwei"), people.as_actor("sunli")
    case = actions.start_recovery(reviewer, case=case, amount_fen=3_000_00, reason="享受标准有误。")
    ledger.record_recovery(treasury, case_ref=case.ref, amount_fen=1_000_00, receipt="RK-1")
    with pytest.raises(Refused, match=r"还应追回2,000\.00元"):
        ledger.record_recovery(treasury, case_ref=case.ref, amount_fen=2_000_01, receipt="RK-2")
    with pytest.raises(Refused, match="已经登记过"):
        ledger.record_recovery(treasury, case_ref=case.ref, amount_fen=1_000_00, receipt="RK-1")
    ledger.record_recovery(treasury, case_ref=case.ref, amount_fen=2_000_00, receipt="RK-2")
    with pytest.raises(Refused):
        actions.start_recovery(reviewer, case=Case.objects.get(), amount_fen=2_000_00, reason="再追回。")
    jobs.run_pending()
    assert list(checks.findings()) == []


def test_part_of_a_benefit_given_back_leaves_the_rest_taken(request_out: PaymentRequest) -> None:
    """Two thousand of five given back: the person still had the benefit once."""
    take(request_out, row(request_out))
    jobs.run_pending()
    case = Case.objects.get()
    actions.start_recovery(people.as_actor("zhengwei"), case=case, amount_fen=2_000_00, reason="享受标准有误。")
    ledger.record_recovery(people.as_actor("sunli"), case_ref=case.ref, amount_fen=2_000_00, receipt="RK-1")
    jobs.run_pending()
    with pytest.raises(Refused, match="只能享受一次"):
        ledger.claim_entitlement(
            SYSTEM,
            measure_id="startup-subsidy",
            subject_id=case.subject_id,
            case_ref="case:0",
            amount_fen=5_000_00,
            region=people.COUNTY,
            programme="startup-subsidy",
        )
