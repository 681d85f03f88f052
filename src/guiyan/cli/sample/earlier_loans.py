"""Loans from before the platform was there: this year's up to now, and last year's to compare them with."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from guiyan.accounts.models import Unit
from guiyan.cli.sample.people import HEROES
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.lending import states
from guiyan.lending.models import Instalment, Loan
from guiyan.lending.schedule import build, months_later
from guiyan.registers import queries as registers
from guiyan.registers.models import Subject

BANK, MEASURE, TITLE = "4212-demo-city-bank", "guarantee-loan-person", "个人创业担保贷款"
RECORDED_BY = "示例：平台启用以前的贷款"
LEAST, MOST, STEP_FEN = 15, 30, 1_000_000  # in 10,000 yuan: what a loan is; the most is the measure's
MONTHS, RATE = 36, Decimal("3.1")
GROWTH_PERCENT = 110  # this year's beside the same stretch of the last
REST_PERCENT = 60  # of that stretch: what the rest of last year brought


@dataclass(frozen=True)
class Wanted:
    """A loan to be made: on which day, how large."""

    on: date
    fen: int


@dataclass(frozen=True)
class Borrower:
    subject_id: int
    region: int
    registered_on: date


def fill_loans(reached_fen: Mapping[int, int], but_for: Collection[int] = ()) -> int:
    """Loans to founders, county by county, that add up to what each has reached; gives how many.

    reached_fen: county -> the sum lent this year. but_for: people who get none. Nothing where loans stand already.
    """
    if Loan.objects.exists():
        return 0
    today, waiting = calendar.today(), borrowers(but_for)
    made: list[Loan] = []
    for county, fen in sorted(reached_fen.items()):
        made += lent(county, wanted(county, fen, today), deque(waiting[county]))
    write(made)
    return len(made)


def borrowers(but_for: Collection[int]) -> Mapping[int, list[Borrower]]:
    """County -> founders, those who registered first first, each once."""
    found: dict[int, Borrower] = {}
    for row in registers.returnee_registrations():
        if row.registered_on and row.subject_id >= HEROES and row.subject_id not in but_for:
            found.setdefault(row.subject_id, Borrower(row.subject_id, row.region, row.registered_on))
    by_county: dict[int, list[Borrower]] = defaultdict(list)
    for one in sorted(found.values(), key=lambda one: (one.registered_on, one.subject_id)):
        by_county[one.region // 10**6 * 10**6].append(one)
    return by_county


def wanted(county: int, fen: int, today: date) -> list[Wanted]:
    """Three stretches, the oldest first: last year up to the end of the demonstration's weeks, its rest, this year."""
    random, new_year = Random(county), date(today.year, 1, 1)
    a_year_ago, before = date(today.year - 1, 6, 8), fen * 100 // GROWTH_PERCENT
    stretches = (
        (date(today.year - 1, 1, 4), a_year_ago, before),
        (a_year_ago + timedelta(days=1), new_year - timedelta(days=1), before * REST_PERCENT // 100),
        (new_year + timedelta(days=4), today - timedelta(days=3), fen),
    )
    return [one for start, end, total in stretches for one in sorted(parts(random, start, end, total), key=by_day)]


def by_day(one: Wanted) -> date:
    return one.on


def parts(random: Random, start: date, end: date, total: int) -> Iterator[Wanted]:
    """Loans on days of a stretch that add up to a total, in whole 10,000 yuan."""
    left = total // STEP_FEN
    while left > 0:
        size = min(random.randint(LEAST, MOST), left)
        left -= size
        yield Wanted(start + timedelta(days=random.randint(0, max((end - start).days, 0))), size * STEP_FEN)


def lent(county: int, loans: list[Wanted], waiting: deque[Borrower]) -> Iterator[Loan]:
    """Each to the next founder; to nobody when all have one."""
    serials: dict[int, int] = defaultdict(int)
    for one in loans:
        if not waiting:
            return
        serials[one.on.year] += 1
        yield loan(county, one, waiting.popleft(), serials[one.on.year])


def loan(county: int, one: Wanted, who: Borrower, serial: int) -> Loan:
    """All of it falls due at its end, so nothing of it is late."""
    end = months_later(one.on, MONTHS)
    return Loan(
        number=f"DK{county // 10**6}-{one.on.year}-{serial:05d}",
        title=TITLE,
        measure=MEASURE,
        subject_id=who.subject_id,
        beneficiary_id=who.subject_id,
        contract_no=f"CS{county // 10**6}{one.on.year}{serial:05d}",
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
        region=who.region,
    )


def write(made: list[Loan]) -> None:
    """The loans with their names and schedules, in two strokes."""
    if not made:
        return
    bank = Unit.objects.get(code=BANK)
    names = dict(Subject.objects.filter(pk__in=[x.subject_id for x in made]).values_list("pk", "display_name"))
    for one in made:
        one.bank, one.borrower = bank, names[one.subject_id]
    rows = Loan.objects.bulk_create(made, batch_size=500)
    Instalment.objects.bulk_create((due for row in rows for due in schedule(row)), batch_size=1000)
    detail = {"register": "loans", "count": str(len(rows))}
    city = releases.current().city
    audit.record(SYSTEM, "register.seed", f"pack:{city.id}", region=city.region, detail=detail)


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
