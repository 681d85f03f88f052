"""The list of findings: both clauses, what to do, filters in the address, Excel, and 视为无碍 with its reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.kernel.actors import Actor
from guiyan.plans.findings import Finding
from guiyan.plans.models import Document, FindingDismissal
from guiyan.plans.queries.findings import findings_on
from tests.plans.conflicting import two_plans
from tests.plans.test_findings import DAY

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
PAGE = "/desk/findings/"


@pytest.fixture
def plans(scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]) -> tuple[Document, Document]:
    at("2026-06-01 09:00")
    return two_plans(actor("helin"))


def differ() -> Finding:
    return next(x for x in findings_on(DAY) if x.kind == "differ")


def page(client: Client, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_stands_with_both_clauses_and_what_to_do(client_as: ClientAs, plans: tuple[Document, Document]) -> None:
    text = page(client_as("helin"))
    for words in (
        "两份文件数字不同",
        "每年不少于100家",
        "每年不少于120家",
        "示例市营商环境工作方案",
        "怎么办",
        "视为无碍",
    ):
        assert words in text


def test_it_is_narrowed_by_kind_document_and_unit(client_as: ClientAs, plans: tuple[Document, Document]) -> None:
    officer = client_as("helin")
    rows = {query: page(officer, query).count("<li data-row>") for query in ("", "?kind=leads", "?kind=differ")}
    assert rows == {"": 5, "?kind=leads": 2, "?kind=differ": 1}
    assert page(officer, f"?document={plans[1].id}").count("<li data-row>") == 3
    assert page(officer, "?unit=4212-agriculture").count("<li data-row>") == 1
    assert page(officer, "?kind=nonsense&document=x&unit=").count("<li data-row>") == 5
    assert "没有符合条件的问题" in page(officer, "?kind=split")


def test_a_leader_reads_it_and_dismisses_nothing(client_as: ClientAs, plans: tuple[Document, Document]) -> None:
    found = differ()
    leader = client_as("linzong")
    assert "finding-dismiss" not in page(leader)
    answer = leader.post(f"{PAGE}dismiss/", {"key": found.key, "mark": found.mark, "reason": "无碍"})
    assert answer.status_code == 403
    assert client_as("zhoumin").get(PAGE).status_code == 403


def test_what_is_dismissed_moves_to_the_other_tab_and_the_filters_stay(
    client_as: ClientAs, plans: tuple[Document, Document]
) -> None:
    officer, found = client_as("helin"), differ()
    sent = {"key": found.key, "mark": found.mark, "reason": "", "query": "kind=differ"}
    wrong = officer.post(f"{PAGE}dismiss/", sent)
    assert wrong.status_code == 422 and "请写明为什么无碍" in wrong.content.decode()
    answer = officer.post(f"{PAGE}dismiss/", {**sent, "reason": "一个含个体户"})
    assert answer.headers["Location"] == f"{PAGE}?kind=differ"
    assert "一个含个体户" in page(officer, "?view=dismissed")
    assert page(officer).count("<li data-row>") == 4
    stale = officer.post(f"{PAGE}dismiss/", {**sent, "mark": "other", "reason": "无碍"})
    assert stale.status_code == 409
    assert FindingDismissal.objects.count() == 1


def test_it_goes_out_as_excel_with_the_same_filters(client_as: ClientAs, plans: tuple[Document, Document]) -> None:
    answer = client_as("helin").get(f"{PAGE}sheet/?kind=differ")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    _, head, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    (row,) = [dict(zip(head, values, strict=True)) for values in rows]
    assert row["问题"] == "两份文件数字不同"
    assert "每年不少于100家" in str(row["现在写的"]) and "每年不少于120家" in str(row["现在写的"])


def test_the_page_asks_a_fixed_number_of_queries(
    client_as: ClientAs, plans: tuple[Document, Document], max_queries: Limit
) -> None:
    officer = client_as("helin")
    page(officer)
    with max_queries(32):
        page(officer)
