"""Specialists and mentors for the tests; their numbers are outside what was ever given out."""

from __future__ import annotations

from datetime import date

from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions
from guiyan.registers.sample.numbers import id_number
from tests.registers.factories import COUNTY, DAFAN, VILLAGE, a_firm, a_person, a_returnee

BORN = date(1979, 3, 4)


def specialist(
    serial: int = 1, *, name: str = "李慧芳", area: int = DAFAN, capacity: int = 30, account: str = ""
) -> int:
    values = {
        "name": name,
        "id_number": id_number(BORN, "女", serial),
        "serves_region": area,
        "capacity": capacity,
        "contact_phone": "0715-0000000",
        "work_unit": "大畈镇便民服务中心",
        **({"account": account} if account else {}),
    }
    return actions.record(SYSTEM, register="specialist", values=values, source="bureau")


def mentor(
    serial: int = 1, *, name: str = "徐永年", area: int = COUNTY, capacity: int = 5, skills: tuple[str, ...] = ("H",)
) -> int:
    values = {
        "name": name,
        "id_number": id_number(BORN, "男", serial),
        "serves_region": area,
        "capacity": capacity,
        "fields": skills,
        "grade": "county",
    }
    return actions.record(SYSTEM, register="mentor", values=values, source="bureau")


def returnee(serial: int = 1, *, name: str = "刘春燕", region: int = VILLAGE, industry: str = "") -> int:
    who = actions.record(
        SYSTEM, register="person", values=a_person(serial, name=name, residence_region=region), source="shared"
    )
    actions.record(
        SYSTEM, register="returnee", values=a_returnee(serial, name=name, home_region=region), source="visit"
    )
    if industry:
        number = a_person(serial)["id_number"]
        firm = a_firm(serial, founder_id_number=number, founder_name=name, industry=industry, registered_region=region)
        actions.record(SYSTEM, register="firm", values=firm, source="market")
    return who
