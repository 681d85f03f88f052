"""Working days: weekends, holidays and shifted working days, and no guess beyond the years that are known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from guiyan.kernel.calendar import CalendarYearMissing, Skipped, WorkingCalendar
from guiyan.packs.calendar import Calendar

FILE = Path(__file__).parents[3] / "cities/xianning/calendar.yaml"
SPEC = Calendar.model_validate(yaml.load(FILE.read_text(), Loader=yaml.BaseLoader))
CALENDAR = WorkingCalendar.from_pack(SPEC, "cities/xianning/calendar.yaml")
DAYS_2026 = st.dates(dt.date(2026, 1, 1), dt.date(2026, 10, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-06-18", True),
        ("2026-06-19", False),  # Dragon Boat, a Friday
        ("2026-06-22", True),
        ("2026-02-14", True),  # a Saturday worked before the Spring Festival
        ("2026-02-23", False),  # a Monday of it
        ("2026-10-10", True),  # a Saturday
        ("2026-09-26", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
    ],
)
def test_holidays_and_shifted_days_are_as_arranged(text: str, works: bool) -> None:
    assert CALENDAR.is_working(day(text)) is works


def test_the_day_after_the_start_is_the_first_day() -> None:
    assert CALENDAR.add_working_days(day("2026-06-08"), 3) == day("2026-06-11")


def test_a_period_skips_the_weekend_and_the_holiday() -> None:
    assert CALENDAR.add_working_days(day("2026-06-17"), 2) == day("2026-06-22")
    assert CALENDAR.skipped(day("2026-06-17"), day("2026-06-22")) == [
        Skipped("端午节", day("2026-06-19"), day("2026-06-21"))
    ]


def test_a_year_that_nobody_entered_is_refused_by_its_name_and_file() -> None:
    with pytest.raises(CalendarYearMissing, match=r"2027年.*cities/xianning/calendar\.yaml"):
        CALENDAR.add_working_days(day("2026-12-30"), 5)


def test_a_period_that_ends_in_the_last_known_days_is_not_refused() -> None:
    assert CALENDAR.add_working_days(day("2026-12-30"), 1) == day("2026-12-31")


@given(DAYS_2026, st.integers(0, 30))
def test_adding_and_counting_agree(start: dt.date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.working_days_between(start, end) == count
    assert count == 0 or CALENDAR.is_working(end)


@given(DAYS_2026, st.integers(0, 40), st.integers(0, 40))
def test_counts_of_neighbouring_periods_add_up(start: dt.date, first: int, second: int) -> None:
    middle, end = start + dt.timedelta(first), start + dt.timedelta(first + second)
    total = CALENDAR.working_days_between(start, end)
    assert total == CALENDAR.working_days_between(start, middle) + CALENDAR.working_days_between(middle, end)


def test_days_are_only_counted_forward() -> None:
    with pytest.raises(ValueError, match="before"):
        CALENDAR.working_days_between(day("2026-06-09"), day("2026-06-08"))


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ({"source": "x", "holidays": [{"name": "a", "from": "2026-01-03", "to": "2026-01-01"}]}, "before it starts"),
        ({"source": "x", "holidays": [], "workdays": ["2026-06-09"]}, "a weekday already"),
        ({"source": "x", "holidays": [{"name": "a", "from": "2027-01-01", "to": "2027-01-01"}]}, "listed under 2026"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(year: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Calendar.model_validate({"years": {"2026": year}})
