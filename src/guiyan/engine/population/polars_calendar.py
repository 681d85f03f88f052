"""The functions of rules in Polars, over whole numbers; days are ordinals. The same as `rules.dates`, in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from guiyan.engine.population.polars_values import EPOCH
from guiyan.engine.rules.dates import LAST_DAY

FIRST_MONTH, LAST_MONTH = 12, 12 * 9999 + 11  # months since year 0, of the first and last year of the calendar
MOST_MONTHS, MOST_YEARS = 12 * 10_000, 10_000


def as_date(day: pl.Expr) -> pl.Expr:
    return (day - EPOCH).cast(pl.Int32).cast(pl.Date)


def within_calendar(day: pl.Expr) -> pl.Expr:
    return day.clip(1, LAST_DAY).cast(pl.Int64)


def months_after(day: pl.Expr, months: pl.Expr) -> pl.Expr:
    """The same day of that month, or its last day; the ends of the calendar beyond them."""
    return pl.map_batches([day, months], step_by_step, return_dtype=pl.Int64(), is_elementwise=True)


def step_by_step(series: Sequence[pl.Series]) -> pl.Series:
    """Each step a column, computed once: written as one expression, the same steps would be computed some ten times."""
    rows = 0 if any(each.is_empty() for each in series) else max(len(each) for each in series)
    day, months = (each.new_from_index(0, rows) if rows != len(each) == 1 else each for each in series)
    month, inside, first, next_ = pl.col("month"), pl.col("inside"), pl.col("first"), pl.col("next")
    steps = (
        [as_date(pl.col("day")).alias("start"), pl.col("months").clip(-MOST_MONTHS, MOST_MONTHS).cast(pl.Int64)],
        [(months_of(pl.col("start")) + pl.col("months")).alias("month")],
        [month.clip(FIRST_MONTH, LAST_MONTH).alias("inside")],
        [first_of(inside).alias("first"), first_of(inside + 1).alias("next")],
        [(first - 1 + pl.min_horizontal(pl.col("start").dt.day().cast(pl.Int64), next_ - first)).alias("found")],
        [pl.when(pl.col("start").is_not_null() & pl.col("months").is_not_null()).then("found").alias("found")],
        [
            pl.when(month < FIRST_MONTH)
            .then(1)
            .when(month > LAST_MONTH)
            .then(LAST_DAY)
            .otherwise("found")
            .alias("found")
        ],
    )
    frame = pl.DataFrame([day.alias("day"), months.alias("months")])
    for step in steps:
        frame = frame.with_columns(step)
    return frame["found"].cast(pl.Int64)


def months_of(date: pl.Expr) -> pl.Expr:
    return date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1


def first_of(month: pl.Expr) -> pl.Expr:
    """The ordinal of the first day of a month counted since year 0, by the rule of leap years."""
    march = month - 2  # years that begin in March have their leap day last
    year, place = march // 12, march % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * place + 2) // 5 - 305


def years_after(day: pl.Expr, years: pl.Expr) -> pl.Expr:
    return months_after(day, years.clip(-MOST_YEARS, MOST_YEARS).cast(pl.Int64) * 12)


def days_after(day: pl.Expr, days: pl.Expr) -> pl.Expr:
    return within_calendar(day + days)


def full_months(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Months between, one fewer if the day of the month isn't reached yet; a month's last day reaches any."""
    first, last = as_date(start), as_date(end)
    reached = (first.dt.day() <= last.dt.day()) | (last == last.dt.month_end())
    return months_of(last) - months_of(first) - (~reached).cast(pl.Int64)


def full_years(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return full_months(start, end) // 12


CALENDAR: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": lambda one, two: one + two,
    "-": lambda one, two: one - two,
    "*": lambda one, two: one * two,
    "years_after": years_after,
    "months_after": months_after,
    "days_after": days_after,
    "full_years": full_years,
    "full_months": full_months,
}
