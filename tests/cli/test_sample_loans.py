"""The demonstration's loans: one partly repaid, one that waits to be paid out, one at the bank; the checks agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from guiyan.cases import checks
from guiyan.cases.models import Case
from guiyan.cli.sample import loans
from guiyan.cli.sample.people import Founder
from guiyan.kernel import jobs
from guiyan.lending import checks as lending_checks
from guiyan.lending import states
from guiyan.lending.models import Loan
from tests.cases import people


def test_the_loans_of_the_weeks_stand_in_three_states(
    scoped_db: object, at: Callable[[str], object], tmp_path: Path
) -> None:
    at("2026-05-18 09:00")
    people.with_list(tmp_path, as_of=date(2026, 5, 17))
    who = [people.a_returnee(n, name=f"示例{'甲乙丙'[n - 1]}") for n in (1, 2, 3)]
    founders = [Founder(one.subject_id, one.name) for one in who]
    asked = [loans.ask(one, n) for n, one in enumerate(founders[:2])]
    for case in asked:
        loans.agree(loans.check_and_refer(loans.accept(case)))
    at("2026-05-29 16:00")
    loans.pay_out(asked[0])
    at("2026-06-08 09:00")
    loans.repay_some(asked[0])
    loans.check_and_refer(loans.accept(loans.ask(founders[2], 2)))
    jobs.run_pending()
    assert list(Case.objects.order_by("id").values_list("state", flat=True)) == ["lent", "granted", "deciding"]
    loan = Loan.objects.get()
    assert (loan.outstanding_fen, loan.revision) == (70_000_00, 2)
    assert loan.standing_on(loan.from_on.replace(day=1, month=6)) == states.CURRENT
    assert [*checks.findings(), *lending_checks.findings()] == []
