"""Lists as Excel: what the page's filters ask for, no names of persons, no formulas."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.cases.models import Case
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def rows_of(client: Client, path: str) -> list[list[object]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python()[2:]]


def test_the_cases_of_the_filters_and_no_others_without_names(client_as: SignIn) -> None:
    waiting, _ = people.submitted(people.a_returnee(1)), people.checked(people.a_returnee(2, name="张晓二"))
    found = rows_of(client_as("zhoumin"), "/desk/cases/sheet/?stage=accept")
    assert [row[0] for row in found] == [waiting.number]
    assert all("刘春燕" not in str(value) for row in found for value in row)
    assert len(rows_of(client_as("zhoumin"), "/desk/cases/sheet/")) == 2
    assert rows_of(client_as("caoyun"), "/desk/cases/sheet/") == []


def test_words_that_look_like_a_formula_stay_words(client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee(1))
    Case.objects.filter(pk=case.pk).update(title="=1+1")
    assert rows_of(client_as("zhoumin"), "/desk/cases/sheet/")[0][1] == "=1+1"


def test_batches_notices_and_payment_requests_come_as_excel(client_as: SignIn) -> None:
    batch = people.a_batch(people.approved(people.a_returnee(1)))
    assert [row[0] for row in rows_of(client_as("huanglei"), "/desk/batches/sheet/")] == [batch.number]
    assert rows_of(client_as("huanglei"), "/desk/batches/sheet/?state=signed") == []
    assert rows_of(client_as("zhengwei"), "/desk/notices/sheet/?view=all") == []
    assert rows_of(client_as("sunli"), "/desk/payments/sheet/?view=all") == []


def test_the_page_offers_its_sheet_with_the_same_filters(client_as: SignIn) -> None:
    page = client_as("zhoumin").get("/desk/cases/?stage=accept&after=99&v=3").content.decode()
    assert 'href="/desk/cases/sheet/?stage=accept"' in page and "data-print" in page
