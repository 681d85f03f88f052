"""A second way to write people down, made apart from the first and never trained or tuned on.

Other kinds of error, and more of them: southern speech, look-alikes, other readings of a character, pinyin, forms of
Taiwan and Hong Kong, years counted the old way, shortened schools and employers, relatives' phones, masked numbers.
What is missing is missing as often as in the first, but every tenth row is half empty.
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin, pinyin

from guiyan.cli.link_bench import errors

Record = dict[str, Any]
# fmt: off
LOOK_ALIKE = {
    "伟": "玮韦", "玉": "王", "王": "玉", "己": "已", "晨": "辰", "辰": "晨", "昊": "吴",
    "杨": "扬", "洋": "泽", "泽": "洋", "俊": "峻骏", "峰": "锋烽", "锋": "峰", "斌": "彬",
    "彬": "斌", "兰": "蓝", "莲": "连", "静": "婧", "倩": "清", "燕": "雁", "瑶": "遥",
    "娜": "那", "婷": "停亭", "梅": "海", "海": "梅", "强": "张", "刚": "钢", "钢": "刚",
    "军": "车", "红": "江", "平": "苹", "萍": "苹", "华": "毕", "志": "忐", "建": "健",
    "健": "建", "文": "交", "明": "朋", "鹏": "朋", "丽": "俪", "芳": "方", "英": "央",
    "秀": "透", "霞": "瑕", "慧": "惠", "惠": "慧", "雪": "雷", "琴": "琹", "浩": "皓",
    "宇": "字", "磊": "垒", "涛": "寿", "勇": "涌", "杰": "木", "超": "起", "飞": "乙",
    "辉": "晖", "凯": "恺", "龙": "尤", "林": "木", "木": "本", "刘": "浏", "陈": "阵",
    "张": "弘", "汪": "江", "江": "汪", "徐": "余", "余": "佘", "佘": "余", "肖": "尚",
    "侯": "候", "傅": "付",
}
SOUTHERN = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("l", "n"), ("h", "f"), ("f", "h"))
SOUTHERN_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"), ("in", "ing"), ("en", "eng"), ("an", "ang"))
SHORT_SCHOOLS = {
    "武汉大学": "武大", "华中科技大学": "华科", "华中师范大学": "华中师大",
    "武汉理工大学": "武汉理工", "湖北大学": "湖大", "三峡大学": "三大",
    "湖北科技学院": "咸宁学院", "咸宁职业技术学院": "咸宁职院", "湖北师范大学": "湖北师院",
    "长江大学": "江汉石油学院",
}
SUPERSEDED = {
    "421202": "422301", "421281": "422302", "421221": "422322",
    "421222": "422323", "421223": "422324", "421224": "422326",
}
# fmt: on
_SIGNS = "".join(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)


def known(person: Record, rng: random.Random) -> Record:
    gone = _gone(rng, errors.MISSING_KNOWN)
    return {
        "name": person["surname"] + person["given"] if rng.random() > 0.02 else name(person, rng),
        "gender": None if "gender" in gone else ("1" if person["man"] else "2"),
        "birth_year": None if "birth_year" in gone else year(person["year"], rng),
        "school": None if "school" in gone else school(person, rng),
        "graduation_year": None if "graduation_year" in gone else person["graduation_year"],
        "native_region": None if "native_region" in gone else region(person, rng),
        "employer": None if "employer" in gone else person["employer"],
        "phone": None if "phone" in gone else phone(person, rng, 0.03),
        "id_number": None if "id_number" in gone else number(person["id_number"], rng),
    }


def new(person: Record, rng: random.Random) -> Record:
    gone = _gone(rng, errors.MISSING_NEW)
    return {
        "name": person["surname"] + person["given"] if rng.random() > 0.12 else name(person, rng),
        "gender": None if "gender" in gone else ("男性" if person["man"] != (rng.random() < 0.006) else "女性"),
        "birth_year": None if "birth_year" in gone else year(person["year"], rng),
        "school": None if "school" in gone else school(person, rng),
        "graduation_year": None
        if "graduation_year" in gone
        else person["graduation_year"] + rng.choice((0,) * 18 + (-1, 1, 3)),
        "native_region": None if "native_region" in gone else region(person, rng),
        "employer": None if "employer" in gone else employer(person, rng),
        "phone": None if "phone" in gone else phone(person, rng, 0.28),
        "id_number": None if "id_number" in gone else number(person["id_number"], rng),
    }


def _gone(rng: random.Random, percent: dict[str, int]) -> set[str]:
    # Lists that lack one thing often lack another: every tenth row is half empty.
    more = 25 if rng.random() < 0.1 else 0
    return {column for column, share in percent.items() if rng.random() * 100 < share + more}


def name(person: Record, rng: random.Random) -> str:
    surname, given = person["surname"], person["given"]
    at = rng.randrange(len(given))
    sign = given[at]
    match rng.choices(range(11), (16, 14, 12, 8, 8, 6, 10, 8, 6, 6, 6))[0]:
        case 0:
            sign = sounding(southern(lazy_pinyin(sign)[0], rng), rng) or sign
        case 1:
            sign = rng.choice(LOOK_ALIKE.get(sign, sign))
        case 2:
            sign = sounding(lazy_pinyin(sign)[0], rng) or sign
        case 3:
            sign = sounding(rng.choice(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]), rng) or sign
        case 4:
            return str(_taiwan().convert(surname + given))
        case 5:
            return str(_hong_kong().convert(surname + given))
        case 6:
            return f"{given} {surname}" if rng.random() < 0.5 else given + surname
        case 7:
            sign = "" if len(given) > 1 else sign
        case 8:
            return " ".join(lazy_pinyin(surname + given)).title()
        case 9:
            return f"{surname}{given}({surname}{rng.choice(_SIGNS)}{given[-1]})"
        case 10:
            sign = rng.choice(_SIGNS)
    return str(surname + given[:at] + sign + given[at + 1 :])


def southern(sound: str, rng: random.Random) -> str:
    ways = [
        b + sound.removeprefix(a)
        for a, b in SOUTHERN
        if sound.startswith(a) and not (a in "lnhf" and sound[1:2] == "h")
    ]
    ways += [sound.removesuffix(a) + b for a, b in SOUTHERN_ENDS if sound.endswith(a)]
    return str(rng.choice(ways)) if ways else sound


@cache
def _sounds() -> dict[str, str]:
    found: dict[str, str] = {}
    for sign in _SIGNS:
        sound = lazy_pinyin(sign)[0]
        found[sound] = found.get(sound, "") + sign
    return found


def sounding(sound: str, rng: random.Random) -> str | None:
    return rng.choice(_sounds()[sound]) if sound in _sounds() else None


def year(true: int, rng: random.Random) -> int:
    """One year older by the old way of counting; digits exchanged; one digit wrong."""
    chance = rng.random()
    if chance < 0.03:
        return true - 1
    if chance < 0.036 and true % 100 // 10 != true % 10:
        return true // 100 * 100 + true % 10 * 10 + true % 100 // 10
    return true + rng.choice((-10, -3, -2, 1, 2, 5, 10)) if chance < 0.042 else true


def school(person: Record, rng: random.Random) -> str:
    true = str(person["other_school"] if rng.random() < 0.06 else person["school"])
    chance = rng.random()
    if chance < 0.10:
        return SHORT_SCHOOLS.get(true, true)
    if chance < 0.14:
        return re.sub("第(.)中学", r"\1中", true)
    return str(_taiwan().convert(true)) if chance < 0.15 else true


def region(person: Record, rng: random.Random) -> str:
    county = str(person["county"])
    chance = rng.random()
    if chance < 0.07:
        return str(person["next_county"])
    if chance < 0.17:
        return county[:4] + "00"
    if chance < 0.21:
        return SUPERSEDED.get(county, county)
    return str(person["town"]).ljust(12, "0") if chance < 0.5 else county


def employer(person: Record, rng: random.Random) -> str:
    true = person["next_employer"] if rng.random() < 0.45 else person["employer"]
    chance = rng.random()
    if chance < 0.2:
        return re.sub(r"^..市", "", true)
    if chance < 0.3:
        return re.sub(r"(有限|股份).*$", "", re.sub(r"^..市", "", true))[:4]
    return f"{true}（{person['county']}分公司）" if chance < 0.33 else str(true)


def phone(person: Record, rng: random.Random, changed: float) -> str:
    chance = rng.random()
    if chance < changed:
        return f"1{rng.randrange(30, 100)}{rng.randrange(10**8):08}"
    if chance < changed + 0.03:
        return str(person["family_phone"])
    true = str(person["phone"])
    if chance < changed + 0.05:
        return true[:3] + "****" + true[-4:]
    if chance < changed + 0.06:
        at = rng.randrange(3, 11)
        return true[:at] + str(rng.randrange(10)) + true[at + 1 :]
    return f"{true[:3]} {true[3:7]} {true[7:]}" if rng.random() < 0.1 else true


def number(true: str, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.01:
        at = rng.randrange(17)
        return true[:at] + str(rng.randrange(10)) + true[at + 1 :]
    if chance < 0.03 and true[6:8] == "19":
        return true[:6] + true[8:17]
    return true[:4] + "*" * 10 + true[-4:] if chance < 0.06 else true


@cache
def _taiwan() -> OpenCC:
    return OpenCC("s2tw")


@cache
def _hong_kong() -> OpenCC:
    return OpenCC("s2hk")
