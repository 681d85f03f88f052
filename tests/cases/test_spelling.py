"""What people type: full-width digits count as digits, and every limit is told in the form's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import QueryDict

from guiyan.cases import actions, answers
from guiyan.cases.entry import ApplicationForm
from guiyan.cases.models import Case
from guiyan.cases.spelling import plain, problem_with
from guiyan.packs.item import FormField
from tests.cases import people

ACCOUNT = FormField(id="account_number", label="银行卡号", type="text", max_length=32, secret=True)


@pytest.fixture
def draft(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> Case:
    at("2026-06-08 09:00")
    people.with_list(tmp_path)
    return people.a_draft(people.a_returnee())


def typed(**values: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def test_a_text_that_is_too_long_is_told_in_our_own_words(draft: Case) -> None:
    form = ApplicationForm(draft, typed(**{**people.ANSWERS, "returned_from": "省" * 61}), final=True)
    assert form.errors["returned_from"] == ["从哪里返乡最多60字，现在61字"]


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [("int", "４２", "42"), ("phone", "１５４１２３４５６７８", "15412345678"), ("text", "４号楼", "４号楼")],
)
def test_full_width_digits_are_digits_where_digits_are_meant(kind: str, written: str, kept: str) -> None:
    assert plain(FormField(id="x", label="某栏", type=kind), written) == kept  # type: ignore[arg-type]


def test_an_account_typed_full_width_and_in_groups_is_kept_plain(draft: Case) -> None:
    written = "６２００　０００００００ 0008888"
    case = actions.save_draft(people.a_returnee().actor, case=draft, values={"account_number": written})
    assert answers.answers_of(case)["account_number"] == "620000000000008888"
    assert case.account_tail == "8888"


@pytest.mark.parametrize(("digits", "right"), [(7, False), (8, True), (32, True), (33, False)])
def test_an_account_has_as_many_digits_as_its_rule_says_and_its_field_takes(
    draft: Case, digits: int, right: bool
) -> None:
    number = "6" * digits
    assert (problem_with(ACCOUNT, number) == "") is right
    form = ApplicationForm(draft, typed(**{**people.ANSWERS, "account_number": number}), final=True)
    assert ("account_number" not in form.errors) is right
    if not right:
        assert form.errors["account_number"] == [f"银行卡号应为8到32位，现在{digits}位"]
