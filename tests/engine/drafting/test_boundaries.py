"""The drafted rule answers at the boundary as the words do, by the rules engine itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guiyan.engine.rules import evaluate
from tests.engine.drafting.reading_words import drafted, pack

ON = dt.date(2025, 6, 30)
GRADUATED = "2020-02-29"

CASES: list[tuple[str, dict[str, Any], bool | None]] = [
    ("45岁(含)以下", {"age_years": 45}, True),
    ("45岁(含)以下", {"age_years": 46}, False),
    ("45周岁(不含)以下", {"age_years": 45}, False),
    ("45周岁(不含)以下", {"age_years": 44}, True),
    ("不满45周岁", {"age_years": 45}, False),
    ("超过60周岁", {"age_years": 60}, False),
    ("超过60周岁", {"age_years": 61}, True),
    ("18至45周岁", {"age_years": 17}, False),
    ("18至45周岁", {"age_years": 18}, True),
    ("18至45周岁", {"age_years": 45}, True),
    ("18至45周岁", {}, None),
    ("毕业5年内", {"graduation_date": "2020-06-30"}, True),
    ("毕业5年内", {"graduation_date": "2020-06-29"}, False),
    ("毕业未满2年", {"graduation_date": "2023-06-30"}, False),
    ("毕业未满2年", {"graduation_date": "2023-07-01"}, True),
    ("毕业5年内创办企业", {"graduation_date": GRADUATED, "business_registered_on": "2025-02-28"}, True),
    ("毕业5年内创办企业", {"graduation_date": GRADUATED, "business_registered_on": "2025-03-01"}, False),
    ("毕业5年内创办企业", {"graduation_date": GRADUATED}, None),
    ("正常经营1年以上", {"months_in_operation": 11}, False),
    ("正常经营1年以上", {"months_in_operation": 12}, True),
    ("经营未满1年", {"months_in_operation": 12}, False),
    ("带动2人就业", {"jobs_led_excluding_founder": 1}, False),
    ("带动2人就业", {"jobs_led_excluding_founder": 2}, True),
    ("首次创业", {"business_registrations": 1}, True),
    ("首次创业", {"business_registrations": 2}, False),
    ("申请额度10万元(含)以下", {"guarantee_loan_yuan": 100_000}, True),
    ("申请额度10万元(含)以下", {"guarantee_loan_yuan": 100_001}, False),
    ("本科及以上学历", {"degree": "college"}, False),
    ("本科及以上学历", {"degree": "bachelor"}, True),
    ("本科及以上学历", {"degree": "doctor"}, True),
    ("具有本市户籍", {"hukou_region": "421224107000"}, True),
    ("具有本市户籍", {"hukou_region": "420100000000"}, False),
]


@pytest.mark.parametrize(("words", "facts", "answer"), CASES)
def test_the_draft_answers_at_the_boundary(words: str, facts: dict[str, Any], answer: bool | None) -> None:
    draft = drafted("个人", words)
    assert not draft.open
    assert evaluate(draft.expression, facts, pack().catalogue, on=ON) is answer


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"is_graduate": True}, True),
        ({"is_graduate": False, "is_veteran": True}, True),
        ({"is_graduate": False, "is_veteran": False}, False),
        ({"is_graduate": False}, None),
    ],
)
def test_one_of_several_kinds_of_people_is_enough(facts: dict[str, Any], answer: bool | None) -> None:
    draft = drafted("高校毕业生、退役军人")
    assert evaluate(draft.expression, facts, pack().catalogue, on=ON) is answer


def test_an_open_condition_is_in_no_rule_and_so_never_fulfilled_by_one() -> None:
    draft = drafted("青年人才", "35岁以下", "获得省级奖项")
    assert draft.expression == "age_years <= 35"
    assert [term.words for term in draft.open] == ["获得省级奖项", "青年人才"]
