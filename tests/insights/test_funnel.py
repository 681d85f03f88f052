"""The funnel and the weekly report count what is on its way to the treasury: no demand, no loan, no recognition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.insights.funnel import funnel, paying_flows
from guiyan.insights.periods import week_of, year_to
from guiyan.insights.weekly.gather import case_counts
from guiyan.kernel import calendar
from tests.cases import people

CITY = 421200000000


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def test_what_is_not_paid_is_not_on_its_way_to_the_treasury(scoped_db: object) -> None:
    person = people.a_returnee()
    for item, values in (("demand", {"topic": "funds", "text": "贷款跑了三趟"}), ("startup-subsidy", None)):
        if values is None:
            case = people.a_draft(person)
        else:
            case = actions.open_draft(person.actor, item=item, subject_id=person.subject_id, entry="self")
            case = actions.save_draft(person.actor, case=case, values=values)
        actions.submit_case(person.actor, case=case, token=case.submission_token)
    today = calendar.today()
    assert {step.label: step.count for step in funnel(CITY, year_to(today))}["申请"] == 1
    assert case_counts(week_of(today), CITY)["收件"] == 1
    assert paying_flows() == {"subsidy-case", "award-case"}
