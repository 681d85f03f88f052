"""The arithmetic of one clock: what is used, when it ends, what its light says. Pure, over a working calendar.

The day after the start is the first day. A clock stands still from the day after a pause up to the day it is resumed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guiyan.kernel.calendar.words import short_day
from guiyan.kernel.calendar.working import DayKind, Skipped, WorkingCalendar, days_after

LightName = Literal["ok", "warn", "late", "paused", "idle"]
CellState = Literal["used", "today", "left", "over"]


@dataclass(frozen=True)
class Pause:
    paused_on: dt.date
    resumed_on: dt.date | None
    reason: str


@dataclass(frozen=True)
class ClockRun:
    """One run of a clock, as stored."""

    id: str
    label: str
    started_on: dt.date
    days: int
    day_kind: DayKind = "working"
    warn_days: int = 1
    stopped_on: dt.date | None = None
    pauses: Sequence[Pause] = ()

    @property
    def standing(self) -> Pause | None:
        """The pause that is not over."""
        return next((pause for pause in self.pauses if pause.resumed_on is None), None)


@dataclass(frozen=True)
class Cell:
    """One day that counts; `day` is empty for days to come of a clock that stands still."""

    day: dt.date | None
    state: CellState


@dataclass(frozen=True)
class ClockView:
    """What pages show of a clock. light and words go to `{% light %}`; used, allowed and note to `{% clock %}`."""

    id: str
    label: str
    started_on: dt.date | None
    due_on: dt.date | None
    used: int
    allowed: int
    light: LightName
    words: str
    paused_reason: str
    cells: tuple[Cell, ...]
    skipped: tuple[Skipped, ...]
    note: str
    stopped_on: dt.date | None = None

    @property
    def running(self) -> bool:
        """Started and not stopped; a clock that stands still is running too."""
        return self.started_on is not None and self.stopped_on is None


def not_started(id: str, label: str, days: int) -> ClockView:
    return ClockView(id, label, None, None, 0, days, "idle", "未开始", "", (), (), "")


def uncounted(run: ClockRun, due: dt.date | None, today: dt.date, why: str) -> ClockView:
    """A clock that reaches into a year without calendar: its end, if that was settled before, and no numbers."""
    late = due is not None and (run.stopped_on or today) > due
    light: LightName = "late" if late else "paused" if due is None and run.stopped_on is None else "ok"
    words = {"late": "超期", "paused": "已暂停", "ok": "已停" if run.stopped_on else "未到期"}[light]
    reason = run.standing.reason if run.standing and run.stopped_on is None else ""
    return ClockView(
        run.id, run.label, run.started_on, due, 0, run.days, light, words, reason, (), (), why, run.stopped_on
    )


def used_days(run: ClockRun, upto: dt.date, calendar: WorkingCalendar) -> int:
    """Days used by the end of `upto`, without those on which the clock stood."""
    end = min(upto, run.stopped_on or upto)
    stood = sum(stood_days(run, pause, end, calendar) for pause in run.pauses)
    return calendar.between(run.started_on, max(run.started_on, end), run.day_kind) - stood


def stood_days(run: ClockRun, pause: Pause, end: dt.date, calendar: WorkingCalendar) -> int:
    until = min(pause.resumed_on or end, end)
    return calendar.between(pause.paused_on, until, run.day_kind) if until > pause.paused_on else 0


def due_on(run: ClockRun, calendar: WorkingCalendar) -> dt.date | None:
    """The last day of the period; None while it stands still, because nobody knows for how long."""
    if run.standing is not None:
        return None
    stood = sum(
        calendar.between(pause.paused_on, pause.resumed_on, run.day_kind) for pause in run.pauses if pause.resumed_on
    )
    return calendar.add(run.started_on, run.days + stood, run.day_kind)


def view(run: ClockRun, today: dt.date, calendar: WorkingCalendar) -> ClockView:
    due = due_on(run, calendar)
    last = run.stopped_on or today
    used = used_days(run, last, calendar)
    light, words = light_of(run, due, last, used, calendar)
    cells = cells_of(run, due, last, calendar)
    skipped = tuple(calendar.skipped(run.started_on, due)) if due and run.day_kind == "working" else ()
    return ClockView(
        id=run.id,
        label=run.label,
        started_on=run.started_on,
        due_on=due,
        used=used,
        allowed=run.days,
        light=light,
        words=words,
        paused_reason=run.standing.reason if run.standing and run.stopped_on is None else "",
        cells=cells,
        skipped=skipped,
        note=note_of(run, skipped, today.year),
        stopped_on=run.stopped_on,
    )


def light_of(
    run: ClockRun, due: dt.date | None, last: dt.date, used: int, calendar: WorkingCalendar
) -> tuple[LightName, str]:
    if due is None:
        return ("ok", f"用了{used}天") if run.stopped_on else ("paused", "已暂停")
    if last > due:
        # A deadline on a Friday is missed on Saturday already, though no working day has passed since.
        over = max(1, calendar.between(due, last, run.day_kind))
        return "late", f"超期{over}天办结" if run.stopped_on else f"超期{over}天"
    if run.stopped_on:
        return "ok", f"用了{used}天"
    left = calendar.between(last, due, run.day_kind)
    if last == due:
        return "warn", "今天到期"
    return ("warn", f"剩{left}天") if left <= run.warn_days else ("ok", "正常")


def cells_of(run: ClockRun, due: dt.date | None, last: dt.date, calendar: WorkingCalendar) -> tuple[Cell, ...]:
    """One cell for each day that counts, in order: used ones, today, those left, and those over the limit."""
    cells: list[Cell] = []
    for day in days_after(run.started_on, max(run.started_on, last, due or last)):
        counts = run.day_kind == "calendar" or calendar.is_working(day)
        if not counts or any(pause.paused_on < day <= (pause.resumed_on or day) for pause in run.pauses):
            continue
        if len(cells) >= run.days:
            if day <= last:
                cells.append(Cell(day, "over"))
        else:
            today = day == last and run.stopped_on is None
            cells.append(Cell(day, "today" if today else "used" if day <= last else "left"))
    cells += [Cell(None, "left")] * (run.days - len(cells))
    return tuple(cells)


def note_of(run: ClockRun, skipped: Sequence[Skipped], this_year: int) -> str:
    """Which days are not counted: 已跳过周末；6月19日端午节不计; with the year where it is not this one."""
    if run.day_kind == "calendar":
        return "按自然日计算"
    days = [f"{span(holiday, this_year)}{holiday.name}不计" for holiday in skipped]
    return "；".join(["按工作日计算，跳过周末", *days])


def span(holiday: Skipped, this_year: int) -> str:
    first, last = holiday.first, holiday.last
    if first == last:
        return short_day(first, this_year)
    return f"{short_day(first, this_year)}—{'' if first.month == last.month else f'{last.month}月'}{last.day}日"
