"""The form as people meet it: what is secret and written well does not come back to a page, and stays kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import QueryDict

from guiyan.cases import actions, answers
from guiyan.cases.entry import ApplicationForm
from guiyan.cases.models import Case
from tests.cases import people

ACCOUNT = people.ANSWERS["account_number"]


@pytest.fixture
def draft(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> Case:
    at("2026-06-08 09:00")
    return people.a_draft(people.a_returnee())


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({**people.ANSWERS, **values})
    return data


def test_a_kept_account_is_named_by_its_tail_and_not_shown(draft: Case) -> None:
    shown = str(ApplicationForm(draft)["account_number"])
    assert ACCOUNT not in shown
    assert "尾号0381" in ApplicationForm(draft).fields["account_number"].help_text


def test_left_empty_it_stays_and_typed_anew_it_changes(draft: Case) -> None:
    form = ApplicationForm(draft, sent(account_number=""), final=True)
    assert form.is_valid()
    case = actions.save_draft(_owner(draft), case=draft, values=form.typed)
    assert answers.account_of(case).number == ACCOUNT
    other = ApplicationForm(case, sent(account_number="6200000000001234"))
    case = actions.save_draft(_owner(draft), case=case, values=other.typed)
    assert answers.account_of(case).number == "6200000000001234"


def test_a_mistake_stays_on_the_page_to_be_put_right(draft: Case) -> None:
    form = ApplicationForm(draft, sent(account_number="62 abc"), final=True)
    assert "62 abc" in str(form["account_number"])


def _owner(case: Case) -> people.FixedActor:
    return people.FixedActor("user", "刘春燕", 900_001, case.subject_id)
