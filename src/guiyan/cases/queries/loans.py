"""Reading the cases of loans: what the office sent out, by when an answer is due, whom it may be sent to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guiyan.accounts.models import Unit
from guiyan.cases import borrowing
from guiyan.cases.models import Case
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import queries as lending
from guiyan.lending.models import Loan, Referral


def is_loan(case: Case) -> bool:
    """Whether a bank's loan is what it ends in."""
    return borrowing.is_loan(case)


def due_days(case_refs: Sequence[str]) -> dict[str, date | None]:
    """case_ref -> the day its present step is due; for a bank, which sees nothing else of the case. One query."""
    ids = {int(ref.removeprefix("case:")) for ref in case_refs if ref.startswith("case:")}
    with entered(Scope.system()):
        return {f"case:{pk}": due for pk, due in Case.objects.filter(pk__in=ids).values_list("pk", "due_on")}


def lenders_for(case: Case, role: str) -> list[Unit]:
    """Banks or guarantors it may be sent to, the nearest first."""
    return borrowing.lenders_for(case, role)


def referrals_of(case: Case) -> list[Referral]:
    """What was sent out for the case and what came back, newest first; within the entered scope."""
    return list(reversed(lending.referrals_of_case(case.ref))) if is_loan(case) else []


def loan_of(case: Case) -> Loan | None:
    """The loan that came of it; within the entered scope."""
    return lending.loan_of_case(case.ref) if is_loan(case) else None
