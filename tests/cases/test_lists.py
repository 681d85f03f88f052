"""Lists: bounded queries at one row and at three, pages by keys, search by the beginning, filters from the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.accounts import saved_views
from guiyan.accounts.queries import local_paths, region_path
from guiyan.cases import actions, queries, states
from guiyan.cases.models import Case
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


def test_every_submitted_case_stands_under_exactly_one_stage() -> None:
    under = [state for _, states_of in queries.STAGES.values() for state in states_of]
    assert sorted(under) == sorted(states.LABELS.keys() - {states.DRAFT})


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
    first = queries.cases_for(actor, CaseFilters(sort="-id"), size=2)
    assert [row.pk for row in first.rows] == [cases[2].pk, cases[1].pk]
    second = queries.cases_for(actor, CaseFilters(sort="-id", after=first.after), size=2)
    assert ([row.pk for row in second.rows], second.after) == ([cases[0].pk], "")
    back = queries.cases_for(actor, CaseFilters(sort="-id", before=second.before), size=2)
    assert [row.pk for row in back.rows] == [cases[2].pk, cases[1].pk]
    oldest = queries.cases_for(actor, CaseFilters(sort="id"), size=3)
    assert [row.pk for row in oldest.rows] == [case.pk for case in cases]


def in_turn(sort: str) -> list[int]:
    """Every case, turned page by page there and back."""
    actor, seen, after = people.as_actor("zhoumin"), list[int](), ""
    while True:
        page = queries.cases_for(actor, CaseFilters(sort=sort, after=after), size=2)
        seen += [row.pk for row in page.rows]
        if not page.after:
            break
        after = page.after
    back, before = list[int](), page.before
    while before:
        page = queries.cases_for(actor, CaseFilters(sort=sort, before=before), size=2)
        back, before = [*(row.pk for row in page.rows), *back], page.before
    assert seen[: len(back)] == back
    return seen


def test_what_is_due_comes_first_then_what_waits_without_a_clock_then_what_is_over(
    scoped_db: object, at: Clock
) -> None:
    ended = []
    for serial in (1, 2):
        case = people.submitted(people.a_returnee(serial, name=f"张终{serial}"))
        ended.append(actions.refuse_acceptance(people.as_actor("zhoumin"), case=case, reason="不在本县登记").pk)
    waiting = people.checked(people.a_returnee(3, name="张候"))
    untimed = actions.suspend_case(people.as_actor("zhengwei"), case=waiting, reason="等镇里说明").pk
    late = people.submitted(people.a_returnee(4, name="张早")).pk
    at("2026-06-10 09:00")
    next_one = people.submitted(people.a_returnee(5, name="张晚")).pk
    rows = {case.pk: case.due_on for case in Case.objects.all()}
    assert rows[late] is not None and rows[next_one] is not None and rows[late] < rows[next_one]
    assert {rows[untimed], *(rows[pk] for pk in ended)} == {None}
    assert in_turn("due") == [late, next_one, untimed, *reversed(ended)]
    assert in_turn("-due") == [next_one, late, untimed, *reversed(ended)]
    assert CaseFilters.from_query({}).sort == "due"


def test_tabs_and_views_say_how_many_in_one_query(scoped_db: object, client_as: SignIn) -> None:
    first = people.submitted(people.a_returnee())
    people.submitted(people.a_returnee(2, name="张晓明"))
    actions.refuse_acceptance(people.as_actor("zhoumin"), case=first, reason="不在本县登记")
    actor = people.as_actor("zhoumin")
    asked = [CaseFilters(), CaseFilters(stage="accept"), CaseFilters(light="none"), CaseFilters(stage="ended")]
    assert counted(lambda: queries.count_each(actor, asked)) == counted(lambda: queries.count_each(actor, asked[:1]))
    assert queries.count_each(actor, asked) == [2, 1, 0, 1]
    desk = client_as("zhoumin")
    page = desk.get("/desk/cases/?q=张").content.decode()
    assert '全部 <span class="count">1</span>' in page and '受理 <span class="count">1</span>' in page
    assert '不予办理 <span class="count">0</span>' in page
    for name, query in (("受理的", "stage=accept"), ("不计时的", "light=none"), ("没办的", "stage=ended")):
        saved_views.save_view(actor, page="cases:list", name=name, query=query)
    page = desk.get("/desk/cases/?v=0").content.decode()
    assert '受理的 <span class="count">1</span>' in page and '不计时的 <span class="count">0</span>' in page


def test_what_no_clock_runs_for_is_no_light_of_its_own_kind(scoped_db: object, client_as: SignIn) -> None:
    people.a_returnee()  # she has neither specialist nor mentor yet: two things that no clock runs for
    page = client_as("zhoumin").get("/desk/?light=untimed").content.decode()
    counts = dict(re.findall(r'href="\?light=(\w+)".*?tile-value">(\d+)<', page, re.DOTALL))
    assert counts["untimed"] == "2" and "later" not in counts and "不计时" in page


def test_places_are_told_within_the_county_of_who_reads(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    whole, short = region_path(case.region), local_paths(people.as_actor("zhoumin"), [case.region])[case.region]
    assert whole.endswith(short) and len(short) < len(whole)
    assert local_paths(people.as_actor("helin"), [case.region])[case.region] == whole
    assert local_paths(people.as_actor("zhoumin"), [people.COUNTY])[people.COUNTY] == region_path(people.COUNTY)
    page = client_as("zhoumin").get("/desk/cases/").content.decode()
    assert f'<span class="note nb">{short}</span>' in page


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
