"""What is taken of a bookable entry, and what is free; times alone, never whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, QuerySet, Sum

from guiyan.kernel import releases
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.packs.register_parts import Slots
from guiyan.registers.declared import key_of
from guiyan.registers.keeping.slots import bounds, closed_on, open_days
from guiyan.registers.queries.public_entries import answered_register
from guiyan.registers.tables import attributes_of, table_of
from guiyan.registers.values import SHANGHAI

Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class Day:
    """One day of an entry: what is taken, and what lies free between within the opening hours, from now on.

    closed: why it is not open at all that day; then nothing is free.
    """

    on: date
    taken: tuple[Period, ...]
    free: tuple[Period, ...]
    closed: str = ""


def days_of(register: Register, answered: Model, first: date, count: int, *, now: datetime) -> list[Day]:
    """`count` days from `first` of the entry `answered`; one query."""
    rule = slots_of(register)
    begin = datetime.combine(first, time(), SHANGHAI)
    end = begin + timedelta(days=count)
    with entered(Scope.system()):
        start, until = (attributes_of(name, False)[0] for name in (rule.from_, rule.to))
        rows = held(register, answered).filter(**{f"{start}__lt": end, f"{until}__gt": begin}).order_by(start)
        taken = [(a.astimezone(SHANGHAI), b.astimezone(SHANGHAI)) for a, b in rows.values_list(start, until)]
    days = open_days(rule, answered)
    return [a_day(rule, days, begin + timedelta(days=place), taken, now) for place in range(count)]


def a_day(rule: Slots, days: str, midnight: datetime, taken: Sequence[Period], now: datetime) -> Day:
    after = midnight + timedelta(days=1)
    here = tuple((max(a, midnight), min(b, after)) for a, b in taken if a < after and b > midnight)
    if why := closed_on(days, midnight.date()):
        return Day(midnight.date(), here, (), why)
    opens, closes = bounds(rule, midnight)
    free, at = [], max(opens, rounded_up(now.astimezone(SHANGHAI), rule.step_minutes))
    for start, end in here:
        if start > at:
            free.append((at, min(start, closes)))
        at = max(at, end)
    if at < closes:
        free.append((at, closes))
    return Day(midnight.date(), here, tuple((a, b) for a, b in free if a < b))


def rounded_up(moment: datetime, step: int) -> datetime:
    midnight = datetime.combine(moment.date(), time(), SHANGHAI)
    minutes = -(-int((moment - midnight).total_seconds()) // 60)
    return midnight + timedelta(minutes=-(-minutes // step) * step)


def hours_held(register: Register, answered: Model, year: int) -> int:
    """Hundredths of hours that begin in the year and were not taken back; within the entered scope."""
    rule = slots_of(register)
    if rule.hours is None:
        return 0
    start = attributes_of(rule.from_, False)[0]
    first, after = (datetime(one, 1, 1, tzinfo=SHANGHAI) for one in (year, year + 1))
    rows = held(register, answered).filter(**{f"{start}__gte": first, f"{start}__lt": after})
    return int(rows.aggregate(sum=Sum(attributes_of(rule.hours, False)[0]))["sum"] or 0)


def held(register: Register, answered: Model) -> QuerySet[Model]:
    """The bookings of one entry that nobody took back."""
    return answers_to_row(register, answered).exclude(level__in=slots_of(register).released)


def answers_to_row(register: Register, answered: Model) -> QuerySet[Model]:
    """The entries that name this one by its key."""
    assert register.answers is not None
    pack = releases.current()
    key = key_of(answered_register(pack, register))
    assert key is not None
    field = register.fields[register.answers.field]
    mine, theirs = attributes_of(key.id, key.encrypted)[-1], attributes_of(field.id, field.encrypted)[-1]
    value = getattr(answered, mine)
    rows = table_of(pack, register.id)._default_manager
    return rows.filter(**{theirs: value}) if value is not None else rows.none()


def slots_of(register: Register) -> Slots:
    assert register.answers is not None and register.answers.slots is not None
    return register.answers.slots
