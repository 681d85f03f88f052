"""Interest subsidy: only what was paid on time, within the cap, once, to the fen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.lending import states
from guiyan.lending.allocating import Owed, Paid, interest_met
from guiyan.lending.schedule import Early, Terms, build
from guiyan.lending.subsidising import NOTHING, Quarter, Reckoned, Share, reckon

HALF = Decimal(50)


def owed(*rows: tuple[str, int]) -> list[Owed]:
    return [Owed(n, date.fromisoformat(day), 0, fen) for n, (day, fen) in enumerate(rows, start=1)]


def paid(*rows: tuple[str, int]) -> list[Paid]:
    return [Paid(n, date.fromisoformat(day), 0, fen) for n, (day, fen) in enumerate(rows, start=1)]


def share(principal: int = 100, covered: int = 100, rate: Decimal = HALF) -> Share:
    return Share(principal, covered, rate)


def test_late_interest_earns_nothing_and_the_days_after_do() -> None:
    debts = owed(("2026-04-10", 300_00), ("2026-05-10", 300_00), ("2026-06-10", 300_00))
    money = paid(("2026-04-10", 300_00), ("2026-05-11", 300_00), ("2026-06-09", 300_00))
    assert reckon(debts, money, share(), Quarter(2026, 2), NOTHING) == Reckoned(600_00, 600_00, 300_00)


def test_money_that_comes_meets_the_oldest_debt_first() -> None:
    debts, money = owed(("2026-04-10", 300), ("2026-05-10", 300)), paid(("2026-05-10", 400))
    assert [(one.owed.id, one.interest_fen, one.on_time) for one in interest_met(debts, money)] == [
        (1, 300, False), (2, 100, True),
    ]  # fmt: skip


def test_what_the_guarantor_paid_earns_nothing() -> None:
    claim = [Paid(1, date(2026, 4, 1), 0, 300, states.CLAIMED)]
    assert reckon(owed(("2026-04-10", 300)), claim, share(), Quarter(2026, 2), NOTHING) == NOTHING


def test_only_the_principal_within_the_cap_counts() -> None:
    """40万元 borrowed, 30万元 within the cap: three quarters of the interest, half of that is given."""
    found = reckon(
        owed(("2026-04-10", 1000_01)),
        paid(("2026-04-10", 1000_01)),
        share(400_000_00, 300_000_00),
        Quarter(2026, 2),
        NOTHING,
    )
    assert found == Reckoned(1000_01, 750_00, 375_00)


def test_what_the_bank_states_a_quarter_late_is_made_good_once() -> None:
    debts = owed(("2026-05-10", 300_00), ("2026-08-10", 300_00))
    first = reckon(debts, [], share(), Quarter(2026, 2), NOTHING)
    assert first == NOTHING
    late_told = paid(("2026-05-10", 300_00), ("2026-08-10", 300_00))
    second = reckon(debts, late_told, share(), Quarter(2026, 3), first)
    assert second.amount_fen == 300_00
    given = Reckoned(second.interest_fen, second.basis_fen, second.amount_fen)
    assert reckon(debts, late_told, share(), Quarter(2026, 4), given) == NOTHING


@given(
    st.integers(1, 50_000_000),
    st.decimals(min_value=0, max_value=10, places=2),
    st.dates(date(2023, 1, 1), date(2028, 12, 31)),
    st.integers(1, 36),
    st.sampled_from(sorted(states.METHODS)),
    st.integers(0, 40),
    st.floats(0.01, 1),
)
def test_quarter_after_quarter_gives_exactly_half_of_all_interest_paid_on_time(
    fen: int, rate: Decimal, begin: date, months: int, method: str, delay: int, part: float
) -> None:
    """Whoever pays each instalment so many days late, and something early on: the quarters add up to the whole."""
    terms = Terms(fen, rate, begin, months, method)
    early = [Early(begin + timedelta(days=1), max(1, int(fen * part)))]
    due = build(terms, early)
    debts = [Owed(n, one.due_on, one.principal_fen, one.interest_fen) for n, one in enumerate(due)]
    money = [
        Paid(n, one.due_on + timedelta(days=delay * (n % 2)), one.principal_fen, one.interest_fen)
        for n, one in enumerate(due)
    ]
    portion, total, quarter = Share(fen, max(1, fen * 3 // 4), HALF), NOTHING, Quarter.of(begin)
    while quarter.first <= due[-1].due_on:
        now = reckon(debts, money, portion, quarter, total)
        assert now.amount_fen >= 0
        total = Reckoned(*(a + b for a, b in zip(astuple(total), astuple(now), strict=True)))
        quarter = quarter.next()
    on_time = sum(one.interest_fen for one in interest_met(debts, money) if one.on_time)
    assert total == Reckoned(on_time, portion.covered(on_time), portion.subsidy(portion.covered(on_time)))
    assert total.amount_fen * 2 <= sum(one.interest_fen for one in due) + 1


def astuple(one: Reckoned) -> tuple[int, int, int]:
    return one.interest_fen, one.basis_fen, one.amount_fen


def test_quarters_know_their_days() -> None:
    assert (Quarter(2028, 1).first, Quarter(2028, 1).last) == (date(2028, 1, 1), date(2028, 3, 31))
    assert Quarter.of(date(2026, 12, 31)) == Quarter(2026, 4) and Quarter(2026, 4).next().code == "2027Q1"
    for wrong in ("2026Q5", "26Q1", "2026-1", "２０２６Q1", ""):
        with pytest.raises(ValueError, match="quarter"):
            Quarter.from_code(wrong)
