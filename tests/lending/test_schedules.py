"""Schedules add up to the fen, whatever the terms, the days of the months and what is repaid early."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.lending import states
from guiyan.lending.schedule import Due, Early, Terms, build, months_later

RATES = st.decimals(min_value=0, max_value=24, places=4)
TERMS = st.builds(
    Terms,
    principal_fen=st.integers(10_000, 500_000_000),
    rate_percent=RATES,
    from_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    months=st.integers(1, 60),
    method=st.sampled_from(sorted(states.METHODS)),
    basis=st.sampled_from(sorted(states.BASES)),
)


def terms(fen: int, rate: str, from_on: date, months: int, method: str, basis: str = states.BY_MONTH) -> Terms:
    return Terms(fen, Decimal(rate), from_on, months, method, basis)


@given(TERMS)
def test_the_principal_adds_up_and_nothing_is_below_zero(agreed: Terms) -> None:
    due = build(agreed)
    assert sum(one.principal_fen for one in due) == agreed.principal_fen
    assert all(one.principal_fen >= 0 and one.interest_fen >= 0 for one in due)
    assert [one.due_on for one in due] == sorted({one.due_on for one in due})
    assert due[-1].due_on == agreed.to_on


@given(TERMS, st.data())
def test_early_repayments_keep_the_sum_leave_the_past_alone_and_cost_no_interest(
    agreed: Terms, data: st.DataObject
) -> None:
    day = data.draw(st.dates(agreed.from_on + timedelta(days=1), agreed.to_on))
    before = build(agreed)
    left = agreed.principal_fen - sum(one.principal_fen for one in before if one.due_on < day)
    early = Early(day, data.draw(st.integers(1, left)))
    after = build(agreed, [early])
    assert sum(one.principal_fen for one in after) == agreed.principal_fen
    assert [one for one in after if one.due_on < day] == [one for one in before if one.due_on < day]
    assert sum(one.early for one in after) == 1
    # Each row rounds for itself, so the sums may differ by half a fen a row, but never by more.
    assert sum(x.interest_fen for x in after) <= sum(x.interest_fen for x in before) + len(after)
    if early.principal_fen == left:
        assert after[-1].due_on <= day


@given(TERMS)
def test_level_instalments_are_level(agreed: Terms) -> None:
    if agreed.method != states.EQUAL_INSTALMENTS or agreed.basis != states.BY_MONTH:
        return
    sums = {one.principal_fen + one.interest_fen for one in build(agreed)[:-1] if one.principal_fen > 0}
    assert len(sums) <= 2


def test_the_31st_and_the_end_of_february_keep_their_day() -> None:
    due = build(terms(1_200_00, "3", date(2027, 12, 31), 5, states.INTEREST_MONTHLY))
    assert [one.due_on for one in due] == [
        date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30), date(2028, 5, 31),
    ]  # fmt: skip
    assert months_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_later(date(2028, 2, 29), 48) == date(2032, 2, 29)


def test_known_figures() -> None:
    """10万元, 3.6% a year: 300元 a month; by days of a year of 360, 310元 in January."""
    day = date(2026, 1, 1)
    monthly = build(terms(100_000_00, "3.6", day, 12, states.INTEREST_MONTHLY))
    assert {one.interest_fen for one in monthly} == {300_00}
    assert monthly[-1] == Due(date(2027, 1, 1), 100_000_00, 300_00)
    by_day = build(terms(100_000_00, "3.6", day, 12, states.INTEREST_MONTHLY, states.BY_DAY))
    assert [one.interest_fen for one in by_day[:2]] == [310_00, 280_00]
    assert sum(one.interest_fen for one in by_day) == 3_650_00
    quarterly = build(terms(100_000_00, "3.6", day, 12, states.INTEREST_QUARTERLY))
    assert [one.interest_fen for one in quarterly] == [900_00] * 4
    assert build(terms(100_000_00, "3.6", day, 12, states.AT_END)) == [Due(date(2027, 1, 1), 100_000_00, 3_600_00)]
    level = build(terms(100_000_00, "3.6", day, 12, states.EQUAL_INSTALMENTS))
    assert {one.principal_fen + one.interest_fen for one in level[:-1]} == {8_496_73}
    assert level[0] == Due(date(2026, 2, 1), 8_196_73, 300_00)


def test_half_repaid_in_the_middle_of_a_month_takes_its_own_interest_along() -> None:
    agreed = terms(100_000_00, "3.6", date(2026, 6, 1), 3, states.INTEREST_MONTHLY)
    due = build(agreed, [Early(date(2026, 6, 16), 50_000_00)])
    assert due[0] == Due(date(2026, 6, 16), 50_000_00, 75_00, early=True)
    assert [one.interest_fen for one in due[1:]] == [150_00] * 3


@pytest.mark.parametrize(
    "early", [Early(date(2026, 6, 1), 1), Early(date(2026, 10, 1), 1), Early(date(2026, 7, 1), 101_00)]
)
def test_what_nobody_can_repay_early_is_refused(early: Early) -> None:
    with pytest.raises(ValueError, match="repaid early"):
        build(terms(100_00, "3.6", date(2026, 6, 1), 3, states.INTEREST_MONTHLY), [early])
