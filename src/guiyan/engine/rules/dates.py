"""Dates by the calendar: a year after 29 February is 28 February; a period is full on its anniversary.

Days are ordinals (1 is 1 January of year 1), so that every ordered value of a rule is a whole number.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

LAST_DAY = dt.date.max.toordinal()


def months_after(day: int, months: int) -> int:
    """The same day of a later (or earlier) month, or that month's last day. Stops at the ends of the calendar."""
    start = dt.date.fromordinal(min(max(day, 1), LAST_DAY))
    months = min(max(months, -12 * 10_000), 12 * 10_000)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year < dt.MINYEAR:
        return 1
    if year > dt.MAXYEAR:
        return LAST_DAY
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last)).toordinal()


def years_after(day: int, years: int) -> int:
    return months_after(day, 12 * min(max(years, -10_000), 10_000))


def days_after(day: int, days: int) -> int:
    return min(max(day + days, 1), LAST_DAY)


def full_months(start: int, end: int) -> int:
    """Whole months from start to end: the largest n with months_after(start, n) <= end; negative backwards."""
    first, last = dt.date.fromordinal(start), dt.date.fromordinal(end)
    guess = (last.year - first.year) * 12 + last.month - first.month
    return guess if months_after(start, guess) <= end else guess - 1


def full_years(start: int, end: int) -> int:
    return full_months(start, end) // 12


@dataclass(frozen=True)
class Function:
    """`rises`: per argument, whether the result rises (1) or falls (-1) as it grows."""

    takes: tuple[str, ...]
    gives: str
    rises: tuple[int, ...]
    run: Callable[[int, int], int]


FUNCTIONS: dict[str, Function] = {
    "years_after": Function(("date", "int"), "date", (1, 1), years_after),
    "months_after": Function(("date", "int"), "date", (1, 1), months_after),
    "days_after": Function(("date", "int"), "date", (1, 1), days_after),
    "full_years": Function(("date", "date"), "int", (-1, 1), full_years),
    "full_months": Function(("date", "date"), "int", (-1, 1), full_months),
}
