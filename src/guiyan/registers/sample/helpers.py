"""Invented specialists and mentors: one or more in each town, some in each county, a few for the city.

Brought in as one report for each register, through the same path as the people of the sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotFound
from guiyan.packs.pack import Pack
from guiyan.registers.sample.names import person_name
from guiyan.registers.sample.numbers import id_number, phone
from guiyan.registers.values import Value
from guiyan.registers.writing import Report, take

BORN = date(1982, 4, 6)
SERIAL = 930_000
SECOND = 240
"""People of one birthday: women from 240 on are specialists, men from 240 on are mentors."""
TRADES = ("A", "C", "F", "G", "H", "I", "O")
BACKGROUNDS = ("entrepreneur", "expert", "founder", "lecturer")
WORK = ("农业技术推广中心", "竹木加工厂", "民宿协会", "电商产业园", "职业技术学院", "家政服务公司", "物流园")
PER_SPECIALIST = 60
PER_MENTOR = 60


def fill_helpers(pack: Pack, *, people: Mapping[int, int], account: str, town: int) -> tuple[int, int]:
    """Enough helpers for `people` (town → how many came back there). Gives how many of either kind.

    account, town: the demonstration's specialist, who has her town for herself.
    """
    if "specialist" not in pack.registers or "mentor" not in pack.registers:
        raise NotFound("城市包没有声明专员和导师名录。")
    specialists: list[Report] = []
    mentors: list[Report] = []
    random = Random(pack.city.region)
    counties: dict[int, int] = {}
    for place, number in sorted(people.items()):
        counties[place - place % 1_000_000] = counties.get(place - place % 1_000_000, 0) + number
        for _ in range(1 if place == town else -(-number // PER_SPECIALIST)):
            own = account if place == town else ""
            most = number if own else PER_SPECIALIST
            specialists.append(specialist(pack, random, len(specialists), place, most, own))
    for county, number in sorted(counties.items()):
        for each in range(-(-number // PER_MENTOR) + 1):
            trades = (TRADES[each % 7], TRADES[(each + 3) % 7])
            mentors.append(mentor(random, len(mentors), county, "county", trades))
    for each in range(len(TRADES)):
        mentors.append(mentor(random, len(mentors), pack.city.region, "city", (TRADES[each],)))
    take_helpers(pack, "specialist", specialists)
    take_helpers(pack, "mentor", mentors)
    return len(specialists), len(mentors)


def take_helpers(pack: Pack, register: str, reports: Sequence[Report]) -> None:
    take(pack, pack.registers[register], reports, region=pack.city.region)
    detail = {"register": register, "count": str(len(reports))}
    audit.record(SYSTEM, "register.seed", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)


def specialist(pack: Pack, random: Random, serial: int, place: int, most: int, account: str) -> Report:
    region = pack.regions.get(place)
    name = pack.demo[account].name if account in pack.demo else person_name(random, "女", BORN.year)
    values: dict[str, Value] = {
        "name": name,
        "id_number": number(serial, "女"),
        "work_unit": f"{region.name if region else ''}便民服务中心",
        "serves_region": place,
        "capacity": most + 5,
        "contact_phone": phone(SERIAL + serial),
        "since": date(2026, 1, 5),
    }
    if account:
        values["account"] = account
    return Report(values, "town", date(2026, 1, 5))


def mentor(random: Random, serial: int, place: int, grade: str, trades: tuple[str, ...]) -> Report:
    values: dict[str, Value] = {
        "name": person_name(random, "男", BORN.year),
        "id_number": number(serial, "男"),
        "grade": grade,
        "background": BACKGROUNDS[serial % len(BACKGROUNDS)],
        "work_unit": WORK[TRADES.index(trades[0])],
        "serves_region": place,
        "fields": trades,
        "capacity": PER_MENTOR,
        "contact_phone": phone(SERIAL + 5_000 + serial),
        "appointed_on": date(2025, 9, 1),
    }
    return Report(values, "bureau", date(2025, 9, 1))


def number(serial: int, gender: str) -> str:
    """Ten birthdays hold them all apart from everybody else of the sample."""
    return id_number(date(1982, 4, 6 + serial // 250), gender, SECOND + serial % 250)
