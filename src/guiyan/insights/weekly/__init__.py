"""The weekly report: one page, written from the records, as data and as Word."""

from guiyan.insights.weekly.gather import WeeklyReport, weekly_report
from guiyan.insights.weekly.word import as_word

__all__ = ["WeeklyReport", "as_word", "weekly_report"]
