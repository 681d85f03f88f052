"""Two people side by side: what each register says of them, what agrees, and what that counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiyan.accounts.queries import region_paths
from guiyan.registers.queries import Said, Side
from guiyan.registers.showing import Shown, shown

# What is compared → how the page calls it, and the columns of linkage that tell it.
LINES = (
    ("name", "姓名", ("name", "former_name")),
    ("id_number", "身份证号", ("id_number",)),
    ("birth_year", "出生年", ("birth_year",)),
    ("gender", "性别", ("gender",)),
    ("region", "籍贯", ("native_region",)),
    ("school", "毕业学校", ("school", "graduation_year")),
    ("employer", "工作单位", ("employer",)),
    ("phone", "手机号", ("phone",)),
)
BY_NUMBER = "按身份证号"
MOST_BITS, MOST_PERCENT = 60, 99.99


@dataclass(frozen=True)
class Told:
    """One thing a register says: shown as everywhere, with where it comes from."""

    shown: Shown
    source: str
    day: Any = None


@dataclass(frozen=True)
class Line:
    """outcome: same, different, missing or empty (nothing was compared); points in words: +13.6分."""

    label: str
    left: Sequence[Told]
    right: Sequence[Told]
    outcome: str
    words: str
    points: str


def lines(left: Side, right: Side, parts: Sequence[Sequence[Any]]) -> list[Line]:
    places = region_paths(
        said.value
        for side in (left, right)
        for one in side.said.values()
        for said in one
        if said.field.type == "region" and isinstance(said.value, int)
    )
    weights = {name: (label, points) for name, _, label, points in parts}
    found = []
    for name, label, columns in LINES:
        words, points = weights.get(name, ("", None))
        sides = [told_of(side, name, columns, places) for side in (left, right)]
        found.append(Line(label, sides[0], sides[1], outcome(name in weights, points), words, signed(points)))
    return found


def told_of(side: Side, name: str, columns: Sequence[str], places: dict[int, str]) -> list[Told]:
    """The same words of several registers once."""
    found: dict[str, Told] = {}
    for column in columns:
        for said in side.said.get(column, ()):
            value = shown(said.field, said.value, places)
            if column == "graduation_year":
                value = Shown("short", f"{getattr(said.value, 'year', said.value)}年毕业")
            found.setdefault(str(value.value), Told(value, source_of(said), said.checked_on))
    if not found and name == "birth_year" and side.birth_year is not None:
        return [Told(Shown("short", f"{side.birth_year}年"), BY_NUMBER)]
    if not found and name == "gender" and side.gender is not None:
        return [Told(Shown("short", "男" if side.gender == 1 else "女"), BY_NUMBER)]
    return list(found.values())


def source_of(said: Said) -> str:
    return "，".join(word for word in (said.register.label, said.source) if word)


def outcome(is_compared: bool, points: float | None) -> str:
    if not is_compared:
        return "empty"
    if points is None:
        return "missing"
    return "same" if points > 0 else "different"


def signed(points: float | None) -> str:
    return "" if points is None else f"{points:+.1f}分".replace("-", "−")


@dataclass(frozen=True)
class Sum:
    """start: what any two people have; total: with all points; percent: the chance that this is one person."""

    start: str
    total: str
    percent: str


def summed(probability: float | None, parts: Sequence[Sequence[Any]]) -> Sum | None:
    """A point doubles the chance. None where nothing was weighed."""
    if probability is None:
        return None
    total = bits(probability)
    start = total - sum(points for *_, points in parts if points is not None)
    return Sum(signed(start), signed(total), percent_of(probability))


def bits(probability: float) -> float:
    if probability >= 1:
        return MOST_BITS
    return math.log2(probability / (1 - probability)) if probability > 0 else -MOST_BITS


def percent_of(probability: float) -> str:
    percent = min(probability * 100, MOST_PERCENT)
    return f"{percent:.2f}%" if percent >= 99 else f"{percent:.0f}%" if percent >= 1 else "不到1%"
