"""The day of publication is none of the period's; a day of it is over when it is over."""

from __future__ import annotations

from datetime import date

import pytest

from guiyan.kernel import calendar
from guiyan.notices.days import first_day
from guiyan.notices.models import Notice
from guiyan.portal.notices.news import left_words

WORKING = Notice(published_on=date(2026, 6, 5), until=date(2026, 6, 12), day_kind="working", days=5)
BY_DAYS = Notice(published_on=date(2026, 6, 5), until=date(2026, 6, 10), day_kind="calendar", days=5)


def test_the_period_begins_with_the_first_day_that_counts(scoped_db: object) -> None:
    working = calendar.calendar()
    assert first_day(WORKING, working) == date(2026, 6, 8)
    assert working.working_days_between(date(2026, 6, 7), WORKING.until) == WORKING.days


@pytest.mark.parametrize(
    ("notice", "today", "words"),
    [
        (WORKING, date(2026, 6, 5), "还有5个工作日"),
        (WORKING, date(2026, 6, 7), "还有5个工作日"),
        (WORKING, date(2026, 6, 8), "今天起还有5个工作日"),
        (WORKING, date(2026, 6, 11), "今天起还有2个工作日"),
        (WORKING, date(2026, 6, 12), "今天最后一天"),
        (BY_DAYS, date(2026, 6, 5), "还有5天"),
        (BY_DAYS, date(2026, 6, 7), "今天起还有4天"),
    ],
)
def test_what_is_left_counts_the_day_that_runs(scoped_db: object, notice: Notice, today: date, words: str) -> None:
    assert left_words(notice, today, calendar.calendar()) == words
