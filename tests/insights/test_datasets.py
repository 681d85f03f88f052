"""Indicators over several datasets: growth, shares and stocks say what they were divided from, never divide by 0."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from guiyan.insights import drill
from guiyan.insights.compute import compute_indicators, figures
from guiyan.insights.datasets import MODULES, dataset
from guiyan.insights.figures import NO_LAST_YEAR, NO_WHOLE, quotient
from guiyan.insights.periods import year_to
from guiyan.insights.standing import standings
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound
from guiyan.packs import Pack
from guiyan.packs.datasets import MODULE_SHAPES
from guiyan.plans.models import Indicator, IndicatorValue
from guiyan.registers import actions as registers
from guiyan.registers.values import Value
from tests.plans.factories import published_plan
from tests.registers.factories import a_firm, a_returnee, an_away_person

CITY, TONGSHAN, CHONGYANG = 421200000000, 421224000000, 421223000000
DAY = date(2026, 6, 8)


@pytest.fixture
def today(scoped_db: object, at: Callable[[str], object]) -> date:
    at("2026-06-08 09:00")
    return DAY


def project(number: int, place: int = TONGSHAN, **values: Value) -> int:
    told: dict[str, Value] = {
        "name": f"示例项目{number}",
        "number": f"XM{number:04d}",
        "region": place,
        "kind": "chushang",
        "stage": "signed",
        **values,
    }
    return registers.record(SYSTEM, register="project", values=told, source="bureau")


def of(pack: Pack, name: str) -> dict[int, Decimal | None]:
    return {place: x.value for place, x in figures(pack, pack.indicators[name], year_to(DAY)).items()}


def test_every_module_publishes_the_columns_that_packs_are_checked_against(today: date, pack: Pack) -> None:
    assert MODULES.keys() == MODULE_SHAPES.keys()
    for name, shape in MODULE_SHAPES.items():
        assert len(dataset(pack, name).rows.values(*shape.columns)) == 0
    with pytest.raises(NotFound, match="没有数据集“weather”"):
        dataset(pack, "weather")


def test_growth_counts_both_years_to_the_same_day_and_says_so(today: date, pack: Pack) -> None:
    for number, day in enumerate((date(2025, 1, 1), date(2025, 6, 8), date(2025, 6, 9))):
        project(number, signed_on=day)
    for number in range(10, 13):
        project(number, signed_on=date(2026, 2, number))
    project(20, signed_on=date(2026, 3, 1), stage="dropped")
    project(21, signed_on=date(2026, 3, 1), kind="alumni")
    found = figures(pack, pack.indicators["chushang-signed-growth"], year_to(DAY))[CITY]
    assert (found.value, found.above, found.below) == (50, 3, 2)


def test_nothing_last_year_is_no_growth_and_says_why(today: date, pack: Pack) -> None:
    project(1, signed_on=date(2026, 2, 1))
    found = figures(pack, pack.indicators["chushang-signed-growth"], year_to(DAY))
    assert (found[TONGSHAN].value, found[TONGSHAN].why) == (None, NO_LAST_YEAR)
    assert quotient("ratio", Decimal(3), Decimal(0)).why == NO_WHOLE


def test_investment_is_summed_in_yuan(today: date, pack: Pack) -> None:
    project(1, kind="returnee", completed_investment=250_000_050, completed_until=date(2026, 5, 31))
    project(2, CHONGYANG, kind="returnee", completed_investment=100_000_000, completed_until=date(2026, 5, 31))
    found = of(pack, "returnee-investment")
    assert (found[CITY], found[TONGSHAN]) == (Decimal("3500000.50"), Decimal("2500000.50"))


def test_a_share_divides_what_stands_by_what_stands(today: date, pack: Pack) -> None:
    registers.record(SYSTEM, register="firm", values=a_firm(1, is_returnee_led=True), source="market")
    for serial in range(2, 6):
        registers.record(SYSTEM, register="away", values=an_away_person(serial), source="visit")
    registers.record(SYSTEM, register="away", values=an_away_person(6, returned_on=date(2026, 5, 1)), source="visit")
    registers.record(SYSTEM, register="away", values=an_away_person(7, away_in="in_province"), source="visit")
    assert of(pack, "returnee-business-share")[TONGSHAN] == 25


def test_what_stood_at_the_end_of_last_year_is_divided_by(today: date, pack: Pack) -> None:
    """New businesses over those who were away then: who left or came back since is told apart."""
    registers.record(SYSTEM, register="firm", values=a_firm(1, is_returnee_led=True), source="market")
    last = date(2025, 12, 31)
    counted = (
        {"since": date(2024, 3, 1)},
        {"since": last},
        {"since": date(2024, 3, 1), "returned_on": date(2026, 2, 1)},
    )
    others: tuple[dict[str, date], ...] = (
        {"since": date(2026, 1, 1)},
        {"since": last, "returned_on": date(2025, 6, 1)},
        {},
    )
    for serial, values in enumerate((*counted, *others), start=11):
        registers.record(SYSTEM, register="away", values=an_away_person(serial, **values), source="visit")
    declared = pack.indicators["returnee-business-share"]
    assert declared.over is not None and declared.computed is not None
    over = declared.over.model_copy(update={"date": "since", "as_of": "end_of_last_year"})
    found = figures(pack, declared.model_copy(update={"over": over, "period": "per_year"}), year_to(DAY))[TONGSHAN]
    assert (found.above, found.below) == (1, 3)


def test_jobs_are_checked_against_the_insured_of_returnees_firms(
    today: date, pack: Pack, actor: Callable[[str], Actor]
) -> None:
    published_plan(actor("helin"))
    firm, other = a_firm(1, is_returnee_led=True), a_firm(2, is_returnee_led=False)
    for one in (firm, other):
        registers.record(SYSTEM, register="firm", values=one, source="market")
    for serial, place in enumerate((firm, firm, other), start=1):
        person = a_returnee(serial)
        insured: dict[str, Value] = {
            "name": person["name"],
            "id_number": person["id_number"],
            "region": TONGSHAN + 107000,
            "firm_name": place["name"],
            "credit_code": place["credit_code"],
            "insured_from": date(2026, 2, 1),
        }
        registers.record(SYSTEM, register="insured", values=insured, source="insurance")
    jobs = Indicator.objects.get(definition="jobs-led")
    assert drill.check(jobs, year_to(DAY), CITY) == ("今年在返乡人员创办的经营主体新参保", 2)


def test_a_growth_that_cannot_be_computed_has_no_light_and_its_reason(
    today: date, actor: Callable[[str], Actor]
) -> None:
    published_plan(actor("helin"))
    project(1, signed_on=date(2026, 2, 1))
    compute_indicators(DAY)
    growth = Indicator.objects.get(definition="chushang-signed-growth")
    found = next(x for x in standings(on=DAY) if x.indicator == growth)
    assert (found.value, found.light, found.words) == (None, "idle", NO_LAST_YEAR)
    assert IndicatorValue.objects.filter(indicator=growth, place=CITY, period_start="2026-01-01").get().above == 1
