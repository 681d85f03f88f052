"""How the registers that weights were trained on write people down: what is missing, outdated or misspelt.

`known` is a bureau's register, kept for years; `new` a list that a school or a township sends in.
"""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache
from typing import Any

from opencc import OpenCC
from pypinyin import lazy_pinyin

Record = dict[str, Any]


# How many in a hundred rows lack a field: in a city's register of residents, and in a list that is sent in.
# fmt: off
MISSING_KNOWN = {
    "gender": 2, "birth_year": 2, "school": 30, "graduation_year": 40, "native_region": 4, "employer": 40, "phone": 15,
    "id_number": 15,
}
MISSING_NEW = {
    "gender": 4, "birth_year": 4, "school": 25, "graduation_year": 30, "native_region": 8, "employer": 35, "phone": 12,
    "id_number": 40,
}
# fmt: on


def known(person: Record, rng: random.Random) -> Record:
    written = {
        "name": misspelt(person, rng) if rng.random() < 0.01 else person["surname"] + person["given"],
        "gender": "男" if person["man"] else "女",
        "birth_year": person["year"],
        "school": person["school"],
        "graduation_year": person["graduation_year"],
        "native_region": str(person["town"] if rng.random() < 0.4 else person["county"]),
        "employer": person["employer"],
        "phone": person["phone"],
        "id_number": person["id_number"],
    }
    return without(written, MISSING_KNOWN, rng)


def new(person: Record, rng: random.Random) -> Record:
    written = {
        "name": misspelt(person, rng) if rng.random() < 0.10 else person["surname"] + person["given"],
        "gender": "男" if person["man"] != (rng.random() < 0.004) else "女",
        "birth_year": person["year"] + (rng.choice((-1, 1)) if rng.random() < 0.03 else 0),
        "school": school(person, rng),
        "graduation_year": person["graduation_year"] + (rng.choice((-1, 1)) if rng.random() < 0.05 else 0),
        "native_region": home(person, rng),
        "employer": person["next_employer"] if rng.random() < 0.4 else employer(person["employer"], rng),
        "phone": phone(person, rng),
        "id_number": person["id_number"],
    }
    return without(written, MISSING_NEW, rng)


def without(written: Record, percent: dict[str, int], rng: random.Random) -> Record:
    return {name: None if rng.random() * 100 < percent.get(name, 0) else value for name, value in written.items()}


def misspelt(person: Record, rng: random.Random) -> str:
    surname, given = str(person["surname"]), str(person["given"])
    kind = rng.random()
    if kind < 0.38:
        place = rng.randrange(len(given))
        return surname + given[:place] + homophone(given[place], rng) + given[place + 1 :]
    if kind < 0.44:
        return homophone(surname, rng) + given if len(surname) == 1 else surname + given
    if kind < 0.66:
        return str(traditional().convert(surname + given))
    if kind < 0.78:
        return given + surname
    if kind < 0.86:
        return f"{surname}{given}（曾用名：{surname}{rng.choice(common_signs())}）"
    if kind < 0.94:
        return f"{surname} {given}"
    place = rng.randrange(len(given))
    return surname + given[:place] + rng.choice(common_signs()) + given[place + 1 :]


def home(person: Record, rng: random.Random) -> str:
    if rng.random() < 0.06:
        return str(person["next_county"])
    if rng.random() < 0.04:
        return f"{person['county']}"[:4] + "00"
    return str(person["town"] if rng.random() < 0.3 else person["county"])


def school(person: Record, rng: random.Random) -> str:
    """Some name another school that they went to; some add the campus."""
    if rng.random() < 0.08:
        return str(person["other_school"])
    return str(person["school"]) + ("（南校区）" if rng.random() < 0.03 else "")


def employer(name: str, rng: random.Random) -> str:
    return name.replace("有限责任公司", "有限公司") if rng.random() < 0.5 else name.removesuffix("有限公司") or name


def phone(person: Record, rng: random.Random) -> str:
    chosen = f"1{rng.randrange(30, 100)}{rng.randrange(10**8):08}" if rng.random() < 0.2 else person["phone"]
    return f"+86 {chosen}" if rng.random() < 0.05 else str(chosen)


@cache
def common_signs() -> str:
    """The 3,755 commonest characters, as GB 2312 orders them."""
    rows = range(0xB0, 0xD8)
    return "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))


@cache
def by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sign in common_signs():
        found[lazy_pinyin(sign)[0]].append(sign)
    return found


@cache
def sound(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])


def homophone(sign: str, rng: random.Random) -> str:
    return rng.choice(by_sound().get(sound(sign)) or [sign])


@cache
def traditional() -> OpenCC:
    return OpenCC("s2t")
