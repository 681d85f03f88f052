"""How much time is left, as a light with words: counted in working days, late before today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.kernel import calendar


@dataclass(frozen=True)
class Light:
    """state: ok, warn, late, paused or idle, as the components draw it."""

    state: str
    words: str


def light_of(due_on: date | None, paused_reason: str = "") -> Light:
    """正常, 剩1天, 今天, 超期2天, 已暂停; nothing due is idle."""
    if paused_reason:
        return Light("paused", "已暂停")
    if due_on is None:
        return Light("idle", "不计时")
    today, working = calendar.today(), calendar.calendar()
    if due_on < today:
        late = working.working_days_between(due_on, today)
        return Light("late", f"超期{late}天" if late else "已到期")
    if due_on == today:
        return Light("warn", "今天")
    left = working.working_days_between(today, due_on)
    return Light("warn" if left <= 1 else "ok", f"剩{left}天")
