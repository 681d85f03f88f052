"""A percentage stands with the numbers it was divided from, each in what it is counted in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guiyan.insights.compute import compute_indicators
from guiyan.insights.figures import Figure
from guiyan.insights.parts import last_parts, last_words, now_parts, number_and_unit, parts_words, value_words
from guiyan.insights.proposals import demand_of
from guiyan.insights.standing import Standing, standings
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.plans.models import Indicator
from guiyan.registers import actions as registers
from tests.plans.factories import published_plan

DAY = date(2026, 6, 8)


@pytest.fixture
def plan(scoped_db: object, actor: Callable[[str], Actor]) -> None:
    published_plan(actor("helin"))


def project(serial: int, on: date, fen: int) -> None:
    values = {"name": f"示例项目{serial}", "kind": "chushang", "stage": "started", "region": 421224000000}
    values |= {"signed_on": on, "started_on": on, "planned_investment": fen}
    registers.record(SYSTEM, register="project", values=values, source="bureau")


def of(definition: str) -> Standing:
    return next(x for x in standings(on=DAY) if x.indicator.definition == definition)


def test_a_growth_names_both_years(plan: None) -> None:
    for serial, (on, fen) in enumerate(
        [
            (date(2026, 2, 1), 2_000_000_000_00),
            (date(2026, 3, 1), 934_170_000_00),
            (date(2025, 2, 1), 2_800_000_000_00),
            (date(2024, 2, 1), 90_000_000_00),
        ]
    ):
        project(serial, on, fen)
    compute_indicators(DAY)
    signed, money = of("chushang-signed-growth"), of("chushang-investment-growth")
    assert (value_words(signed), now_parts(signed)) == ("100.00%", "2个／去年同期1个，基数小")
    assert now_parts(money) == "29.34亿元／去年同期28亿元"
    assert last_parts(money) == "28亿元／前年同期0.9亿元"
    assert "（29.34亿元／去年同期28亿元）" in demand_of(money, "咸宁市")


def test_a_share_counts_above_and_below_in_their_own_units(plan: None) -> None:
    share = Indicator.objects.get(definition="returnee-business-share")
    assert parts_words(share, Figure(Decimal(5), Decimal(190), Decimal(3800))) == "190家／3,800人"
    assert parts_words(share, Figure(None, why="分母是0，算不出比例")) == ""


def test_a_reported_growth_is_read_in_the_scale_of_all_money(plan: None) -> None:
    transfer = Indicator.objects.get(definition="tech-transfer-growth")
    assert parts_words(transfer, Figure(Decimal(20), Decimal(12_000), Decimal(10_000))) == "1.2亿元／去年同期1亿元"


def test_growth_to_more_than_double_or_from_a_handful_says_that_its_base_is_small(plan: None) -> None:
    signed = of("chushang-signed-growth")
    for value, below, is_small in ((90, 9, True), (90, 10, False), (101, 40, True), (-40, 60, False)):
        found = replace(signed, value=Decimal(value), now=Figure(Decimal(value), Decimal(5), Decimal(below)))
        assert ("基数小" in now_parts(found)) is is_small


def test_one_years_growth_under_the_name_of_a_yearly_mean_says_so(plan: None) -> None:
    mean = of("alumni-investment-growth")
    found = replace(mean, value=Decimal(11), now=Figure(Decimal(11), Decimal(7_4000_0000), Decimal(6_6600_0000)))
    assert "年均" in mean.indicator.name
    assert now_parts(found) == "7.4亿元／去年同期6.66亿元，今年一年的增幅"


def test_a_percentage_has_two_decimals_on_every_page(plan: None) -> None:
    share = replace(of("returnee-business-share"), value=Decimal(44))
    assert (value_words(share), number_and_unit(share)) == ("44.00%", ("44.00", "%"))


def test_a_plain_figure_has_no_parts_and_stands_in_the_scale_of_its_target(plan: None) -> None:
    compute_indicators(DAY)
    loans = replace(of("guarantee-loans-issued"), value=Decimal(95_000_000), last_year=Decimal(80_000_000))
    assert (value_words(loans), last_words(loans), now_parts(loans)) == ("0.95亿元", "0.8亿元", "")
    assert number_and_unit(loans) == ("0.95", "亿元")
    assert number_and_unit(replace(loans, value=None)) == (None, "")
