"""What a case page says when nobody there has anything to do: who is waited for, and where a refused case stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions, queries
from guiyan.cases.models import CaseCheck
from guiyan.desk.cases.standing import standing
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def words_for(case: queries.Case) -> str:
    found = standing(queries.case_page(people.as_actor("zhoumin"), case))
    return f"{found.title}：{found.words}" if found else ""


def test_a_case_to_be_accepted_waits_for_nobody_else() -> None:
    assert words_for(people.submitted(people.a_returnee())) == ""


def test_the_units_that_have_not_answered_are_named() -> None:
    case = people.accepted(people.a_returnee())
    assert "县市场监管局" in words_for(case)
    people.answer(CaseCheck.objects.get(case=case, check_id="registration"))
    case.refresh_from_db()
    assert "市场监管局" not in words_for(case) and "镇政府" in words_for(case)


def test_from_the_pass_on_it_waits_for_the_batch() -> None:
    case = people.approved(people.a_returnee())
    assert words_for(case).startswith("等待汇总")
    people.a_batch(case)
    case.refresh_from_db()
    assert words_for(case).startswith("等待复核、签批：已编入")


def test_a_case_whose_clock_stands_says_why() -> None:
    case = people.checked(people.a_returnee())
    actions.suspend_case(people.as_actor("zhengwei"), case=case, reason="请派出所核对返乡时间")
    case.refresh_from_db()
    assert words_for(case).startswith("时限已暂停：")


def test_a_refused_case_stopped_at_one_stage_and_the_later_ones_are_over() -> None:
    case = people.checked(people.a_returnee(2, name="王建", firms=2))
    actions.refuse_case(people.as_actor("zhengwei"), case=case, grounds=["first_time"], reason="这是第二次办理。")
    case.refresh_from_db()
    steps = queries.progress_steps(case)
    assert [step.state for step in steps] == ["done"] * 3 + ["stopped"] + ["todo"] * 4
    assert {step.note for step in steps if step.state == "todo"} == {queries.NO_MORE}
    assert case.tone == "red"


def test_a_batch_summed_up_waits_for_whoever_rechecks_it() -> None:
    batch = people.a_batch(people.approved(people.a_returnee()))
    assert [step.state for step in queries.batch_steps(batch)][:3] == ["done", "current", "todo"]
    assert people.signed(people.approved(people.a_returnee(3, name="示例丙"))).state == "signed"
