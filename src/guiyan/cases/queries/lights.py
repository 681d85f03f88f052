"""How much time is left, as a light with words: counted in working days, late before today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from guiyan.kernel import calendar
from guiyan.kernel.calendar import CalendarYearMissing


@dataclass(frozen=True)
class Light:
    """state: ok, warn, late, paused or idle, as the components draw it. clock: which time limit it tells of."""

    state: str
    words: str
    clock: str = ""


class Lights:
    """Lights for a whole list: the day and the calendar are asked for once."""

    def __init__(self) -> None:
        self.today, self.working = calendar.today(), calendar.calendar()

    def of(self, due_on: date | None, paused_reason: str = "", clock: str = "") -> Light:
        """剩3天, 今天, 超期2天, 已暂停; what has no day is idle."""
        return replace(self._plain(due_on, paused_reason), clock=clock)

    def _plain(self, due_on: date | None, paused_reason: str) -> Light:
        if paused_reason:
            return Light("paused", "已暂停")
        if due_on is None:
            return Light("idle", "不计时")
        if due_on == self.today:
            return Light("warn", "今天")
        try:
            return self._counted(due_on)
        except CalendarYearMissing:
            return Light("late", "超期") if due_on < self.today else Light("ok", "未到期")

    def _counted(self, due_on: date) -> Light:
        if due_on < self.today:
            late = self.working.working_days_between(due_on, self.today)
            return Light("late", f"超期{max(1, late)}天")
        left = self.working.working_days_between(self.today, due_on)
        return Light("warn" if left <= 1 else "ok", f"剩{left}天")


def light_of(due_on: date | None, paused_reason: str = "", clock: str = "") -> Light:
    """The light of one thing by itself."""
    return Lights().of(due_on, paused_reason, clock)
