"""The one business clock and the working calendar.

`now()` and `today()` are the only clock of the business; demo and tests move it
(`kernel.clock_moves`), so no period is ever shortened.
"""

from guiyan.kernel.calendar.clock import held, is_movable, moves, now, today
from guiyan.kernel.calendar.words import days_ago, long_day, short_day
from guiyan.kernel.calendar.working import CalendarYearMissing, Skipped, WorkingCalendar, calendar

__all__ = [
    "CalendarYearMissing",
    "Skipped",
    "WorkingCalendar",
    "calendar",
    "days_ago",
    "held",
    "is_movable",
    "long_day",
    "moves",
    "now",
    "short_day",
    "today",
]
