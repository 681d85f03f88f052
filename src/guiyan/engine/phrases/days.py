"""Days in words: 自2025年1月1日起, 2024年12月31日及以前, 2025年1月1日至2026年12月31日."""

from __future__ import annotations

import datetime as dt
import re

from guiyan.engine.rules.tree import CompareOp

_TO = ("至", "到", "-", "~")
_DAY = re.compile(r"(?:自|从)?(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAY_AFTER: dict[str, CompareOp] = {
    **dict.fromkeys(("起", "(含)起", "及以后", "(含)以后", "以后(含)", "及之后", "(含)之后", "(含当日)以后"), ">="),
    **dict.fromkeys(("及以前", "(含)以前", "以前(含)", "及之前", "(含)之前", "之前(含)", "(含当日)以前"), "<="),
}


def day_at(chars: str, start: int) -> tuple[tuple[tuple[CompareOp, dt.date], ...], int] | None:
    """自2025年1月1日起, 2024年12月31日及以前, a stretch of days. 以前 and 以后 alone leave the day itself open."""
    first = _DAY.match(chars, start)
    one = _date(first)
    if first is None or one is None:
        return None
    mark = next((mark for mark in _TO if chars.startswith(mark, first.end())), "")
    last = _DAY.match(chars, first.end() + len(mark)) if mark else None
    two = _date(last)
    if last is not None and two is not None and one < two:
        return ((">=", one), ("<=", two)), last.end()
    after = next((w for w in sorted(_DAY_AFTER, key=len, reverse=True) if chars.startswith(w, first.end())), "")
    return (((_DAY_AFTER[after], one),), first.end() + len(after)) if after else None


def _date(found: re.Match[str] | None) -> dt.date | None:
    if found is None:
        return None
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
