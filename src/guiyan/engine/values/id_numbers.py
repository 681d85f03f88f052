"""Citizen identity numbers (GB 11643) as arithmetic: the check character, and one form for 15 and 18 digits."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def check_character(first17: str) -> str:
    """The 18th character for the first seventeen digits (GB 11643, ISO 7064 MOD 11-2)."""
    return CHECKS[(weighed(first17[:6], 0) + weighed(first17[6:14], 6) + weighed(first17[14:], 14)) % 11]


@lru_cache(maxsize=60_000)
def weighed(digits: str, place: int) -> int:
    """Places, birthdays and the numbers of a day come again and again."""
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[place:], strict=False))


def verified_id_number(written: str) -> str | None:
    """The 18 characters of a number that can be one; None for any other text.

    Fifteen digits (issued until 1999) get their century and check character. Spaces, full width and x are forgiven.
    """
    number = "".join(written.split()).upper().translate(_HALF_WIDTH)
    if len(number) == 15 and number.isascii() and number.isdigit():
        number = number[:6] + "19" + number[6:]
        number += check_character(number)
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()):
        return None
    if number[0] == "0" or number[17] != check_character(number[:17]) or not _is_day(number[6:14]):
        return None
    return number


_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X"}


def _is_day(digits: str) -> bool:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False
