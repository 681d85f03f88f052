"""The residents of the demonstration, by hand: whom the startup subsidy fits, whom not, and who begins today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from guiyan.packs.pack import Pack
from guiyan.registers.sample.numbers import credit_code, id_number
from guiyan.registers.sample.people import SampleFirm, SamplePerson


class Hero(NamedTuple):
    """subject_id: fixed, below the ids that the registers give out."""

    username: str
    subject_id: int
    person: SamplePerson


# Numbers of a birthday from 490 on, and firm numbers from 990,000 on, are never drawn for others.
RESERVED, RESERVED_FIRM = 490, 990_000


def heroes(pack: Pack) -> list[Hero]:
    """Those whose demo account the pack declares, living where it says."""
    made = {"liuchunyan": liu_chunyan, "wangjian": wang_jian, "xumei": xu_mei}
    homes = {name: account.home for name, account in pack.demo.items() if account.resident}
    return [
        Hero(username, number, make(homes[username] or pack.city.region))
        for number, (username, make) in enumerate(made.items(), 1)
        if username in homes
    ]


def liu_chunyan(home: int) -> SamplePerson:
    """Came back in February 2026, registered for the first time on 18 March 2026, leads four jobs; all checked."""
    guesthouse = SampleFirm(
        serial=RESERVED_FIRM,
        name="通山县枫林谷民宿",
        credit_code=credit_code("individual", RESERVED_FIRM),
        kind="individual",
        industry="H6130",
        registered_on=date(2026, 3, 18),
        region=home,
        jobs_led=4,
        from_regulator=True,
    )
    born = date(1997, 5, 12)
    return replace(
        plain("刘春燕", "女", born, RESERVED, home, phone="15400001234"),
        returned_on=date(2026, 2, 21),
        returned_from="广东省东莞市",
        return_checked_by="visit",
        return_checked_on=date(2026, 3, 2),
        firms=(guesthouse,),
    )


def wang_jian(home: int) -> SamplePerson:
    """Registered a shop in 2019 and a joinery in April 2026: the second is not a first registration."""
    shop, joinery = (
        SampleFirm(
            serial=RESERVED_FIRM + number,
            name=name,
            credit_code=credit_code("individual", RESERVED_FIRM + number),
            kind="individual",
            industry=industry,
            registered_on=day,
            region=home,
            jobs_led=jobs,
            from_regulator=True,
            is_open=number == 2,
        )
        for number, name, industry, day, jobs in (
            (1, "通山县山里人便利店", "F5213", date(2019, 5, 20), 1),
            (2, "通山县竹海轩竹艺", "C2041", date(2026, 4, 9), 3),
        )
    )
    return replace(
        plain("王建", "男", date(1988, 9, 3), RESERVED + 1, home, phone="15400005678"),
        returned_on=date(2026, 1, 30),
        returned_from="浙江省宁波市",
        return_checked_by="visit",
        return_checked_on=date(2026, 2, 27),
        firms=(shop, joinery),
    )


def xu_mei(home: int) -> SamplePerson:
    """Came back in April 2026; her first registration comes in on the day of the demonstration."""
    return replace(
        plain("徐梅", "女", date(1994, 10, 21), RESERVED + 2, home, phone="15400008765"),
        returned_on=date(2026, 4, 18),
        returned_from="广东省中山市",
        return_checked_by="visit",
        return_checked_on=date(2026, 5, 12),
        wish="planned",
    )


def plain(name: str, gender: str, born: date, sequence: int, home: int, *, phone: str) -> SamplePerson:
    return SamplePerson(
        serial=sequence,
        name=name,
        gender=gender,
        birth_date=born,
        id_number=id_number(born, gender, sequence),
        phone=phone,
        hukou_region=home,
        works_in="",
        industry="H6130",
        skill="酒店管理" if gender == "女" else "木工",
        degree="college",
        wish="started",
        checked_on=date(2026, 5, 20),
        sources=("shared", "visit", "self"),
    )
