"""What can be asked for by name. Names are stable: they are stored with the jobs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from guiyan.kernel import calendar

JobFunction = Callable[..., None]
TickFunction = Callable[[dt.datetime], None]

# 3, 9, 27, 81, 243, 729, 2187 seconds: an hour of patience, then a person looks at the page.
MOST_ATTEMPTS = 7


@dataclass(frozen=True)
class Job:
    """in_transaction: the whole run is one transaction under the system scope; else the function opens its own."""

    name: str
    label: str
    function: JobFunction
    most_attempts: int = MOST_ATTEMPTS
    in_transaction: bool = True


@dataclass(frozen=True)
class Periodic:
    name: str
    cron: str


_jobs: dict[str, Job] = {}
_ticks: dict[str, str] = {}  # what runs at each tick: its name → its job's name
_periodics: dict[str, Periodic] = {}


def job(
    name: str, *, label: str = "", most_attempts: int = MOST_ATTEMPTS, in_transaction: bool = True
) -> Callable[[JobFunction], JobFunction]:
    """Declare a job; `label` is what the page of jobs calls it."""

    def register(function: JobFunction) -> JobFunction:
        if name in _jobs and _jobs[name].function is not function:
            raise ValueError(f"there is a job {name} already")
        _jobs[name] = Job(name, label or name, function, most_attempts, in_transaction)
        return function

    return register


def on_tick(name: str, *, label: str = "") -> Callable[[TickFunction], TickFunction]:
    """Run the function each minute, and when the business clock is moved, with the business time."""

    def register(function: TickFunction) -> TickFunction:
        job(name, label=label, most_attempts=0)(lambda: function(calendar.now()))
        _ticks[name] = name
        return function

    return register


def every(
    seconds: int, *, name: str, label: str = "", in_transaction: bool = True
) -> Callable[[JobFunction], JobFunction]:
    """Run the function every so many seconds of real time, by one of the workers."""
    cron = cron_of(seconds)

    def register(function: JobFunction) -> JobFunction:
        job(name, label=label, most_attempts=0, in_transaction=in_transaction)(function)
        _periodics[name] = Periodic(name, cron)
        return function

    return register


def cron_of(seconds: int) -> str:
    """Seconds that divide a minute, minutes that divide an hour, or hours that divide a day."""
    if 0 < seconds < 60 and 60 % seconds == 0:
        return f"* * * * * */{seconds}"
    minutes, rest = divmod(seconds, 60)
    if rest == 0 and 0 < minutes < 60 and 60 % minutes == 0:
        return f"*/{minutes} * * * *"
    hours, rest = divmod(seconds, 3600)
    if rest == 0 and 0 < hours <= 24 and 24 % hours == 0:
        return f"0 */{hours} * * *" if hours < 24 else "0 0 * * *"
    raise ValueError(f"no schedule repeats evenly every {seconds} seconds")


def jobs() -> dict[str, Job]:
    return dict(_jobs)


def ticks() -> list[str]:
    return sorted(_ticks)


def periodics() -> list[Periodic]:
    return [_periodics[name] for name in sorted(_periodics)]


def label_of(name: str) -> str:
    return _jobs[name].label if name in _jobs else name
