"""Days in words: one rule for the year, wherever a day is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiyan.config.ui.formats import short_date_text
from guiyan.kernel.calendar import days_ago, short_day


def test_a_day_of_another_year_is_told_with_its_year(scoped_db: object, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    assert [short_day(day) for day in (date(2025, 9, 14), date(2026, 6, 9), date(2027, 1, 4))] == [
        "2025年9月14日",
        "6月9日",
        "2027年1月4日",
    ]
    assert short_date_text(date(2025, 9, 14), 2026) == short_day(date(2025, 9, 14))


def test_how_long_ago_a_day_was(scoped_db: object, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    assert [days_ago(day) for day in (date(2025, 9, 14), date(2026, 6, 8), date(2026, 6, 9))] == ["267天前", "今天", ""]
