"""Whether the business clock is what it should be."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.kernel.calendar.clock import is_movable, moves
from guiyan.kernel.checks import Finding


def findings() -> Iterator[Finding]:
    """A clock that was moved in a demo must not go on as a real installation: its records are dated by it."""
    if not is_movable() and moves():
        yield Finding("clock_moved", "clock", "业务时钟在演示中调整过，已有记录的时间不真实，本系统不能转为正式使用。")
