"""One clock: what is used, when it ends, what its light says; standing still costs no day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel.workflow.clockwork import ClockRun, Pause, due_on, not_started, used_days, view
from tests.kernel.calendar.test_working_days import CALENDAR, day

RUN = ClockRun("promise", "承诺办结", day("2026-06-08"), days=15)


@pytest.mark.parametrize(
    ("today", "light", "words"),
    [
        ("2026-06-08", "ok", "正常"),
        ("2026-06-26", "ok", "正常"),
        ("2026-06-29", "warn", "剩1天"),
        ("2026-06-30", "warn", "今天到期"),
        ("2026-07-01", "late", "超期1天"),
        ("2026-07-04", "late", "超期3天"),
    ],
)
def test_the_light_says_how_far_the_period_has_gone(today: str, light: str, words: str) -> None:
    shown = view(RUN, day(today), CALENDAR)
    assert (shown.light, shown.words) == (light, words)


def test_a_deadline_on_a_friday_is_missed_on_saturday() -> None:
    run = ClockRun("acceptance", "受理", day("2026-06-09"), days=3)
    assert due_on(run, CALENDAR) == day("2026-06-12")
    assert view(run, day("2026-06-13"), CALENDAR).words == "超期1天"


def test_a_clock_that_never_ran_says_so() -> None:
    assert not_started("notice", "公示", 5).words == "未开始"


def test_a_pause_names_its_reason_and_moves_the_end_by_the_days_it_stood() -> None:
    paused = replace(RUN, pauses=[Pause(day("2026-06-10"), None, "等待外省核对户籍")])
    shown = view(paused, day("2026-06-18"), CALENDAR)
    assert (shown.light, shown.words, shown.due_on, shown.used) == ("paused", "已暂停", None, 2)
    assert shown.paused_reason == "等待外省核对户籍"
    resumed = replace(RUN, pauses=[Pause(day("2026-06-10"), day("2026-06-16"), "等待外省核对户籍")])
    assert due_on(resumed, CALENDAR) == CALENDAR.add_working_days(day("2026-06-30"), 4)
    assert used_days(resumed, day("2026-06-16"), CALENDAR) == 2


def test_cells_are_one_for_each_day_that_counts() -> None:
    shown = view(replace(RUN, days=5), day("2026-06-17"), CALENDAR)
    assert [cell.state for cell in shown.cells] == ["used"] * 5 + ["over"] * 2
    ahead = view(replace(RUN, days=5), day("2026-06-10"), CALENDAR)
    assert [cell.state for cell in ahead.cells] == ["used", "today", "left", "left", "left"]


def test_the_note_names_the_holiday_that_is_skipped() -> None:
    assert view(RUN, day("2026-06-10"), CALENDAR).note == "按工作日计算，跳过周末；6月19日—21日端午节不计"


def test_a_stopped_clock_keeps_what_it_took() -> None:
    stopped = replace(RUN, stopped_on=day("2026-06-10"))
    shown = view(stopped, day("2026-08-01"), CALENDAR)
    assert (shown.running, shown.used, shown.light, shown.words) == (False, 2, "ok", "用了2天")


@st.composite
def runs(draw: st.DrawFn) -> tuple[ClockRun, dt.date]:
    """A run with pauses in order, the last of them perhaps open, and a day to look at it."""
    start = draw(st.dates(dt.date(2026, 1, 4), dt.date(2026, 6, 30)))
    here, pauses = start, []
    for _ in range(draw(st.integers(0, 3))):
        paused = here + dt.timedelta(draw(st.integers(0, 9)))
        resumed = paused + dt.timedelta(draw(st.integers(0, 9)))
        pauses.append(Pause(paused, resumed, "核查"))
        here = resumed
    if draw(st.booleans()):
        here += dt.timedelta(draw(st.integers(0, 9)))
        pauses.append(Pause(here, None, "核查"))
    kind = draw(st.sampled_from(["working", "calendar"]))
    run = ClockRun("c", "钟", start, draw(st.integers(1, 20)), kind, pauses=tuple(pauses))
    return run, here + dt.timedelta(draw(st.integers(0, 30)))


@given(runs())
def test_used_days_are_never_negative_and_never_fall(drawn: tuple[ClockRun, dt.date]) -> None:
    run, today = drawn
    length = (today - run.started_on).days
    used = [used_days(run, run.started_on + dt.timedelta(n), CALENDAR) for n in range(length + 1)]
    assert used[0] == 0
    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(used))


@given(runs())
def test_the_period_is_used_up_exactly_on_its_last_day(drawn: tuple[ClockRun, dt.date]) -> None:
    run, _ = drawn
    due = due_on(run, CALENDAR)
    assert (due is None) == (run.standing is not None)
    if due is not None and due >= last_resumed(run.pauses, run.started_on):
        assert used_days(run, due, CALENDAR) == run.days


@given(runs())
def test_cells_and_numbers_tell_the_same(drawn: tuple[ClockRun, dt.date]) -> None:
    run, today = drawn
    shown = view(run, today, CALENDAR)
    assert sum(cell.state in ("used", "today", "over") for cell in shown.cells) == shown.used
    assert len(shown.cells) >= run.days


def last_resumed(pauses: Sequence[Pause], start: dt.date) -> dt.date:
    return max((pause.resumed_on for pause in pauses if pause.resumed_on), default=start)
