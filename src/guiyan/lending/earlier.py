"""Loans of a demonstration from before the platform was there: without a case, each falling due at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from guiyan.accounts.models import Unit
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.lending import states
from guiyan.lending.models import Instalment, Loan
from guiyan.lending.schedule import build, months_later

MONTHS, RATE, PIECE = 36, Decimal("3.1"), 500
RECORDED_BY = "示例：平台启用以前的贷款"


@dataclass(frozen=True)
class EarlierLoan:
    """serial: among the county's loans of the year. region: where the borrower lives, in that county."""

    subject_id: int
    borrower: str
    region: int
    on: date
    serial: int
    fen: int

    @property
    def place_and_year(self) -> str:
        return f"{self.region // 10**6}-{self.on.year}"


@transaction.atomic
def record_earlier_loans(actor: Actor, *, loans: Iterable[EarlierLoan], bank: str, measure: str, title: str) -> int:
    """Write the loans with their schedules; gives how many. Nothing where any loan stands already.

    bank: the code of the unit. Raises Refused in a city whose pack is not for a demonstration.
    """
    city = releases.current().city
    if not city.sample:
        raise Refused(f"{city.name}的城市包不是演示用的（sample: true），不能填入示例贷款。", "no-sample")
    if Loan.objects.exists():
        return 0
    lender = Unit.objects.get(code=bank)
    rows = Loan.objects.bulk_create((row_of(x, lender, measure, title) for x in loans), batch_size=PIECE)
    Instalment.objects.bulk_create((due for row in rows for due in schedule(row)), batch_size=PIECE)
    audit.record(actor, "register.seed", f"pack:{city.id}", region=city.region, detail={"register": "loans"})
    return len(rows)


def row_of(one: EarlierLoan, bank: Unit, measure: str, title: str) -> Loan:
    end = months_later(one.on, MONTHS)
    return Loan(
        number=f"DK{one.place_and_year}-{one.serial:05d}",
        title=title,
        measure=measure,
        subject_id=one.subject_id,
        beneficiary_id=one.subject_id,
        borrower=one.borrower,
        bank=bank,
        contract_no=f"CS{one.place_and_year}-{one.serial:05d}",
        principal_fen=one.fen,
        covered_fen=one.fen,
        rate_percent=RATE,
        from_on=one.on,
        months=MONTHS,
        to_on=end,
        next_due_on=end,
        method=states.AT_END,
        recorded_at=timezone.make_aware(datetime.combine(one.on, time(16))),
        recorded_by_label=RECORDED_BY,
        region=one.region,
    )


def schedule(row: Loan) -> Iterator[Instalment]:
    for number, due in enumerate(build(row.terms), start=1):
        yield Instalment(
            loan=row,
            line_no=number,
            due_on=due.due_on,
            principal_fen=due.principal_fen,
            interest_fen=due.interest_fen,
            region=row.region,
            bank_id=row.bank_id,
            subject_id=row.subject_id,
        )
