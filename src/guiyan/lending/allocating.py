"""Which repayment meets which instalment: the oldest debt first, principal and interest each for itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.lending import states


@dataclass(frozen=True, slots=True)
class Paid:
    """One repayment as the bank stated it."""

    id: int
    on: date
    principal_fen: int
    interest_fen: int
    kind: str = states.REPAID


@dataclass(frozen=True, slots=True)
class Owed:
    """One instalment as it stands in the schedule in force."""

    id: int
    due_on: date
    principal_fen: int
    interest_fen: int


@dataclass(frozen=True, slots=True)
class Met:
    """So much interest of an instalment was met by a repayment. on_time: by its due day, and by the borrower."""

    owed: Owed
    paid: Paid
    interest_fen: int

    @property
    def on_time(self) -> bool:
        return self.paid.on <= self.owed.due_on and self.paid.kind != states.CLAIMED


def interest_met(owed: Sequence[Owed], paid: Sequence[Paid]) -> Iterator[Met]:
    """Interest paid laid over interest due, both oldest first; what is paid beyond the schedule meets nothing."""
    debts = in_order(owed)
    still_open, place = [one.interest_fen for one in debts], 0
    for payment in sorted(paid, key=lambda one: (one.on, one.id)):
        left = payment.interest_fen
        while left and place < len(debts):
            taken = min(left, still_open[place])
            if taken:
                yield Met(debts[place], payment, taken)
            left -= taken
            still_open[place] -= taken
            place += still_open[place] == 0


def in_order(owed: Sequence[Owed]) -> list[Owed]:
    return sorted(owed, key=lambda one: (one.due_on, one.id))


SMALL_FEN = 100
"""Interest that is short by no more than this is a rounding of the bank's, not a debt: nobody is late for it."""


def met_in_full(owed: Sequence[Owed], paid: Sequence[Paid]) -> list[Owed]:
    """The instalments that are met, oldest first, up to the first that is not."""
    principal, earned = sum(one.principal_fen for one in paid), sum(one.interest_fen for one in paid)
    met = list[Owed]()
    for one in in_order(owed):
        principal, earned = principal - one.principal_fen, earned - one.interest_fen
        if principal < 0 or earned < -SMALL_FEN:
            break
        met.append(one)
    return met


def first_unmet(owed: Sequence[Owed], paid: Sequence[Paid]) -> date | None:
    """The day of the oldest instalment not met; None when all are."""
    left = in_order(owed)[len(met_in_full(owed, paid)) :]
    return left[0].due_on if left else None
