"""Lists: bounded queries at one row and at three, pages by keys, search by the beginning, filters from the address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.cases import queries
from guiyan.cases.queries import CaseFilters
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]
MaxQueries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def counted(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


@pytest.mark.parametrize("path", ["/desk/cases/", "/desk/", "/desk/cases/?sort=due&stage=accept"])
def test_a_list_asks_as_much_of_the_database_for_three_rows_as_for_one(
    path: str, scoped_db: object, client_as: SignIn
) -> None:
    desk = client_as("zhoumin")
    people.submitted(people.a_returnee(1))
    desk.get(path)
    one = counted(lambda: desk.get(path))
    for serial in (2, 3):
        people.submitted(people.a_returnee(serial, name=f"张晓{serial}"))
    assert counted(lambda: desk.get(path)) == one


def test_a_batch_asks_as_much_for_three_lines_as_for_one(scoped_db: object, client_as: SignIn) -> None:
    desk = client_as("huanglei")
    small = people.a_batch(people.approved(people.a_returnee(1)))
    big = people.a_batch(*(people.approved(people.a_returnee(serial, name=f"张晓{serial}")) for serial in (2, 3, 4)))
    desk.get("/desk/batches/")
    one = counted(lambda: desk.get(f"/desk/batches/{small.number}/"))
    assert counted(lambda: desk.get(f"/desk/batches/{big.number}/")) == one


def test_pages_follow_one_another_without_gaps(scoped_db: object) -> None:
    cases = [people.submitted(people.a_returnee(serial, name=f"张晓{serial}")) for serial in (1, 2, 3)]
    actor = people.as_actor("zhoumin")
    first = queries.cases_for(actor, CaseFilters(), size=2)
    assert [row.pk for row in first.rows] == [cases[2].pk, cases[1].pk]
    second = queries.cases_for(actor, CaseFilters(after=first.after), size=2)
    assert ([row.pk for row in second.rows], second.after) == ([cases[0].pk], "")
    back = queries.cases_for(actor, CaseFilters(before=second.before), size=2)
    assert [row.pk for row in back.rows] == [cases[2].pk, cases[1].pk]
    due = queries.cases_for(actor, CaseFilters(sort="due"), size=2)
    rest = queries.cases_for(actor, CaseFilters(sort="due", after=due.after), size=2)
    assert [row.pk for row in [*due.rows, *rest.rows]] == [case.pk for case in cases]


def test_a_case_is_found_by_the_beginning_of_number_name_and_firm(scoped_db: object) -> None:
    case = people.submitted(people.a_returnee())
    people.submitted(people.a_returnee(2, name="张晓明"))
    actor = people.as_actor("zhoumin")
    for text in (case.number, case.number[:10].lower(), "刘", "刘春燕", "春燕", "liuchun", "lcy", case.firm):
        found = queries.cases_for(actor, CaseFilters.from_query({"q": text})).rows
        assert case.pk in [row.pk for row in found], text
    assert [row.applicant for row in queries.cases_for(actor, CaseFilters(text="张")).rows] == ["张晓明"]


def test_an_officer_of_another_county_gets_404_by_address_and_an_empty_list(
    scoped_db: object, client_as: SignIn
) -> None:
    case = people.submitted(people.a_returnee())
    other = client_as("caoyun")
    for path in ("", "print/", "code/", "step/accept/", "decision/", "show/phone/"):
        assert other.get(f"/desk/cases/{case.number}/{path}").status_code == 404, path
    assert other.post(f"/desk/cases/{case.number}/step/accept/", {"opinion": "好"}).status_code == 404
    assert case.number not in other.get("/desk/cases/").content.decode()


def test_somebody_elses_draft_is_nobodys_business(scoped_db: object, client_as: SignIn) -> None:
    draft = people.a_draft(people.a_returnee())
    for username in ("zhoumin", "zhengwei", "chenjing"):
        assert client_as(username).get(f"/desk/cases/drafts/{draft.pk}/").status_code == 404
        assert "草稿" not in client_as(username).get("/desk/cases/").content.decode()
