"""One loan's book as it is read: schedule beside repayments, and where the bank and our book differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Sum

from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.lending.allocating import met_in_full
from guiyan.lending.books import owed_of, paid_of
from guiyan.lending.models import Instalment, Loan, Repayment, Statement
from guiyan.lending.queries.loans import loans_for

MOST_COMPARED = 5_000


@dataclass(frozen=True)
class Line:
    """One instalment. state: paid, late, next or later."""

    instalment: Instalment
    state: str


@dataclass(frozen=True)
class Difference:
    """The bank's principal outstanding on a day beside ours."""

    loan: Loan
    on: date
    bank_fen: int
    book_fen: int

    @property
    def differs_fen(self) -> int:
        return self.bank_fen - self.book_fen


@dataclass(frozen=True)
class Book:
    lines: list[Line]
    repayments: list[Repayment]
    statement: Difference | None
    interest_due_fen: int
    interest_differs_fen: int
    totals: dict[str, int] = field(default_factory=dict)


def book_of(loan: Loan) -> Book:
    """Four queries, whatever the loan's length."""
    instalments = list(loan.instalments.filter(revision=loan.revision).order_by("line_no"))
    repayments = list(loan.repayments.select_related("report").order_by("on", "id"))
    standing = [row for row in repayments if row.void_at is None]
    met = len(met_in_full(owed_of(loan), paid_of(standing)))
    today = calendar.today()
    due = sum(one.interest_fen for one in instalments if one.due_on <= (loan.settled_on or today))
    return Book(
        lines=list(_lines(instalments, len(instalments) if loan.settled_on else met, today)),
        repayments=repayments,
        statement=next(iter(differences_of([loan])), None),
        interest_due_fen=due,
        interest_differs_fen=loan.interest_paid_fen - due if loan.settled_on else 0,
        totals={
            "principal": sum(one.principal_fen for one in instalments if not one.early),
            "interest": sum(one.interest_fen for one in instalments if not one.early),
        },
    )


def _lines(instalments: list[Instalment], met: int, today: date) -> Iterable[Line]:
    for place, one in enumerate(instalments):
        if place < met:
            yield Line(one, "paid")
        elif one.due_on < today:
            yield Line(one, "late")
        else:
            yield Line(one, "next" if place == met else "later")


def differences_of(loans: Iterable[Loan]) -> list[Difference]:
    """For each loan the latest balance its bank stated, beside our book of the same day. Two queries."""
    by_id = {loan.pk: loan for loan in loans}
    latest = Statement.objects.filter(loan_id__in=by_id).order_by("loan_id", "-on", "-id").distinct("loan_id")
    stated = {row.loan_id: row for row in latest}
    paid = defaultdict[int, int](int)
    sums = (
        Repayment.objects.filter(loan_id__in=stated, void_at=None)
        .values("loan_id", "on")
        .annotate(fen=Sum("principal_fen"))
    )
    for row in sums:
        if row["on"] <= stated[row["loan_id"]].on:
            paid[row["loan_id"]] += row["fen"]
    return [
        Difference(by_id[one], row.on, row.balance_fen, by_id[one].principal_fen - paid[one])
        for one, row in stated.items()
    ]


def differing_loans(actor: Actor, most: int = 50) -> list[Difference]:
    """The open loans whose bank states another balance than our book, the largest difference first. Three queries."""
    stated = Statement.objects.filter(loan=OuterRef("pk"))
    loans = loans_for(actor).filter(Exists(stated), settled_on=None).order_by("-id")[:MOST_COMPARED]
    found = [one for one in differences_of(loans) if one.differs_fen]
    return sorted(found, key=lambda one: (-abs(one.differs_fen), one.loan.pk))[:most]
