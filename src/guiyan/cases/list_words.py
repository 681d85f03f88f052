"""What a row of a comparison list says, in words: 参保单位：通山县枫林谷民宿，2026年3月18日起."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guiyan.cases.money_words import yuan
from guiyan.kernel.calendar import long_day
from guiyan.packs.register import ComparisonList

OWN, OTHER = "是申请人自己的", "不是申请人自己的"


def told_line(row: Mapping[str, Any], label: str = "") -> str:
    """One row: 2024年5月6日，5,000元，通山县人社局. label: what the row's own words are called."""
    words = str(row.get("note") or "")
    if label and words:
        return "，".join([f"{label}：{words}", *_days(row)])
    money = [yuan(int(row["amount_fen"]))] if row.get("amount_fen") is not None else []
    return "，".join(part for part in [_day(row.get("date")), *_days(row), *money, words] if part)


def told_of(rows: Sequence[Mapping[str, Any]], of: ComparisonList | None, firms: Sequence[str]) -> list[str]:
    """The rows of one list about one applicant. Where the list names an organisation, whether it is hers is said.

    firms: the names of what is hers; empty where nobody knows them, and then nothing is said.
    """
    own = next((one for one in of.columns.values() if one.may_be_own), None) if of is not None else None
    lines = []
    for row in rows:
        line = told_line(row, own.label if own is not None else "")
        if line and own is not None and firms and row.get("note"):
            line += f"，{OWN if row['note'] in firms else OTHER}"
        lines += [line] if line else []
    return lines


def all_own(rows: Sequence[Mapping[str, Any]], of: ComparisonList | None, firms: Sequence[str]) -> bool:
    """Whether every row names an organisation that is the applicant's own."""
    names = of is not None and any(one.may_be_own for one in of.columns.values())
    return names and bool(rows) and all(row.get("note") in firms for row in rows)


def _days(row: Mapping[str, Any]) -> list[str]:
    return [f"{_day(row[key])}{word}" for key, word in (("from", "起"), ("to", "止")) if row.get(key)]


def _day(written: object) -> str:
    return long_day(date.fromisoformat(str(written))) if written else ""
