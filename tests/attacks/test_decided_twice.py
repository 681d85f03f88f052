"""A refusal sent twice: one decision, one number, and words instead of a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.cases.models import NumberSeries, WrittenDecision
from guiyan.kernel.errors import Refused
from tests.cases import people


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def last_number() -> list[int]:
    return list(NumberSeries.objects.filter(series__startswith="decision:").values_list("last", flat=True))


def test_a_second_refusal_to_accept_is_refused_in_words_and_takes_no_number() -> None:
    case, officer = people.submitted(people.a_returnee()), people.as_actor("zhoumin")
    actions.refuse_acceptance(officer, case=case, reason="不属于受理范围。")
    with pytest.raises(Refused, match="不予受理"):
        actions.refuse_acceptance(officer, case=case, reason="再来一次。")
    assert (WrittenDecision.objects.get(case=case).reason, last_number()) == ("不属于受理范围。", [1])


def test_a_second_refusal_of_the_benefit_is_refused_in_words_and_takes_no_number() -> None:
    case, reviewer = people.checked(people.a_returnee()), people.as_actor("zhengwei")
    actions.refuse_case(reviewer, case=case, reason="没有返乡经历。")
    with pytest.raises(Refused, match="不予发放"):
        actions.refuse_case(reviewer, case=case, reason="再来一次。")
    assert (WrittenDecision.objects.get(case=case).reason, last_number()) == ("没有返乡经历。", [1])
