"""Every list costs as many queries with three rows as with one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import User
from guiyan.cases.models import Batch
from guiyan.kernel.scope import Scope, entered
from guiyan.notices.models import Notice
from guiyan.plans.models import Task
from tests.access.county import County
from tests.fixtures import TestDatabase
from tests.prepared import prepared_database

pytestmark = pytest.mark.commits

# (who, address): every page that lists what grows.
LISTS = [
    ("zhoumin", "/desk/"),
    ("zhengwei", "/desk/"),
    ("huanglei", "/desk/"),
    ("xurong", "/desk/"),
    ("chenjing", "/desk/"),
    ("marketchecker", "/desk/"),
    ("lihuifang", "/desk/"),
    ("zhoumin", "/desk/cases/"),
    ("zhengwei", "/desk/mentions/"),
    ("zhoumin", "/desk/views/"),
    ("chenjing", "/desk/cases/new/?entry=counter&q=示例"),
    ("lihuifang", "/desk/cases/new/?entry=helper"),
    ("lihuifang", "/desk/mandates/"),
    ("zhoumin", "/desk/pairing/mentor/"),
    ("zhoumin", "/desk/pairing/mentor/preview/421224000000/"),
    ("zhoumin", "/desk/cases/?q=示例"),
    ("chenjing", "/desk/mandates/"),
    ("marketchecker", "/desk/checks/"),
    ("marketchecker", "/desk/checks/?view=answered"),
    ("huanglei", "/desk/batches/"),
    ("huanglei", "/desk/batches/prepare/"),
    ("zhengwei", "/desk/notices/"),
    ("zhengwei", "/desk/notices/?view=closed"),
    ("sunli", "/desk/payments/?view=all"),
    ("sunli", "/desk/ledger/"),
    ("hejun", "/desk/"),
    ("shiyu", "/desk/"),
    ("hejun", "/desk/loan-requests/"),
    ("huanglei", "/desk/loan-requests/?view=all"),
    ("hejun", "/desk/loan-reports/"),
    ("huanglei", "/desk/loans/"),
    ("huanglei", "/desk/loan-subsidies/"),
    ("helin", "/desk/outreach/"),
    ("helin", "/desk/outreach/1/"),
    ("helin", "/desk/outreach/1/funnel/"),
    ("helin", "/desk/outreach/1/people/?step=told"),
    ("helin", "/desk/whatif/"),
    ("helin", "/desk/whatif/1/"),
    ("helin", "/desk/rules/"),
    ("yemin", "/desk/rules/?state=proposed"),
    ("helin", "/desk/rules/measures/startup-subsidy/"),
    ("yemin", "/desk/"),
    ("zhoumin", "/desk/arrivals/"),
    ("lihuifang", "/desk/arrivals/?state=helping"),
    ("dengke", "/desk/arrivals/upload/"),
    ("helin", "/desk/documents/"),
    ("helin", "/desk/"),
    ("sunli", "/desk/"),
    ("duanyan", "/desk/"),
    ("helin", "/desk/findings/"),
    ("helin", "/desk/documents/learnt/"),
    ("helin", "/desk/documents/learnt/?kind=phrase"),
    ("helin", "/desk/registers/"),
    ("helin", "/desk/registers/person/"),
    ("zhoumin", "/desk/registers/listed/?level=out"),
    ("zhoumin", "/desk/registers/exports/"),
    ("zhengwei", "/desk/registers/exports/"),
    ("helin", "/desk/registers/firm/"),
    ("zhoumin", "/desk/registers/away/reconcile/?region=421224107000"),
    ("zhoumin", "/desk/registers/away/reconcile/people/"),
    ("zhoumin", "/desk/surveys/"),
    ("helin", "/desk/registers/returnee/"),
    ("helin", "/desk/registers/search/?q=示例"),
    ("helin", "/desk/links/"),
    ("helin", "/desk/links/?view=finding"),
    ("helin", "/desk/answers/"),
    ("helin", "/desk/lists/"),
    ("helin", "/desk/freshness/"),
    ("huanglei", "/desk/freshness/"),
    ("helin", "/desk/exchange/"),
    ("yunwei", "/desk/exchange/partners/"),
    ("helin", "/desk/registers/returnee/map/"),
    ("duanyan", "/desk/supervision/?view=all"),
    ("linzong", "/desk/cockpit/"),
    ("linzong", "/desk/reports/weekly/"),
    ("shenji", "/desk/audit/"),
    ("shenji", "/desk/audit/looks/"),
    ("zhoumin", "/desk/data/?view="),
    ("zhengwei", "/desk/data/blocked/"),
    ("yunwei", "/desk/jobs/"),
    ("yunwei", "/desk/clock/"),
    ("", "/"),
    ("", "/notices/"),
    ("", "/results/"),
]


@pytest.fixture(scope="module")
def county(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("county")
    with prepared_database(test_database, folder / "home", django_db_blocker):
        county = County(folder)
        county.begin()
        yield county


def signed_in(username: str) -> Client:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


@cache
def visitor(username: str, address: str) -> Client:
    """Somebody who has been on the page before: her session and what is remembered are warm."""
    client = signed_in(username)
    client.get(address)
    return client


def cost(username: str, address: str) -> tuple[int, int, list[str]]:
    """Queries and rows of the page, asked for again."""
    client = visitor(username, address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, (username, address, answer.status_code)
    text = answer.content.decode()
    return len(captured), text.count("<tr") + text.count("<li"), [query["sql"] for query in captured.captured_queries]


def test_every_list_costs_the_same_with_one_row_and_with_three(county: County) -> None:
    county.grow()
    at_once = {page: cost(*page) for page in LISTS}
    county.wait()  # late by now: whoever is told of that has a row, and the notice is over
    late = {page: cost(*page) for page in LISTS}
    with_one = {page: max(at_once[page], late[page]) for page in LISTS}
    county.grow()
    county.grow()
    wrong = []
    for page in LISTS:
        queries, _, before = with_one[page]
        more, _, after = cost(*page)
        if more > queries:
            wrong.append(f"{page}: {queries} queries with one, {more} with three\n{repeated(before, after)}")
    assert not wrong, "\n".join(wrong)


def repeated(before: list[str], after: list[str]) -> str:
    """The statements that came more often than before."""

    def heads(statements: list[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for statement in statements:
            head = statement[:160]
            found[head] = found.get(head, 0) + 1
        return found

    old = heads(before)
    return "\n".join(f"  {n}x {head}" for head, n in heads(after).items() if n > old.get(head, 0))


def test_a_batch_and_a_notice_cost_the_same_with_one_line_and_with_three(county: County) -> None:
    if not county.rounds:
        county.grow()
    county.larger()
    with entered(Scope.system()):
        batches = {batch.line_count: batch.number for batch in Batch.objects.filter(state="open")}
        notices = {notice.row_count: notice.number for notice in Notice.objects.filter(closed_at=None)}
    for who, page, numbers in (
        ("huanglei", "/desk/batches/{}/", batches),
        ("huanglei", "/desk/batches/{}/print/", batches),
        ("zhengwei", "/desk/notices/{}/", notices),
        ("", "/notices/{}/", notices),
    ):
        assert set(numbers) == {1, 3}
        one, three = cost(who, page.format(numbers[1])), cost(who, page.format(numbers[3]))
        assert three[0] <= one[0], (page, one[0], three[0], repeated(one[2], three[2]))
        assert three[1] > one[1], page


def test_tasks_cost_the_same_for_one_and_for_all(county: County) -> None:
    with entered(Scope.system()):
        title = Task.objects.order_by("pk")[0].title
    one, many = cost("helin", f"/desk/tasks/?q={title}"), cost("helin", "/desk/tasks/?v=0")
    assert many[0] <= one[0], repeated(one[2], many[2])
    assert many[1] > one[1]
