"""An indicator is its records: it moves when they do, by county, and leads down to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from guiyan.insights import drill
from guiyan.insights.compute import compute_indicators
from guiyan.insights.parts import last_words, now_parts
from guiyan.insights.periods import Period, week_of, year_to
from guiyan.insights.standing import Standing, county_rows, least_of, standings
from guiyan.insights.weekly.gather import line_of
from guiyan.insights.weekly.word import cells
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.packs import Pack
from guiyan.plans.models import Indicator, IndicatorValue
from guiyan.registers import actions as registers
from tests.plans.factories import published_plan
from tests.registers.factories import a_returnee

CITY, TONGSHAN, XIANAN, ZONE = 421200000000, 421224000000, 421202000000, 421202900000
DAY = date(2026, 6, 8)


@pytest.fixture
def founders(scoped_db: object, actor: Callable[[str], Actor]) -> Indicator:
    published_plan(actor("helin"))
    return Indicator.objects.get(definition="new-returnee-businesses")


def register(serial: int, place: int, on: date, jobs: int = 2, checked: bool = True) -> None:
    values = {
        **a_returnee(serial),
        "home_region": place,
        "business_registered_on": on,
        "registration_checked": checked,
        "jobs_led": jobs,
    }
    registers.record(SYSTEM, register="returnee", values=values, source="shared")


def value(indicator: Indicator, place: int, start: date = date(2026, 1, 1)) -> Decimal:
    newest = IndicatorValue.objects.filter(indicator=indicator, place=place, period_start=start).order_by("-id").first()
    assert newest is not None
    return newest.value


def test_only_checked_registrations_of_the_year_so_far_count_each_county_apart(founders: Indicator) -> None:
    register(1, TONGSHAN + 104000, date(2026, 1, 1))
    register(2, TONGSHAN + 104000, date(2026, 6, 8))
    register(3, TONGSHAN + 104000, date(2026, 6, 9))
    register(4, TONGSHAN + 104000, date(2026, 3, 1), checked=False)
    register(5, XIANAN + 1000, date(2026, 3, 1))
    register(6, XIANAN + 1000, date(2025, 3, 1))
    compute_indicators(DAY)
    assert [value(founders, x) for x in (CITY, TONGSHAN, XIANAN)] == [3, 2, 1]
    assert value(founders, CITY, date(2025, 1, 1)) == 1


def test_the_zone_lies_inside_its_county_and_is_counted_once_for_the_city(founders: Indicator) -> None:
    register(1, ZONE, date(2026, 2, 1))
    compute_indicators(DAY)
    assert [value(founders, x) for x in (CITY, XIANAN, ZONE)] == [1, 1, 1]


def test_jobs_are_summed(founders: Indicator) -> None:
    register(1, TONGSHAN + 104000, date(2026, 2, 1), jobs=4)
    register(2, TONGSHAN + 104000, date(2026, 2, 2), jobs=3)
    compute_indicators(DAY)
    jobs = Indicator.objects.get(definition="jobs-led")
    assert value(jobs, TONGSHAN) == 7


def test_computing_again_writes_nothing_until_a_record_changes(founders: Indicator) -> None:
    register(1, TONGSHAN + 104000, date(2026, 2, 1))
    assert compute_indicators(DAY) > 0
    assert compute_indicators(DAY) == 0
    register(2, TONGSHAN + 104000, date(2026, 2, 1))
    assert compute_indicators(DAY) > 0


def test_the_light_compares_with_the_time_that_is_over(founders: Indicator) -> None:
    compute_indicators(DAY)
    found = next(x for x in standings(on=DAY) if x.indicator == founders)
    assert found.percent == 0
    assert found.light == "late"
    assert found.time_percent == pytest.approx(159 / 365 * 100)


def test_a_county_stands_beside_itself_a_year_ago(founders: Indicator) -> None:
    register(1, TONGSHAN + 104000, date(2026, 2, 1))
    register(2, TONGSHAN + 104000, date(2025, 2, 1))
    register(3, TONGSHAN + 104000, date(2025, 7, 1))
    compute_indicators(DAY)
    assert county_rows(founders, [TONGSHAN], DAY) == [(TONGSHAN, Decimal(1), Decimal(1))]


def test_the_way_down_ends_at_the_record_and_only_within_ones_own_area(
    founders: Indicator, actor: Callable[[str], Actor]
) -> None:
    register(1, TONGSHAN + 104000, date(2026, 2, 1))
    register(2, XIANAN + 1000, date(2026, 2, 1))
    assert [(p.place, p.value) for p in drill.parts(founders, year_to(DAY), CITY)] == [(XIANAN, 1), (TONGSHAN, 1)]
    own = drill.records(actor("zhoumin"), founders, year_to(DAY), CITY)
    assert [row.region for row in own] == [TONGSHAN + 104000]  # type: ignore[attr-defined]


def test_months_add_up_to_the_figure(founders: Indicator) -> None:
    register(1, TONGSHAN + 104000, date(2026, 1, 31))
    register(2, TONGSHAN + 104000, date(2026, 6, 1))
    line = drill.by_month(founders, year_to(DAY), CITY)
    assert [total for _, total in line] == [1, 1, 1, 1, 1, 2]


def carrier(name: str, place: int, kind: str, grade: str, valid_to: date | None = None, built: int = 2024) -> None:
    values = {"name": name, "kind": kind, "grade": grade, "region": place, "built_on": date(built, 5, 1)}
    values |= {"valid_to": valid_to} if valid_to else {}
    registers.record(SYSTEM, register="carrier", values=values, source="shared")


def test_parks_count_by_grade_without_incubators_and_only_a_valid_recognition_counts(founders: Indicator) -> None:
    carrier("甲园", TONGSHAN, "park", "provincial", date(2026, 6, 8))
    carrier("乙园", TONGSHAN, "park", "provincial", date(2026, 6, 7))
    carrier("丙基地", XIANAN, "base", "municipal")
    carrier("丁街区", XIANAN, "street", "county", date(2020, 1, 1))
    carrier("孵化", XIANAN, "incubator", "municipal")
    compute_indicators(DAY)
    names = ("parks", "parks-provincial", "parks-municipal", "parks-per-county")
    found = {name: Indicator.objects.get(definition=name) for name in names}
    assert [value(found[name], CITY) for name in names] == [4, 1, 1, 4]
    standing = {x.indicator.definition: x for x in standings(on=DAY)}["parks-per-county"]
    assert (standing.value, standing.words, now_parts(standing)) == (0, "2个县达到，4个滞后", "最少的县")
    told = line_of(standing.indicator, week_of(DAY), CITY, DAY).standing  # the weekly report says the same
    assert (told.value, told.words, told.light) == (standing.value, standing.words, standing.light)


def test_the_weekly_report_and_the_cockpit_differ_by_the_records_of_the_days_between(founders: Indicator) -> None:
    for serial, day in enumerate((date(2026, 5, 20), date(2026, 6, 7), DAY, DAY)):
        register(serial, TONGSHAN + 104000, day)
    compute_indicators(DAY)
    sunday = date(2026, 6, 7)
    week = line_of(founders, week_of(sunday), CITY, sunday)
    today = standings(on=DAY)
    cockpit = next(x for x in today if x.indicator == founders)
    assert (week.standing.value, week.added, cockpit.value) == (2, 1, 4)
    assert cockpit.value - week.standing.value == drill.added(founders, Period(DAY, DAY), CITY)


def test_recognitions_that_ran_out_are_said_to_be_the_valid_ones(founders: Indicator) -> None:
    carrier("甲园", TONGSHAN, "park", "provincial", date(2026, 6, 7))
    carrier("乙园", TONGSHAN, "park", "provincial", date(2027, 6, 7))
    compute_indicators(DAY)
    found = {x.indicator.definition: x for x in standings(on=DAY)}
    provincial = cells(line_of(found["parks-provincial"].indicator, week_of(DAY), CITY, DAY))
    assert provincial[2:4] == ("有效1个", "有效2个")
    assert last_words(found["parks-provincial"]) == "有效2个" and last_words(found["parks"]) == "2个"


def test_what_stands_for_less_than_last_year_is_amber_though_the_time_is_kept(founders: Indicator) -> None:
    carrier("甲园", TONGSHAN, "park", "provincial", date(2026, 6, 7))
    carrier("乙园", TONGSHAN, "park", "provincial", date(2027, 6, 7))
    compute_indicators(DAY)
    provincial = {x.indicator.definition: x for x in standings(on=DAY)}["parks-provincial"]
    assert (provincial.value, provincial.last_year, provincial.percent) == (1, 2, 50)
    assert (provincial.light, provincial.words) == ("warn", "比去年少1个")


def test_each_county_is_judged_by_the_time_and_the_city_stands_where_the_worst_does() -> None:
    indicator = Indicator(name="各地推介活动", target=Decimal(3), unit="次", kind="count", period="per_year")
    lights = [
        (Decimal(2), 66.7, "ok"),
        (Decimal(3), 100.0, "ok"),
        (Decimal(1), 33.3, "late"),
        (Decimal(1), 40.0, "warn"),
    ]
    each = [
        Standing(indicator, value, None, percent, 43.6, light, "", DAY, Decimal(3)) for value, percent, light in lights
    ]
    found = least_of(indicator, each)
    assert (found.words, found.light, found.value) == ("1个县达到，1个按进度，1个稍慢，1个滞后", "late", 1)
    assert least_of(indicator, each[:2]).words == "1个县达到，1个按进度"
    assert least_of(indicator, each[1:2]).words == "1个县都达到"


def test_every_number_that_is_read_has_its_definition(founders: Indicator, pack: Pack) -> None:
    """The fund's size stands inside a sentence about what is set up; an officer adds it by hand."""
    assert not Indicator.objects.filter(definition="").exists()
    assert set(pack.indicators) - set(Indicator.objects.values_list("definition", flat=True)) == {"science-fund"}


def test_a_part_of_another_indicator_says_of_what(founders: Indicator) -> None:
    assert Indicator.objects.get(definition="parks-provincial").full_name.endswith("：省级")
    assert founders.full_name == founders.name
