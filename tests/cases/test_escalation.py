"""Lateness is brought to the unit's head, later to the supervision office: by working days, once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases import actions, queries
from guiyan.cases.actions.escalating import escalate
from guiyan.cases.models import Alert, CaseCheck
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def alerts(kind: str) -> int:
    return Alert.objects.filter(kind=kind, cleared_at=None).count()


def todo(username: str) -> list[str]:
    return [row.todo for row in queries.work_for(people.as_actor(username)) if row.kind == "alert"]


def test_a_late_acceptance_goes_to_the_head_and_later_to_the_supervision_office(at: Clock) -> None:
    case = people.submitted(people.a_returnee())
    assert case.due_on == date(2026, 6, 11)
    at("2026-06-11 09:00")
    assert escalate(date(2026, 6, 11)) == 0
    at("2026-06-12 09:00")
    assert (escalate(date(2026, 6, 12)), alerts("head"), alerts("supervision")) == (1, 1, 0)
    assert todo("xurong") == ["超期督促"] and todo("duanyan") == []
    assert escalate(date(2026, 6, 12)) == 0
    at("2026-06-14 09:00")
    assert escalate(date(2026, 6, 14)) == 0  # Sunday: still one working day late
    at("2026-06-16 09:00")
    assert (escalate(date(2026, 6, 16)), alerts("head"), alerts("supervision")) == (1, 1, 1)
    assert todo("duanyan") == ["超期督促"]
    actions.accept_case(people.as_actor("zhoumin"), case=case)
    assert (alerts("head"), alerts("supervision")) == (0, 0)


def test_each_parallel_check_has_its_own_day_and_its_own_units_head(at: Clock) -> None:
    case = people.accepted(people.a_returnee())
    people.answer(CaseCheck.objects.get(case=case, check_id="registration"))
    at("2026-06-16 09:00")
    escalate(date(2026, 6, 16))
    row = Alert.objects.get(kind="head")
    town = CaseCheck.objects.get(case=case, check_id="residence")
    assert (row.clock, row.unit_id, row.label) == ("check:residence", town.unit_id, town.label)
    assert todo("yuhong") == ["超期督促"] and todo("xurong") == []
    people.answer(town)
    assert alerts("head") == 0


def test_a_clock_that_stands_still_is_never_late(at: Clock) -> None:
    case = people.checked(people.a_returnee())
    actions.suspend_case(people.as_actor("zhengwei"), case=case, reason="等外省核对")
    at("2026-09-01 09:00")
    escalate(date(2026, 9, 1))
    assert not Alert.objects.filter(case=case).exists()


def test_lists_say_which_clock_the_light_is_of(at: Clock) -> None:
    case = people.submitted(people.a_returnee())
    row = next(one for one in queries.work_for(people.as_actor("zhoumin")) if one.key == case.number)
    assert (row.light.words, row.light.clock) == ("剩3天", "受理")
    at("2026-06-15 09:00")
    filters = queries.CaseFilters(light="late")
    assert [one.pk for one in queries.cases_for(people.as_actor("zhoumin"), filters).rows] == [case.pk]
    assert queries.cases_for(people.as_actor("zhoumin"), queries.CaseFilters(light="ok")).rows == []
