"""Time and lights: a leap day, a first day, a last day, and the printed rule."""

from __future__ import annotations

from datetime import date

import pytest

from guiyan.insights.periods import Period, months_of, time_percent, week_of, year_before, year_to
from guiyan.insights.standing import light_of


def test_the_same_stretch_a_year_before_a_leap_day_ends_on_the_28th() -> None:
    assert year_before(year_to(date(2028, 2, 29))) == Period(date(2027, 1, 1), date(2027, 2, 28))


def test_a_week_runs_from_monday_to_sunday_over_the_turn_of_a_year() -> None:
    assert week_of(date(2027, 1, 1)) == Period(date(2026, 12, 28), date(2027, 1, 3))


def test_the_months_of_a_stretch_meet_and_the_last_ends_with_it() -> None:
    months = months_of(Period(date(2026, 1, 1), date(2026, 3, 8)))
    assert [(m.start.month, m.end.day) for m in months] == [(1, 31), (2, 28), (3, 8)]


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2025, 12, 31), 0.0), (date(2026, 12, 31), 100.0), (date(2027, 5, 1), 100.0)],
)
def test_time_starts_at_nothing_and_ends_at_a_hundred(day: date, percent: float) -> None:
    assert time_percent(day, date(2026, 1, 1), date(2026, 12, 31)) == percent


@pytest.mark.parametrize(
    ("percent", "gone", "state"),
    [
        (None, 40.0, "idle"),
        (40.0, 40.0, "ok"),
        (35.0, 40.0, "warn"),
        (34.9, 40.0, "late"),
        (100.0, 100.0, "ok"),
        (120.0, 50.0, "ok"),
    ],
)
def test_the_light_follows_the_printed_rule_at_its_edges(percent: float | None, gone: float, state: str) -> None:
    assert light_of(percent, gone)[0] == state
