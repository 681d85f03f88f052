"""Loans from before the platform was there: this year's up to now, and last year's to compare them with."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from guiyan.cli.sample.people import HEROES
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM
from guiyan.lending.earlier import EarlierLoan, record_earlier_loans
from guiyan.registers import queries as registers

BANK, MEASURE, TITLE = "4212-demo-city-bank", "guarantee-loan-person", "个人创业担保贷款"
LEAST, MOST, STEP_FEN = 20, 30, 1_000_000  # in 10,000 yuan: what a loan is; the most is the measure's
GROWTH_PERCENT = 110  # this year's beside the same stretch of the last
REST_PERCENT = 30  # of that stretch: what the rest of last year brought


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
    today, waiting = calendar.today(), borrowers(but_for)
    names = registers.names_of_subjects(who.subject_id for found in waiting.values() for who in found)
    made: list[EarlierLoan] = []
    for county, fen in sorted(reached_fen.items()):
        made += lent(wanted(county, fen, today), deque(waiting[county]), names)
    return record_earlier_loans(SYSTEM, loans=made, bank=BANK, measure=MEASURE, title=TITLE)


def borrowers(but_for: Collection[int]) -> Mapping[int, list[Borrower]]:
    """County -> founders, those who registered last first, each once."""
    found: dict[int, Borrower] = {}
    for row in registers.returnee_registrations():
        if row.registered_on and row.subject_id >= HEROES and row.subject_id not in but_for:
            found.setdefault(row.subject_id, Borrower(row.subject_id, row.region, row.registered_on))
    by_county: dict[int, list[Borrower]] = defaultdict(list)
    for one in sorted(found.values(), key=lambda one: (one.registered_on, one.subject_id), reverse=True):
        by_county[one.region // 10**6 * 10**6].append(one)
    return by_county


def wanted(county: int, fen: int, today: date) -> list[Wanted]:
    """Three stretches, the newest loan first: this year, the rest of last year, last year up to the same weeks."""
    random, new_year = Random(county), date(today.year, 1, 1)
    a_year_ago, before = date(today.year - 1, 6, 8), fen * 100 // GROWTH_PERCENT
    stretches = (
        (date(today.year - 1, 1, 4), a_year_ago, before),
        (a_year_ago + timedelta(days=1), new_year - timedelta(days=1), before * REST_PERCENT // 100),
        (new_year + timedelta(days=4), today - timedelta(days=3), fen),
    )
    found = [one for start, end, total in stretches for one in parts(random, start, end, total)]
    return sorted(found, key=by_day, reverse=True)


def by_day(one: Wanted) -> date:
    return one.on


def parts(random: Random, start: date, end: date, total: int) -> Iterator[Wanted]:
    """Loans on days of a stretch that add up to a total, in whole 10,000 yuan."""
    left = total // STEP_FEN
    while left > 0:
        size = min(random.randint(LEAST, MOST), left)
        left -= size
        yield Wanted(start + timedelta(days=random.randint(0, max((end - start).days, 0))), size * STEP_FEN)


def lent(loans: list[Wanted], waiting: deque[Borrower], names: Mapping[int, str]) -> list[EarlierLoan]:
    """Each to the newest founder of that day who has none; the oldest to nobody when all have one. Numbered by day."""
    pairs: list[tuple[Wanted, Borrower]] = []
    for one in loans:
        while waiting and waiting[0].registered_on > one.on:
            waiting.popleft()
        if waiting:
            pairs.append((one, waiting.popleft()))
    serials: dict[int, int] = defaultdict(int)
    made = []
    for one, who in reversed(pairs):
        serials[one.on.year] += 1
        made.append(
            EarlierLoan(who.subject_id, names[who.subject_id], who.region, one.on, serials[one.on.year], one.fen)
        )
    return made
