"""The desk's pages over one case, as the people who handle it see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases.models import CaseCheck
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_acceptor_sees_the_request_and_what_follows_from_accepting(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    desk = client_as("zhoumin")
    assert "刘春燕" in text_of(desk, "/desk/")
    assert case.number in text_of(desk, "/desk/cases/")
    page = text_of(desk, f"/desk/cases/{case.number}/")
    assert "同意以后" in page and "没有比对到" in page
    for path in ("print", "code", "step/request_supplement", "step/accept", "step/refuse_acceptance"):
        text_of(desk, f"/desk/cases/{case.number}/{path}/")


def test_the_other_areas_open(scoped_db: object, client_as: SignIn) -> None:
    case = people.checked(people.a_returnee())
    reviewer, batcher = client_as("zhengwei"), client_as("huanglei")
    page = text_of(reviewer, f"/desk/cases/{case.number}/")
    assert "不予发放" in page and "占用后本县预算还余" in page
    check = CaseCheck.objects.get(case=case, check_id="registration")
    text_of(client_as("marketchecker"), "/desk/checks/?view=answered")
    text_of(client_as("marketchecker"), f"/desk/checks/{check.pk}/")
    text_of(client_as("marketchecker"), "/desk/")
    for path in ("suspend", "return_to_checks", "refuse"):
        text_of(reviewer, f"/desk/cases/{case.number}/step/{path}/")
    text_of(batcher, "/desk/batches/")
    text_of(batcher, "/desk/batches/prepare/")
    text_of(reviewer, "/desk/flows/startup-subsidy/")
    text_of(client_as("lihuifang"), "/desk/mandates/")
    text_of(client_as("lihuifang"), "/desk/mandates/new/?q=刘")
    text_of(client_as("chenjing"), "/desk/cases/new/?entry=counter&q=刘")


def test_a_batch_is_shown_and_printed(scoped_db: object, client_as: SignIn) -> None:
    batch = people.a_batch(people.approved(people.a_returnee()))
    page = text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/")
    assert "复核通过" in page and "5,000元" in page
    text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/print/")
    text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/step/recheck/")
