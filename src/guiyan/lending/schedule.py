"""The repayment schedule of a loan: what is due on which day, to the fen. Pure.

Interest runs on the principal outstanding: by whole months, a twelfth of the yearly rate each whatever their length, or
by days of a year of 360, as the bank agreed. What is repaid early takes along the interest it has earned since the last
due day (利随本清); the rest goes on over the days that remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from guiyan.engine.rules.dates import months_after
from guiyan.lending import states

EVERY_MONTHS = {states.INTEREST_MONTHLY: 1, states.INTEREST_QUARTERLY: 3}
MOST_MONTHS = 360


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. rate_percent: a year. The end is the same day of the month, `months` later."""

    principal_fen: int
    rate_percent: Decimal
    from_on: date
    months: int
    method: str
    basis: str = states.BY_MONTH

    @property
    def to_on(self) -> date:
        return months_later(self.from_on, self.months)


@dataclass(frozen=True, slots=True)
class Early:
    """Principal repaid before it was due."""

    on: date
    principal_fen: int


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment. early: it fell due because the borrower repaid early on that day."""

    due_on: date
    principal_fen: int
    interest_fen: int
    early: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """One span between due days: (start, end], of so many whole months; `left` periods remain, this one included."""

    start: date
    end: date
    months: int
    left: int


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 31 January → 28 February → 31 March."""
    return date.fromordinal(months_after(day.toordinal(), months))


def build(terms: Terms, early: Iterable[Early] = ()) -> list[Due]:
    """Every instalment in order of its day; their principal adds up to the loan's, to the fen.

    Raises ValueError for terms nobody can mean: no principal, no month, a way of repayment that is not known, early
    repayments of more than is outstanding or outside the term.
    """
    refuse_senseless(terms)
    waiting, balance, fixed, due = sorted(early, key=lambda one: one.on), terms.principal_fen, 0, list[Due]()
    for period in periods_of(terms):
        inside = [one for one in waiting if period.start < one.on <= period.end]
        waiting = [one for one in waiting if one not in inside]
        for one in inside:
            row = early_row(terms, period, one, balance)
            due.append(row)
            balance, fixed = balance - row.principal_fen, 0
        if balance == 0:
            break
        fixed = fixed or level_payment(terms, balance, period.left)
        row = regular_row(terms, period, balance, fixed)
        due.append(row)
        balance -= row.principal_fen
    if waiting:
        raise ValueError(f"repaid early on {waiting[0].on}, outside the term or after it was all repaid")
    return due


def refuse_senseless(terms: Terms) -> None:
    if terms.principal_fen <= 0 or not 1 <= terms.months <= MOST_MONTHS or terms.rate_percent < 0:
        raise ValueError(f"no such loan: {terms}")
    if terms.method not in states.METHODS or terms.basis not in states.BASES:
        raise ValueError(f"unknown way of repayment {terms.method}, {terms.basis}; known: {', '.join(states.METHODS)}")


def periods_of(terms: Terms) -> Iterator[Period]:
    """From due day to due day; the last is shorter where the step does not divide the term."""
    step = terms.months if terms.method == states.AT_END else EVERY_MONTHS.get(terms.method, 1)
    ends = [*range(step, terms.months, step), terms.months]
    begins = [0, *ends[:-1]]
    for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        start, stop = months_later(terms.from_on, begin), months_later(terms.from_on, end)
        yield Period(start, stop, end - begin, len(ends) - place)


def part_of_year(terms: Terms, period: Period) -> Fraction:
    if terms.basis == states.BY_DAY:
        return Fraction((period.end - period.start).days, 360)
    return Fraction(period.months, 12)


def early_row(terms: Terms, period: Period, one: Early, balance: int) -> Due:
    if not 0 < one.principal_fen <= balance:
        raise ValueError(f"{one.principal_fen} fen repaid early on {one.on}, {balance} outstanding")
    share = Fraction((one.on - period.start).days, (period.end - period.start).days)
    earned = rounded(one.principal_fen * yearly(terms) * part_of_year(terms, period) * share)
    return Due(one.on, one.principal_fen, earned, early=True)


def regular_row(terms: Terms, period: Period, balance: int, fixed: int) -> Due:
    earned = rounded(balance * yearly(terms) * part_of_year(terms, period))
    return Due(period.end, principal_due(terms, period, balance, earned, fixed), earned)


def principal_due(terms: Terms, period: Period, balance: int, earned: int, fixed: int) -> int:
    """All that is left in the last period; before that what the way of repayment says, never more than is left."""
    if period.left == 1:
        return balance
    if terms.method == states.EQUAL_INSTALMENTS:
        return min(max(fixed - earned, 0), balance)
    if terms.method == states.EQUAL_PRINCIPAL:
        return min(fixed, balance)
    return 0


def level_payment(terms: Terms, balance: int, left: int) -> int:
    """What falls due each month from here on: principal and interest together, or principal alone; 0 for the others."""
    if terms.method == states.EQUAL_PRINCIPAL:
        return rounded(Fraction(balance, left))
    if terms.method != states.EQUAL_INSTALMENTS:
        return 0
    monthly = yearly(terms) / 12
    if monthly == 0:
        return rounded(Fraction(balance, left))
    # Decimal with 28 digits is exact enough for any loan and far quicker than a fraction to the power of 360.
    rate = Decimal(monthly.numerator) / Decimal(monthly.denominator)
    payment = balance * rate / (1 - (1 + rate) ** -left)
    return int(payment.quantize(Decimal(1), ROUND_HALF_UP))


def yearly(terms: Terms) -> Fraction:
    return Fraction(terms.rate_percent) / 100


def rounded(amount: Fraction) -> int:
    """To the fen, halves up; amounts here are never negative."""
    return int(amount + Fraction(1, 2))


def total_fen(due: Sequence[Due]) -> int:
    return sum(one.principal_fen + one.interest_fen for one in due)
