"""Well-formed cells at a fraction of what reading one costs. Whatever is not plainly well formed is left to the reader.

What is read here is what `RowReader.cell` would read; the tests hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiyan.engine.values.id_numbers import check_character
from guiyan.packs.register import Field
from guiyan.registers.id_numbers import WrongIdNumber, day_of_birth
from guiyan.registers.phones import PLAIN
from guiyan.registers.values import CREDIT_CODE_FIELD

Way = Callable[[str], object | None]  # None: ask the reader
LONGEST = 4_000
DASH, DAY_SIGNS, NUMBER_SIGNS = "-", 10, 18


def quick_way(one: Field, today: date) -> Way | None:
    """None for types whose cells repeat themselves, so that reading each text once is quick enough."""
    if one.type in ("text", "long_text") and not one.pattern and not one.id.endswith(CREDIT_CODE_FIELD):
        return text_of(min(LONGEST, one.max_length or LONGEST))
    if one.type == "phone":
        return phone
    if one.type == "date":
        return day_until(today if one.not_after == "today" else date.max)
    return id_number_until(today) if one.type == "id_number" else None


def text_of(longest: int) -> Way:
    def text(cell: str) -> object | None:
        found = cell.strip()
        # A formula's error begins so.
        return None if len(cell) > longest or found.startswith("#") else found or None

    return text


def phone(cell: str) -> object | None:
    return cell if PLAIN.fullmatch(cell) else None


def day_until(last: date) -> Way:
    def day(cell: str) -> object | None:
        if len(cell) != DAY_SIGNS or cell[4] != DASH or cell[7] != DASH:
            return None
        try:
            found = date.fromisoformat(cell)
        except ValueError:
            return None
        return found if found <= last else None

    return day


def id_number_until(today: date) -> Way:
    def id_number(cell: str) -> object | None:
        first = cell[:17]
        if len(cell) != NUMBER_SIGNS or not first.isascii() or not first.isdigit():
            return None
        try:
            day_of_birth(cell[6:14], today)
        except WrongIdNumber:
            return None
        return cell if check_character(first) == cell[17] else None

    return id_number
