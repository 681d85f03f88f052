"""Years and months by the calendar; functions of one date become cut-offs that mean the same."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.rules import Catalogue, parse
from guiyan.engine.rules import core as cores
from guiyan.engine.rules.closures import closure
from guiyan.engine.rules.compiled import ON_DAY_VARIABLE
from guiyan.engine.rules.core import Computed, Core, No, Variable
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.dates import days_after, full_months, full_years, months_after, years_after
from guiyan.engine.rules.resolve import Resolver

from .world import OPS, fact

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2020-02-28", 4, "2024-02-28"),
        ("2020-06-30", 5, "2025-06-30"),
        ("2024-02-29", -1, "2023-02-28"),
    ],
)
def test_a_year_on_is_the_same_day_or_the_last_of_february(start: str, years: int, expected: str) -> None:
    assert years_after(day(start), years) == day(expected)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-31", "2025-02-27", 0),
        ("2025-01-31", "2025-02-28", 1),
        ("2025-01-31", "2025-03-30", 1),
        ("2025-01-31", "2025-03-31", 2),
        ("2025-06-09", "2025-06-08", -1),
        ("2025-06-09", "2025-06-09", 0),
    ],
)
def test_a_month_is_full_on_its_day(start: str, end: str, months: int) -> None:
    assert full_months(day(start), day(end)) == months


def test_the_anniversary_is_included() -> None:
    assert full_years(day("2020-06-30"), day("2025-06-29")) == 4
    assert full_years(day("2020-06-30"), day("2025-06-30")) == 5
    assert full_years(day("2020-02-29"), day("2021-02-28")) == 1


def test_the_ends_of_the_calendar_stop_rather_than_fail() -> None:
    last, first = dt.date.max.toordinal(), 1
    assert years_after(last, 1) == last and years_after(first, -1) == first
    assert months_after(last, 10**9) == last and days_after(first, -5) == first


@given(DAYS, st.integers(0, 1200))
def test_full_months_is_the_largest_number_that_fits(start: dt.date, months: int) -> None:
    end = months_after(start.toordinal(), months)
    assert full_months(start.toordinal(), end) >= months
    assert full_months(start.toordinal(), end - 1) < max(months, 1)


WORLD = Catalogue(
    {
        each.id: each
        for each in (
            fact("born", "date"),
            fact("age", "int", derive="full_years(born, on_day)"),
            fact("months", "int", derive="full_months(born, on_day)"),
            fact("later", "date", derive="years_after(born, 5)"),
            fact("sooner", "date", derive="days_after(months_after(born, -3), 10)"),
        )
    }
)
BORN = Variable("born", bounds=(1, dt.date.max.toordinal()))
NUMBERED = st.builds(
    lambda name, op, number: f"{name} {op} {number}",
    st.sampled_from(["age", "months"]),
    st.sampled_from(OPS),
    st.integers(-3, 130),
)
DATED = st.builds(
    lambda name, op, date: f"{name} {op} '{date}'",
    st.sampled_from(["later", "sooner"]),
    st.sampled_from(OPS),
    DAYS,
)


def plain(core: Core) -> bool:
    """No function is left: an engine that knows only comparisons could run it."""
    match core:
        case cores.Test(_, left, right):
            return not isinstance(left, Computed) and not isinstance(right, Computed)
        case No(part):
            return plain(part)
    return all(plain(part) for part in getattr(core, "parts", ()))


@given(NUMBERED | DATED, DAYS, DAYS)
def test_cut_offs_answer_as_the_functions_do(rule: str, on: dt.date, born: dt.date) -> None:
    core = Resolver(WORLD).condition(parse(rule))
    cut = fixed_on(core, ON_DAY_VARIABLE, on.toordinal())
    known = {BORN: born.toordinal()}
    assert plain(cut)
    assert closure(cut)(known) == closure(core)({**known, ON_DAY_VARIABLE: on.toordinal()})
    assert closure(cut)({}) is None
