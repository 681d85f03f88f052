"""Past the last year whose holidays are known: new periods are refused in words, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions
from guiyan.cases.actions.payment import payment_came_back, payment_made
from guiyan.cases.models import Case, Message
from guiyan.kernel import jobs, workflow
from guiyan.kernel.errors import Refused
from guiyan.notices.models import Notice
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture
def december(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-12-07 09:00")
    people.with_budget()
    people.with_list(tmp_path, as_of=date(2026, 12, 6))


def two_paying(at: Clock) -> list[Case]:
    cases = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    batch = people.signed(*cases)
    jobs.run_pending()
    at("2026-12-16 09:00")
    jobs.run_pending()
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    return cases


def test_pages_are_read_and_what_came_back_is_taken_in_a_year_without_calendar(
    december: None, at: Clock, client_as: Callable[[str], Client]
) -> None:
    returned, paid = two_paying(at)
    waiting = people.submitted(people.a_returnee(3, name="示例丙"))
    at("2027-01-06 09:00")
    for path in ("/desk/", "/desk/cases/", "/desk/cases/?light=tomorrow", f"/desk/cases/{waiting.number}/"):
        assert client_as("zhoumin").get(path).status_code == 200, path
    assert payment_came_back(returned, "账号不存在").state == "returned"
    assert "更正收款账户" in Message.objects.filter(case=returned).order_by("-id")[0].body
    assert payment_made(paid).state in ("paid", "closed")


def test_what_needs_a_new_period_is_refused_and_loses_nothing(december: None, at: Clock) -> None:
    case = people.submitted(people.a_returnee())
    at("2026-12-25 09:00")
    with pytest.raises(Refused, match="2027年的放假安排"):
        actions.accept_case(people.as_actor("zhoumin"), case=case)
    case.refresh_from_db()
    assert (case.state, len(workflow.history(case))) == ("submitted", 2)
    draft = people.a_draft(people.a_returnee(2, name="示例乙"))
    at("2026-12-31 09:00")
    with pytest.raises(Refused, match="2027年的放假安排"):
        actions.submit_case(draft_owner(draft), case=draft, token=draft.submission_token)
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.answers["jobs_led"]) == ("draft", "", "4")


def draft_owner(case: Case) -> people.Actor:
    return people.FixedActor("user", case.applicant, 900_002, case.subject_id)


def test_a_notice_whose_end_cannot_be_counted_is_not_published_yet(december: None, at: Clock) -> None:
    case = people.approved(people.a_returnee())
    at("2026-12-28 09:00")
    batch = people.signed(case)
    jobs.run_pending(raise_failures=False)
    batch.refresh_from_db()
    assert (batch.state, Notice.objects.count()) == ("signed", 0)
    from guiyan.kernel.jobs import queue

    assert any("2027年的放假安排" in (row.reason or "") for row in queue.waiting_jobs())


def test_a_day_that_is_only_in_leap_years(scoped_db: object) -> None:
    from guiyan.kernel.calendar import WorkingCalendar
    from guiyan.registers.id_numbers import read_id_number
    from guiyan.registers.sample.numbers import id_number

    calendar = WorkingCalendar({}, frozenset(), frozenset({2028}))
    assert calendar.add_working_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    born = read_id_number(id_number(date(2004, 2, 29), "女", 1), today=date(2026, 6, 8))
    assert born.birth_date == date(2004, 2, 29)
