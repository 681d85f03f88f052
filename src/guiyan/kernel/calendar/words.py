"""Days as people read them: the year is left out only when it is the present one of the business clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from guiyan.kernel.calendar.clock import today


def local(moment: date | datetime) -> date | datetime:
    """An aware datetime in the local zone; dates and naive datetimes as they are."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def long_day(day: date | datetime) -> str:
    """2026年6月9日."""
    day = local(day)
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date | datetime, this_year: int | None = None) -> str:
    """6月9日; 2025年9月14日 for a day of another year than this one."""
    day = local(day)
    year = this_year if this_year is not None else today().year
    return f"{day.month}月{day.day}日" if day.year == year else long_day(day)


def days_ago(day: date) -> str:
    """今天, 267天前; empty for a day to come."""
    days = (today() - day).days
    return "今天" if days == 0 else f"{days}天前" if days > 0 else ""
