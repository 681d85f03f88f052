"""Counting working days: weekends, public holidays, and weekend days on which offices work (调休)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from guiyan.kernel.errors import Refused
from guiyan.packs.calendar import Calendar

DayKind = Literal["working", "calendar"]
ONE_DAY = dt.timedelta(days=1)


class CalendarYearMissing(Refused):
    """A date falls in a year whose holidays nobody has entered; nothing is guessed."""

    def __init__(self, year: int, file: str) -> None:
        super().__init__(
            f"工作日历还没有{year}年的放假安排，不能计算{year}年的期限。请在 {file} 补上{year}年的安排，再办理这一步。",
            code="calendar_year_missing",
        )
        self.year = year


@dataclass(frozen=True)
class Skipped:
    """A holiday that lies inside a period and is not counted."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class WorkingCalendar:
    """holidays: day off → its name; workdays: weekend days worked; years: the years that are known in full."""

    holidays: Mapping[dt.date, str]
    workdays: frozenset[dt.date]
    years: frozenset[int]
    file: str = "calendar.yaml"

    @classmethod
    def from_pack(cls, spec: Calendar | None, file: str) -> WorkingCalendar:
        years = spec.years if spec else {}
        off = {day: item.name for year in years.values() for item in year.holidays for day in item.days()}
        worked = frozenset(day for year in years.values() for day in year.workdays)
        return cls(off, worked, frozenset(years), file)

    def is_working(self, day: dt.date) -> bool:
        if day.year not in self.years:
            raise CalendarYearMissing(day.year, self.file)
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The day on which `count` working days have passed; the day after `day` is the first that can count."""
        if count < 0:
            raise ValueError(f"working days can only be added, not {count}")
        while count:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after `start`, up to and with `end`."""
        return sum(1 for day in days_after(start, end) if self.is_working(day))

    def add(self, day: dt.date, count: int, kind: DayKind) -> dt.date:
        return self.add_working_days(day, count) if kind == "working" else day + dt.timedelta(days=count)

    def between(self, start: dt.date, end: dt.date, kind: DayKind) -> int:
        return self.working_days_between(start, end) if kind == "working" else max(0, (end - start).days)

    def skipped(self, start: dt.date, end: dt.date) -> list[Skipped]:
        """The holidays after `start`, up to and with `end`, each once with its first and last day inside."""
        found: list[Skipped] = []
        for day in days_after(start, end):
            name = self.holidays.get(day)
            if name is None:
                continue
            if found and found[-1].name == name and found[-1].last + ONE_DAY == day:
                found[-1] = Skipped(name, found[-1].first, day)
            else:
                found.append(Skipped(name, day, day))
        return found


def days_after(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    if end < start:
        raise ValueError(f"{end} is before {start}")
    for offset in range(1, (end - start).days + 1):
        yield start + dt.timedelta(days=offset)


def calendar() -> WorkingCalendar:
    """The calendar of the release in force."""
    # Here, because releases are stored by the audit's clock, which is this package.
    from guiyan.kernel import releases

    return of_release(releases.current())


_built: dict[str, WorkingCalendar] = {}


def of_release(pack: object) -> WorkingCalendar:
    from guiyan.packs.pack import Pack

    assert isinstance(pack, Pack)
    if pack.digest not in _built:
        _built.clear()  # only the release in force is asked for
        _built[pack.digest] = WorkingCalendar.from_pack(pack.calendar, f"cities/{pack.city.id}/calendar.yaml")
    return _built[pack.digest]
