"""A loan's book kept in step with its rows: the schedule in force, and what follows from the repayments."""

from __future__ import annotations

from datetime import date

from guiyan.kernel.errors import NotFound
from guiyan.lending import states
from guiyan.lending.allocating import Owed, Paid, first_unmet
from guiyan.lending.models import Instalment, Loan, Repayment
from guiyan.lending.schedule import Early, build

RENEWED = [
    "principal_paid_fen", "interest_paid_fen", "penalty_paid_fen", "revision", "next_due_on", "settled_on",
]  # fmt: skip


def locked(loan: Loan) -> Loan:
    """The loan as it is now, held until the transaction ends."""
    row = Loan.objects.select_for_update(of=("self",)).filter(pk=loan.pk).first()
    if row is None:
        raise NotFound
    return row


def standing_repayments(loan: Loan) -> list[Repayment]:
    """What counts: all that was not voided, oldest first."""
    return list(loan.repayments.filter(void_at=None).order_by("on", "id"))


def write_schedule(loan: Loan, early: list[Early] | None = None) -> None:
    """Write the schedule of the loan's present revision."""
    Instalment.objects.bulk_create(
        Instalment(
            loan=loan,
            revision=loan.revision,
            line_no=number,
            due_on=due.due_on,
            principal_fen=due.principal_fen,
            interest_fen=due.interest_fen,
            early=due.early,
            region=loan.region,
            bank_id=loan.bank_id,
            guarantor_id=loan.guarantor_id,
            subject_id=loan.subject_id,
        )
        for number, due in enumerate(build(loan.terms, early or []), start=1)
    )


def early_of(rows: list[Repayment]) -> list[Early]:
    return [Early(row.on, row.principal_fen) for row in rows if row.kind == states.EARLY]


def reschedule(loan: Loan) -> None:
    """A new revision of the schedule, after an early repayment or its voiding. Raises ValueError, as `build`."""
    loan.revision += 1
    write_schedule(loan, early_of(standing_repayments(loan)))


def renew(loan: Loan) -> None:
    """Sum the repayments up again and find the oldest instalment not met."""
    rows = standing_repayments(loan)
    loan.principal_paid_fen = sum(row.principal_fen for row in rows)
    loan.interest_paid_fen = sum(row.interest_fen for row in rows)
    loan.penalty_paid_fen = sum(row.penalty_fen for row in rows)
    loan.settled_on = settled_on(loan, rows)
    loan.next_due_on = None if loan.settled_on else first_unmet(owed_of(loan), paid_of(rows))
    loan.save(update_fields=RENEWED)


def settled_on(loan: Loan, rows: list[Repayment]) -> date | None:
    """The day the last of the principal came; whatever the bank's and our interest differ by is shown, not owed."""
    paid = 0
    for row in rows:
        paid += row.principal_fen
        if paid >= loan.principal_fen:
            return row.on
    return None


def owed_of(loan: Loan) -> list[Owed]:
    rows = Instalment.objects.filter(loan=loan, revision=loan.revision).order_by("line_no")
    return [Owed(row.line_no, row.due_on, row.principal_fen, row.interest_fen) for row in rows]


def paid_of(rows: list[Repayment]) -> list[Paid]:
    return [Paid(row.pk, row.on, row.principal_fen, row.interest_fen, row.kind) for row in rows]
