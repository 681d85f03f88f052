"""Values of entries as pages show them: codes by their labels, regions by their paths, the rest by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guiyan.kernel.numbers import decimal_words
from guiyan.packs.register import Field, Register
from guiyan.registers.values import Value

SHORT = 6
YEAR = "年"  # calendar years and spans of them alike: no comma after the thousands


@dataclass(frozen=True)
class Shown:
    """kind says how the template writes it: date, money, number, short (never broken over lines) or text."""

    kind: str
    value: Value
    unit: str = ""


def shown(field: Field, value: Value, places: Mapping[int, str]) -> Shown:
    match field.type:
        case "bool" if value is not None:
            return Shown("text", "是" if value else "否")
        case "code":
            return Shown("short", field.codes.get(str(value), str(value)) if value is not None else None)
        case "list" if isinstance(value, tuple):
            return Shown("text", "、".join(field.codes.get(one, one) for one in value) or None)
        case "region" if isinstance(value, int):
            return Shown("text", places.get(value, str(value)))
        case "date":
            return Shown("date", value)
        case "datetime":
            return Shown("datetime", value)
        case "picture":
            return Shown("short", "有图片" if value else None)
        case "money":
            return Shown("money", value)
        case "int" if field.unit == YEAR and value is not None:
            return Shown("short", f"{value}{YEAR}")
        case "int":
            return Shown("number", value, field.unit)
        case "decimal" if isinstance(value, int):
            return Shown("short", f"{decimal_words(value)}{field.unit}")
        case "id_number" | "phone":
            return Shown("short", value)
    return Shown("short" if isinstance(value, str) and len(value) <= SHORT else "text", value)


def regions_in(fields: Iterable[Field], rows: Iterable[Mapping[str, Value]]) -> set[int]:
    """The region codes a page is about to name, to be read in one query."""
    names = [field.id for field in fields if field.type == "region"]
    return {code for row in rows for name in names if isinstance(code := row.get(name), int)}


def marks(register: Register, sources: Iterable[str]) -> list[tuple[str, str, bool]]:
    """数 户 自: every declared source, filled where it has reported this entry."""
    told = set(sources)
    return [(source.mark, source.label, source.id in told) for source in register.sources.values() if source.mark]


def days_since(checked_on: date | None, today: date) -> int | None:
    return max(0, (today - checked_on).days) if checked_on else None


def is_numeric(field: Field) -> bool:
    return field.type in ("int", "decimal", "money")
