"""The working calendar of a pack: holidays and shifted working days (调休), year by year, by the State Council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Holiday(Frozen):
    """Days off in a row; both ends included."""

    name: str
    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Holiday:
        if self.last < self.first:
            raise ValueError(f"holiday {self.name} ends on {self.last}, before it starts on {self.first}")
        return self

    def days(self) -> Iterator[dt.date]:
        for offset in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(days=offset)


class Year(Frozen):
    source: str  # the notice that arranges this year
    holidays: tuple[Holiday, ...]
    workdays: tuple[dt.date, ...] = ()  # weekend days on which offices work

    @model_validator(mode="after")
    def shifted_days_are_weekend_days_outside_holidays(self) -> Year:
        off = {day for holiday in self.holidays for day in holiday.days()}
        for day in self.workdays:
            if day in off:
                raise ValueError(f"{day} is both a holiday and a shifted working day")
            if day.weekday() < 5:
                raise ValueError(f"{day} is a weekday already; only weekend days are shifted to work")
        return self


class Calendar(Frozen):
    years: dict[int, Year]

    @model_validator(mode="after")
    def days_lie_in_their_year(self) -> Calendar:
        for number, year in self.years.items():
            days = [*year.workdays, *(day for holiday in year.holidays for day in (holiday.first, holiday.last))]
            stray = [day for day in days if day.year != number]
            if stray:
                raise ValueError(f"{stray[0]} is listed under {number}; split a holiday at the turn of the year")
        return self
