"""One's own loan as her page shows it: what is owed next, the whole schedule, what is given of the interest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.cases import queries as cases
from guiyan.cases.queries import Case
from guiyan.kernel import calendar
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import queries, states
from guiyan.lending.models import Loan
from guiyan.lending.money_words import percent_words

WORDS = {"paid": "已还", "late": "逾期", "next": "下一期", "later": ""}


@dataclass(frozen=True)
class Due:
    """One line of the schedule; words: 已还, 逾期, 下一期 or nothing."""

    on: date
    principal_fen: int
    interest_fen: int
    total_fen: int
    words: str


@dataclass(frozen=True)
class Borrowed:
    """given: (quarter, fen) of each list that was confirmed; rate: what share of the interest is given, or nothing."""

    loan: Loan
    standing: str
    tone: str
    rate: str
    next_due: Due | None
    lines: list[Due]
    subsidy_rate: str
    given: list[tuple[str, int]]
    given_fen: int


def borrowed_of(case: Case) -> Borrowed | None:
    """Of her own case; the lists that a subsidy stands on are the county's, so they are read as the system."""
    loan = cases.loan_of(case)
    if loan is None:
        return None
    lines = [
        Due(x.due_on, x.principal_fen, x.interest_fen, x.total_fen, WORDS[line.state])
        for line in queries.book_of(loan).lines
        for x in (line.instalment,)
    ]
    with entered(Scope.system()):
        rows = [row for row in queries.subsidies_of_loan(loan) if row.quarter_list.confirmed_at is not None]
    code = loan.standing_on(calendar.today())
    return Borrowed(
        loan=loan,
        standing=states.STANDINGS[code],
        tone=states.TONES[code],
        rate=percent_words(loan.rate_percent),
        next_due=next((one for one in lines if one.words in (WORDS["late"], WORDS["next"])), None),
        lines=lines,
        subsidy_rate=percent_words(loan.subsidy_percent) if loan.subsidy_percent else "",
        given=[(row.quarter_list.label, row.amount_fen) for row in rows],
        given_fen=sum(row.amount_fen for row in rows),
    )
