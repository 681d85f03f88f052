"""Interest subsidy (贴息): which interest counts, and how much of it a quarter brings. Pure, to the fen.

Counted is interest that the borrower really paid, by its due day, for the part of the principal within the measure's
cap. A quarter gives what all interest up to its end earns, less what earlier quarters gave: what a bank states late is
made good in the next quarter, and nothing is given twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from guiyan.lending.allocating import Met, Owed, Paid, interest_met
from guiyan.lending.schedule import rounded


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def from_code(cls, text: str) -> Quarter:
        """2026Q2. Raises ValueError for anything else."""
        year, mark, number = text.partition("Q")
        if not (mark and year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
            raise ValueError(f"not a quarter: {text}")
        return cls(int(year), int(number))


@dataclass(frozen=True, slots=True)
class Share:
    """covered_fen of the principal_fen lie within the measure's cap; rate_percent of their interest is given."""

    principal_fen: int
    covered_fen: int
    rate_percent: Decimal

    def covered(self, interest_fen: int) -> int:
        """The part of the interest that was paid for the covered principal, fen fractions dropped."""
        return interest_fen * self.covered_fen // self.principal_fen

    def subsidy(self, covered_fen: int) -> int:
        return rounded(Fraction(self.rate_percent) / 100 * covered_fen)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """For one loan and quarter. basis_fen: interest that counts for the first time; amount_fen: what is due for it."""

    interest_fen: int
    basis_fen: int
    amount_fen: int


def on_time(owed: Sequence[Owed], paid: Sequence[Paid], until: date) -> list[Met]:
    """What was met on time of all instalments that fell due up to a day."""
    return [one for one in interest_met(owed, paid) if one.on_time and one.owed.due_on <= until]


def reckon(owed: Sequence[Owed], paid: Sequence[Paid], share: Share, quarter: Quarter, before: Reckoned) -> Reckoned:
    """before: the sums of all that was reckoned for the loan in earlier quarters."""
    interest = sum(one.interest_fen for one in on_time(owed, paid, quarter.last))
    basis = share.covered(interest)
    return Reckoned(interest - before.interest_fen, basis - before.basis_fen, share.subsidy(basis) - before.amount_fen)


NOTHING = Reckoned(0, 0, 0)
