"""The days of a notice: the day of publication is told apart, the period begins with the first day that counts."""

from __future__ import annotations

from datetime import date, timedelta

from guiyan.kernel.calendar import WorkingCalendar
from guiyan.kernel.calendar.working import DayKind
from guiyan.notices.models import Notice


def kind_of(notice: Notice) -> DayKind:
    return "working" if notice.day_kind == "working" else "calendar"


def first_day(notice: Notice, working: WorkingCalendar) -> date:
    """The first day that counts."""
    return working.add(notice.published_on, 1, kind_of(notice))


def days_left(notice: Notice, today: date, working: WorkingCalendar) -> tuple[int, bool]:
    """How many days still count, and whether today is one of them: a day is over when it is over."""
    first = first_day(notice, working)
    counts_today = today >= first and (notice.day_kind != "working" or working.is_working(today))
    yesterday = max(today, first) - timedelta(days=1)
    return working.between(yesterday, notice.until, kind_of(notice)), counts_today
