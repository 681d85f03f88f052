"""Periods: the year so far, the same stretch a year before, and how much of the time for a target is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends included."""

    start: date
    end: date


def year_to(day: date) -> Period:
    return Period(date(day.year, 1, 1), day)


def year_before(period: Period) -> Period:
    """The same stretch a year earlier; 29 February becomes the 28th."""
    return Period(_a_year_back(period.start), _a_year_back(period.end))


def last_year_end(period: Period) -> Period:
    """All up to the last day of the year before this one's."""
    return Period(date(period.end.year - 1, 1, 1), date(period.end.year - 1, 12, 31))


def _a_year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def months_of(period: Period) -> list[Period]:
    """The calendar months of a period, the last one as far as it goes."""
    found, start = [], period.start
    while start <= period.end:
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        found.append(Period(start, min(following - timedelta(days=1), period.end)))
        start = following
    return found


def time_percent(day: date, start: date, end: date) -> float:
    """How much of the time from `start` to `end` is over on `day`, 0 to 100."""
    if day < start:
        return 0.0
    whole = (end - start).days + 1
    return min(100.0, ((day - start).days + 1) / whole * 100)
