"""Citizen identity numbers (GB 11643): reading, checking, masking. Holds no numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guiyan.engine.values.id_numbers import CHECKS, check_character
from guiyan.registers.wrong import WrongValue

__all__ = ["IdNumber", "WrongIdNumber", "check_character", "mask_id_number", "normalise", "read_id_number"]

OLDEST = date(1900, 1, 1)


class WrongIdNumber(WrongValue):
    """A citizen identity number that can not be one."""


@dataclass(frozen=True)
class IdNumber:
    text: str
    birth_date: date
    gender: str  # 男 | 女


def read_id_number(text: str, *, today: date) -> IdNumber:
    """Check a number as typed (spaces and a small x are forgiven). One of 15 digits becomes that of 18 (GB 11643-1999).

    Raises WrongIdNumber with what is wrong and what would be right.
    """
    number = normalise(text)
    if "E+" in number:
        raise WrongIdNumber("被表格软件改成了科学计数法", "请把这一列设为文本，再填18位号码")
    if len(number) == 15 and number.isascii() and number.isdigit():
        number = widened(number)
    if len(number) != 18:
        raise WrongIdNumber(f"有{len(number)}位", "应为18位")
    if not (number[:17].isascii() and number[:17].isdigit()) or number[17] not in CHECKS:
        raise WrongIdNumber("有不该出现的字符", "前17位应为数字，第18位应为数字或X")
    born = birth_date(number, today=today)
    expected = check_character(number[:17])
    if number[17] != expected:
        raise WrongIdNumber("校验位不符", f"第18位应为{expected}；如果第18位没错，请核对前17位")
    return IdNumber(number, born, "男" if int(number[16]) % 2 else "女")


def widened(number: str) -> str:
    """Fifteen digits were given out until 1999, to people born in the 1900s."""
    first = f"{number[:6]}19{number[6:]}"
    return first + check_character(first)


def birth_date(number: str, *, today: date) -> date:
    return day_of_birth(number[6:14], today)


@lru_cache(maxsize=60_000)
def day_of_birth(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise WrongIdNumber("第7—14位不是有效的出生日期", "应为年月日，例如19970512") from None
    if not OLDEST <= born <= today:
        raise WrongIdNumber("第7—14位的出生日期不对", "应在1900年至今天之间")
    return born


def normalise(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()  # what the rest comes to, for most numbers
    return "".join(text.split()).upper().replace("Ｘ", "X")


def mask_id_number(number: str) -> str:
    """4212**********3317: the places that notices may show."""
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if len(number) == 18 else "*" * len(number)
