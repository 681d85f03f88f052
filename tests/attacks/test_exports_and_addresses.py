"""What people type comes out again in spreadsheets and addresses: it must not run there, nor tell who it is about."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.test import Client

from guiyan.kernel import crypto
from guiyan.ledger import sheets
from guiyan.ledger.models import PaymentLine, PaymentRequest
from guiyan.registers.importing.faults import inert
from tests.cases import people

FORMULA = "=cmd|'/C calc'!A0"


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_is_text(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_an_empty_cell_stays_empty() -> None:
    assert inert("") == ""


def test_the_treasurys_file_runs_nothing_that_people_typed(scoped_db: object) -> None:
    request = cast(PaymentRequest, SimpleNamespace(number="ZF421224-2026-00001", total_fen=500_000))
    line = SimpleNamespace(
        line_no=1,
        payee=FORMULA,
        bank='=HYPERLINK("http://evil.example")',
        account_no_enc=crypto.encrypt("bank_account", "6200000000000381"),
        amount_fen=500_000,
        case_ref="case:1",
    )
    content = sheets.request_file(request, [cast(PaymentLine, line)], datetime(2026, 6, 8, tzinfo=UTC))
    with ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert not [name for name in book.namelist() if "sheet1.xml.rels" in name]


@pytest.mark.parametrize(
    "typed", ["421299199705120021", "42129919970512002X", "13800138000", "6217 0000 0000 0000 381"]
)
def test_a_personal_number_leaves_the_address(client_as: Callable[[str], Client], typed: str) -> None:
    client = client_as("zhoumin")
    answer = client.get("/desk/cases/", {"q": typed, "stage": "accept"})
    assert answer.status_code == 302
    address = unquote(answer["Location"])
    assert typed.replace(" ", "") not in address.replace(" ", "") and "stage=accept" in address
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert f'value="{typed}"' in page.content.decode()


def test_a_sealed_number_still_finds_its_owner(client_as: Callable[[str], Client]) -> None:
    person = people.a_returnee()
    number = people.id_number(people.BORN, "女", 1)
    page = client_as("zhoumin").get("/desk/registers/search/", {"q": number}, follow=True)
    assert person.name in page.content.decode()
    assert number not in "".join(str(step) for step, _ in page.redirect_chain)


@pytest.mark.parametrize("typed", ["XN421224-2026-000001", "刘春燕", "421224107206", "~", "~%%%", "~AAAA"])
def test_anything_else_stays_where_it_is(client_as: Callable[[str], Client], typed: str) -> None:
    assert client_as("zhoumin").get("/desk/cases/", {"q": typed}).status_code == 200
