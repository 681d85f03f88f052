"""Whether a record is somebody's first: what the registers knew of its firm and of whom it names before it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guiyan.kernel import calendar, releases
from guiyan.outreach.records import Record
from guiyan.packs.trigger import Trigger
from guiyan.registers import queries as registers

FIRM_KNOWN = "这家单位以前登记过，已经在名录里"
FOUNDER_KNOWN = "创办人以前办过注册登记，不是第一次"
TOO_OLD = "登记日期早于{days}天前，只记入名录"


@dataclass
class Earlier:
    """Whom the registers knew before these records: firms by code, people by ID number. Grows as records are taken."""

    firms: set[str]
    people: set[str]


def earlier_of(trigger: Trigger, records: Sequence[Record]) -> Earlier:
    firms = registers.known_by_keys("credit_code", texts_of(trigger, "key", records))
    entered_ones = registers.entered_in(trigger.register_, firms.values())
    people = registers.known_by_keys("id_number", texts_of(trigger, "person", records))
    founded = registers.stood_in(trigger.first_by, people.values())
    return Earlier({t for t, i in firms.items() if i in entered_ones}, {t for t, i in people.items() if i in founded})


def texts_of(trigger: Trigger, what: str, records: Iterable[Record]) -> list[str]:
    name = key_of(trigger) if what == "key" else f"{trigger.first_by}_id_number"
    return [str(one.values[name]) for one in records if one.values.get(name)]


def key_of(trigger: Trigger) -> str:
    return releases.current().registers[trigger.register_].key_field or ""


def why_not_first(trigger: Trigger, record: Record, earlier: Earlier) -> str:
    """Empty for somebody's first; whoever it names counts as known from here on."""
    code, person = record.values.get(key_of(trigger)), record.values.get(f"{trigger.first_by}_id_number")
    since = record.values.get(trigger.dated)
    known = FIRM_KNOWN if code in earlier.firms else FOUNDER_KNOWN if person in earlier.people else ""
    if isinstance(person, str):
        earlier.people.add(person)
    if isinstance(code, str):
        earlier.firms.add(code)
    oldest = calendar.today() - timedelta(days=trigger.within_days)
    if not known and isinstance(since, date) and since < oldest:
        return TOO_OLD.format(days=trigger.within_days)
    return known
