"""People away for work as the channels of a city would report them: most by one office's system, some by several.

Every fifth is known to a household visit as well, some only to it or to herself; now and then a visit says something
else than the systems do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from guiyan.packs.register import Register
from guiyan.registers.sample.people import SamplePerson
from guiyan.registers.values import Value
from guiyan.registers.writing import Report

WISHES = ("thinking", "planned", "started")
NEEDS = ("funds", "site", "training", "sales", "staff", "advice")


def away_reports(register: Register, who: SamplePerson, last_day: date) -> Iterator[Report]:
    """Nothing of who came back; of the others at least one report."""
    if who.returned_on is not None:
        return
    number = who.serial
    basic: dict[str, Value] = {"name": who.name, "id_number": who.id_number, "home_region": who.hukou_region}
    work: dict[str, Value] = {"away_in": place_of(number), "works_in": who.works_in}
    visited, told = number % 5 == 0, number % 11 == 3
    alone = number % 13 == 5 and (visited or told)
    if not alone:
        yield from systems(register, {**basic, **work}, number, last_day)
    if visited:
        yield report(
            register, {**basic, **asked(who), "away_in": said_at_home(number)}, "visit", last_day, 30 + number % 90
        )
    if told:
        yield report(
            register, {**basic, **work, "mobile": who.phone, "has_wish": True}, "self", last_day, 12 + number % 60
        )


def systems(register: Register, values: dict[str, Value], number: int, last_day: date) -> Iterator[Report]:
    """The labour system knows most; the others a part each, and some whom it does not."""
    known = [source for source, every in (("shared", 3), ("poverty", 7), ("household", 4)) if number % every == 1]
    if number % 10 < 8 or not known:
        known.insert(0, "labour")
    for place, source in enumerate(known):
        yield report(register, values, source, last_day, 40 + 15 * place + number % 80)


def place_of(number: int) -> str:
    if number % 10 < 7:
        return "out_of_province"
    return "in_province" if number % 10 < 9 else "in_city"


def said_at_home(number: int) -> str:
    """One in four of those visited is somewhere else by now."""
    return "in_city" if number % 20 == 0 else place_of(number)


def asked(who: SamplePerson) -> dict[str, Value]:
    number, has_wish = who.serial, who.serial % 15 == 0
    values: dict[str, Value] = {
        "household": f"{number % 9 + 1}组{number % 40 + 1}号",
        "mobile": who.phone,
        "has_wish": has_wish,
        "has_credit": number % 4 != 1,
    }
    if has_wish:
        values |= {
            "wish": WISHES[number % 3],
            "has_ability": number % 2 == 0,
            "skill": who.skill or None,
            "needs": (NEEDS[number % 6], NEEDS[(number + 2) % 6]),
        }
    return values


def report(register: Register, values: dict[str, Value], source: str, last_day: date, age: int) -> Report:
    """Only what the city's register has, from a source that it declares; otherwise from its first."""
    held = {name: value for name, value in values.items() if name in register.fields and value is not None}
    known = source if source in register.sources else next(iter(register.sources))
    return Report(held, known, last_day - timedelta(days=age))
