"""The treasury's pages: what is asked for, what came of it, every transfer with its case."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.accounts.scope import scope_of
from guiyan.cases.queries import Case
from guiyan.desk.todos import gather
from guiyan.kernel.scope import entered
from guiyan.ledger.models import PaymentRequest, Transfer
from guiyan.ledger.tasks import write_payment_file
from tests.cases import people
from tests.ledger.test_payments import answer_file
from tests.ledger.test_payments import stands as a_request_of_three

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]


def stands(folder: Path) -> None:
    """A batch of three is asked for, and its file written."""
    a_request_of_three(folder)
    write_payment_file(PaymentRequest.objects.get().id)


@pytest.fixture
def asked(scoped_db: object) -> PaymentRequest:
    return PaymentRequest.objects.get()


def sheet_rows(answer: object) -> list[list[object]]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_request_names_its_batch_and_its_cases_and_hides_accounts(client_as: ClientAs, asked: PaymentRequest) -> None:
    text = client_as("sunli").get(f"/desk/payments/{asked.number}/").content.decode()
    numbers = Case.objects.values_list("number", flat=True)
    assert all(number in text for number in numbers) and "case:" not in text
    assert "第1批" in text and "尾号" in text and "等回执" in text


def test_the_list_holds_its_queries_and_is_searched_by_number(
    client_as: ClientAs, asked: PaymentRequest, max_queries: Limit
) -> None:
    officer = client_as("sunli")
    with max_queries(24):
        assert asked.number in officer.get(f"/desk/payments/?q={asked.number[:8]}&sort=-amount").content.decode()
    assert "没有这个编号" in officer.get("/desk/payments/?q=ZF9").content.decode()


def test_results_are_taken_and_a_wrong_file_keeps_the_page(client_as: ClientAs, asked: PaymentRequest) -> None:
    officer, address = client_as("sunli"), f"/desk/payments/{asked.number}/results/"
    assert "请选择财政的结果文件" in officer.post(address, {}).content.decode()
    wrong = officer.post(address, {"file": SimpleUploadedFile("结果.csv", b"\x00\x01\x02")})
    assert wrong.status_code == 422
    taken = officer.post(address, {"file": SimpleUploadedFile("结果.csv", answer_file(asked))})
    assert taken.status_code == 302
    assert "全部到账" in officer.get(f"/desk/payments/{asked.number}/").content.decode()


def test_the_lines_go_out_with_case_numbers_and_without_accounts(client_as: ClientAs, asked: PaymentRequest) -> None:
    rows = sheet_rows(client_as("sunli").get(f"/desk/payments/{asked.number}/lines/"))
    assert rows[1][5] == "办件编号" and len(rows) == 5
    assert [row[4] for row in rows[2:]] == [5000, 5000, 5000]
    assert all(len(str(row[3])) == 4 for row in rows[2:])


def test_the_ledger_shows_cases_by_number_and_goes_out_as_it_is_narrowed(
    client_as: ClientAs, asked: PaymentRequest
) -> None:
    officer = client_as("sunli")
    text = officer.get("/desk/ledger/?kind=request&sort=amount").content.decode()
    assert "case:" not in text and str(Case.objects.all()[0].number) in text and "共3笔" in text
    every, some = (sheet_rows(officer.get(f"/desk/ledger/sheet/{q}")) for q in ("", "?kind=request"))
    assert len(every) == Transfer.objects.count() + 2 and len(some) == 5
    assert {row[1] for row in some[2:]} == {"申请拨付"}


def test_budget_is_entered_once_and_a_refused_form_keeps_its_words(client_as: ClientAs, asked: PaymentRequest) -> None:
    officer = client_as("sunli")
    sent = {"programme": "startup-subsidy", "region": people.COUNTY, "amount": "1000", "source_doc": "示例文件1号"}
    wrong = officer.post("/desk/ledger/budget/", {**sent, "amount": "一千"})
    assert wrong.status_code == 422
    assert "金额要写成数字" in wrong.content.decode() and "示例文件1号" in wrong.content.decode()
    assert officer.post("/desk/ledger/budget/", sent).status_code == 302
    twice = officer.post("/desk/ledger/budget/", sent)
    assert twice.status_code == 409 and "示例文件1号" in twice.content.decode()


def test_money_pages_are_closed_to_others(client_as: ClientAs, asked: PaymentRequest) -> None:
    for name in ("zhoumin", "helin"):
        assert client_as(name).get("/desk/ledger/").status_code == 403
        assert client_as(name).get("/desk/ledger/sheet/").status_code == 403
    assert client_as("caoyun").get(f"/desk/payments/{asked.number}/lines/").status_code in (403, 404)
    assert client_as("sunli").get(f"/desk/payments/{asked.number}/errors/9/").status_code == 404


def test_the_auditor_reads_with_links_to_the_cases(client_as: ClientAs, asked: PaymentRequest) -> None:
    page = client_as("shenji").get("/desk/ledger/")
    assert page.status_code == 200
    assert f'href="/desk/cases/{Case.objects.order_by("id")[0].number}/"' in page.content.decode()
    assert "录入预算" not in page.content.decode()


def test_what_the_treasury_has_not_answered_is_in_its_work_by_the_day_of_the_money(
    asked: PaymentRequest, at: Callable[[str], object]
) -> None:
    due = Case.objects.get(pk=int(asked.lines.all()[0].case_ref.removeprefix("case:"))).due_on
    at("2026-06-26 09:00")
    treasury = people.as_actor("sunli")
    with entered(scope_of(treasury)):
        (row,) = [one for one in gather(treasury) if one.todo == "登记支付结果"]
    assert (row.href, row.due_on, row.light.state) == (f"/desk/payments/{asked.number}/", due, "late")
