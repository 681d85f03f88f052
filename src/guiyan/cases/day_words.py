"""Days as people read them in messages and decisions."""

from __future__ import annotations

from datetime import date


def long_day(day: date) -> str:
    """2026年6月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date) -> str:
    """6月9日."""
    return f"{day.month}月{day.day}日"
