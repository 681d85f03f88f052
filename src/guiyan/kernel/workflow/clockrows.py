"""Clock rows as what the arithmetic takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from guiyan.kernel.calendar.working import DayKind
from guiyan.kernel.workflow.clockwork import ClockRun, Pause
from guiyan.kernel.workflow.models import ClockPause, ClockRow


def run_of(row: ClockRow, pauses: Iterable[ClockPause]) -> ClockRun:
    return ClockRun(
        id=row.clock,
        label=row.label,
        started_on=row.started_on,
        days=row.days,
        day_kind=cast(DayKind, row.day_kind),
        warn_days=row.warn_days,
        stopped_on=row.stopped_on,
        pauses=[Pause(pause.paused_on, pause.resumed_on, pause.reason) for pause in pauses],
    )
