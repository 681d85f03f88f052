"""The business clock. Outside a demo it is the real clock and can't be moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

from guiyan.kernel.calendar.models import ClockMove

NOT_MOVED = dt.timedelta()
_held: ContextVar[dict[str, dt.timedelta] | None] = ContextVar("guiyan_clock_held", default=None)


def now() -> dt.datetime:
    """Business time, in the time zone of the city."""
    return timezone.localtime(timezone.now() + shift())


def today() -> dt.date:
    return now().date()


def is_movable() -> bool:
    return bool(settings.GUIYAN_DEMO)


def shift() -> dt.timedelta:
    """How far business time is from real time: one small query, or none inside `held`."""
    if not is_movable():
        return NOT_MOVED
    memory = _held.get()
    if memory is None:
        return stored_shift()
    if "shift" not in memory:
        memory["shift"] = stored_shift()
    return memory["shift"]


def stored_shift() -> dt.timedelta:
    last = ClockMove.objects.order_by("-id").values_list("to", "moved_at").first()
    return last[0] - last[1] if last else NOT_MOVED


@contextmanager
def held() -> Iterator[None]:
    """Ask the database for the clock's position once in this block: for a request or a job.

    Inside another such block it is the outer one's answer, and whoever moves the clock makes both ask again.
    """
    outer = _held.get()
    token = _held.set({} if outer is None else outer)
    try:
        yield
    finally:
        _held.reset(token)


def forget() -> None:
    """Ask again: the clock has been moved in this transaction."""
    memory = _held.get()
    if memory is not None:
        memory.clear()


def moves() -> list[ClockMove]:
    """The last hundred moves, newest first."""
    return list(ClockMove.objects.order_by("-id")[:100])
