"""Notices as short lines: those that run, then the results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from guiyan.kernel import calendar
from guiyan.kernel.calendar import short_day
from guiyan.notices import queries
from guiyan.notices.days import days_left, first_day
from guiyan.notices.models import Notice
from guiyan.portal.notices.phrases import Piece, phrases_of


@dataclass(frozen=True)
class NewsRow:
    """One line with its chip and its day."""

    phrases: list[list[Piece]]
    chip: str
    running: bool
    when: str
    href: str


def newest(count: int, today: date) -> list[NewsRow]:
    return rows_of(queries.published()[:count], today)


def rows_of(notices: Iterable[Notice], today: date) -> list[NewsRow]:
    working = calendar.calendar()
    return [row_of(one, today, working) for one in notices]


def row_of(notice: Notice, today: date, working: calendar.WorkingCalendar) -> NewsRow:
    if is_running(notice, today):
        when = f"{left_words(notice, today, working)}，到{short_day(notice.until)}"
        return NewsRow(phrases_of(notice.title), "公示中", True, when, reverse("portal:notice", args=[notice.number]))
    when = f"{short_day(first_day(notice, working))}—{short_day(notice.until)}"
    return NewsRow(phrases_of(notice.title), "已期满", False, when, reverse("portal:notice", args=[notice.number]))


def is_running(notice: Notice, today: date) -> bool:
    return notice.is_open and today <= notice.until


def left_words(notice: Notice, today: date, working: calendar.WorkingCalendar) -> str:
    """今天起还有5个工作日, 还有5个工作日 on a day that does not count, 今天最后一天."""
    if today == notice.until:
        return "今天最后一天"
    left, counts_today = days_left(notice, today, working)
    unit = "个工作日" if notice.day_kind == "working" else "天"
    return f"{'今天起' if counts_today else ''}还有{left}{unit}"
