"""The grammar of bounds: 45岁(含)以下, 不少于2人, 满1年, 18至45周岁, 自2025年1月1日起.

以上, 以下 and 以内 include their number, 不满 and 超过 do not (Civil Code, article 1259); 含 and 不含 in brackets
decide where they stand. What is said about roughly (左右, 余), or contradicts itself, is no bound at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from guiyan.engine.rules.tree import CompareOp
from guiyan.engine.values.chinese import chinese_number

Bounds = tuple[tuple[CompareOp, int], ...]

_BEFORE: dict[str, CompareOp] = {
    **dict.fromkeys(("年满", "已满", "满", "达到", "达", "至少", "最少", "≥", ">=", "大于等于", "大于或等于"), ">="),
    **dict.fromkeys(("不低于", "不少于", "不小于", "不得少于", "不得低于", "不应少于", "不应低于"), ">="),
    **dict.fromkeys(("不超过", "未超过", "不得超过", "不应超过", "不高于", "不大于", "不多于", "不得高于"), "<="),
    **dict.fromkeys(("最多", "至多", "≤", "<=", "小于等于", "小于或等于"), "<="),
    **dict.fromkeys(("不满", "未满", "不足", "低于", "小于", "少于", "<"), "<"),
    **dict.fromkeys(("超过", "超出", "高于", "大于", "多于", "超", ">"), ">"),
}
_AFTER: dict[str, CompareOp] = {
    **dict.fromkeys(("以上", "及以上", "及其以上", "或以上"), ">="),
    **dict.fromkeys(("以下", "及以下", "及其以下", "或以下", "以内", "及以内", "之内", "内"), "<="),
}
_BY_LENGTH = (sorted(_BEFORE, key=len, reverse=True), sorted(_AFTER, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<figures>\d{1,9}(?:\.\d{1,4})?)(?P<scale>万|亿)?|(?P<words>[一二两三四五六七八九十百]{1,5})|(?P<half>半)"
)
_ROUGHLY = ("左右", "上下", "余", "多", "前后", "半")
_TO = ("至", "到", "-", "~")
_GLOSS = re.compile(r"\((?P<no>不)?(?:含|包含|包括)(?P<what>[^()]{0,8})\)")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Bound:
    """What is demanded of a number, in the fact's own unit. `compared` is False for a number alone (2人)."""

    bounds: Bounds
    end: int
    unit: str
    compared: bool
    said_whether: bool = False  # 含 or 不含 is written out

    @property
    def value(self) -> int:
        return self.bounds[0][1]


@dataclass(frozen=True, slots=True)
class _Amount:
    value: int
    unit: str
    end: int
    includes: bool | None


def bound_at(chars: str, start: int, units: Mapping[str, int]) -> Bound | None:
    """The bound that begins at `start`, counted in one of `units`; None where nothing exact stands there."""
    before = next((word for word in _BY_LENGTH[0] if chars.startswith(word, start)), "")
    first = _amount_at(chars, start + len(before), units)
    if first is None:
        return None
    if not before and (ranged := _range_at(chars, start, first, units)) is not None:
        return ranged
    if not first.unit:
        return None
    return _one_sided(chars, before, first, units)


def bound_in(chars: str, units: Mapping[str, int]) -> tuple[int, Bound] | None:
    """The first bound of a phrase and where it begins; None also where a comparator before it contradicts it."""
    for start in range(len(chars)):
        found = bound_at(chars, start, units)
        if found is not None:
            return None if chars[:start].endswith(tuple(_BEFORE)) else (start, found)
    return None


def _one_sided(chars: str, before: str, first: _Amount, units: Mapping[str, int]) -> Bound | None:
    after = next((word for word in _BY_LENGTH[1] if chars.startswith(word, first.end)), "")
    end = first.end + len(after)
    includes, end = _included(chars, end, first, units) if first.includes is None else (first.includes, end)
    if chars.startswith(_ROUGHLY, end) or chars.startswith("以外", end):
        return None
    signs = {sign for sign in (_BEFORE.get(before), _AFTER.get(after)) if sign}
    if len(signs) > 1:
        return None
    sign = _as_said(signs.pop() if signs else "=", includes)
    if sign is None:
        return None
    return Bound(((sign, first.value),), end, first.unit, bool(before or after), includes is not None)


def _as_said(sign: CompareOp, includes: bool | None) -> CompareOp | None:
    """The comparator after 含 or 不含; None where the two contradict each other (不满45岁(含)) or mean nothing."""
    if includes is None:
        return sign
    kept: dict[tuple[CompareOp, bool], CompareOp] = {
        ("<=", True): "<=",
        (">=", True): ">=",
        ("<=", False): "<",
        (">=", False): ">",
        ("<", False): "<",
        (">", False): ">",
    }
    return kept.get((sign, includes))


def _range_at(chars: str, start: int, first: _Amount, units: Mapping[str, int]) -> Bound | None:
    """18至45周岁, 18周岁-45周岁(含): both ends count."""
    mark = next((mark for mark in _TO if chars.startswith(mark, first.end)), "")
    last = _amount_at(chars, first.end + len(mark), units) if mark else None
    if last is None or not last.unit or first.includes is not None:
        return None
    includes, end = _included(chars, last.end, last, units) if last.includes is None else (last.includes, last.end)
    if not first.unit:
        whole = _amount_at(chars[start : first.end] + last.unit, 0, units)
        first_value = whole.value if whole is not None else None
    else:
        first_value = first.value
    after = chars.startswith((*_ROUGHLY, *_AFTER), end)
    if first_value is None or first_value >= last.value or includes is False or after:
        return None
    return Bound(((">=", first_value), ("<=", last.value)), end, last.unit, True, includes is True)


def _amount_at(chars: str, start: int, units: Mapping[str, int]) -> _Amount | None:
    """A number and, where it stands there, its unit; without one the value is as written."""
    number = _NUMBER.match(chars, start)
    if number is None:
        return None
    end = number.end()
    early = _GLOSS.match(chars, end)
    if early is not None and not early["what"]:
        end = early.end()
    if chars.startswith(_ROUGHLY, end):
        return None
    unit = next((unit for unit in sorted(units, key=len, reverse=True) if chars.startswith(unit, end)), "")
    value = _value(number) * (units[unit] if unit else 1)
    if value != value.to_integral_value() or (number["half"] and unit != "年"):
        return None
    plain = _Amount(int(value), unit, end + len(unit), None if early is None or early["what"] else not early["no"])
    if plain.includes is not None or not unit:
        return plain
    includes, after = _included(chars, plain.end, plain, units)
    return _Amount(plain.value, unit, after, includes)


def _value(number: re.Match[str]) -> Decimal:
    if number["half"]:
        return Decimal("0.5")
    if number["words"]:
        return Decimal(chinese_number(number["words"].replace("两", "二")))
    return Decimal(number["figures"]) * _SCALES[number["scale"]]


def _included(chars: str, at: int, amount: _Amount, units: Mapping[str, int]) -> tuple[bool | None, int]:
    """(含), (不含), (含本数), (含45岁) at a place: what it says, and the place after it."""
    gloss = _GLOSS.match(chars, at)
    if gloss is None:
        return None, at
    what = gloss["what"]
    if what and what != "本数":
        named = _bare_amount(what, units)
        if named != (amount.value, amount.unit):
            return None, at
    return not gloss["no"], gloss.end()


def _bare_amount(words: str, units: Mapping[str, int]) -> tuple[int, str] | None:
    number = _NUMBER.match(words)
    unit = words[number.end() :] if number else ""
    if number is None or unit not in units:
        return None
    value = _value(number) * units[unit]
    return (int(value), unit) if value == value.to_integral_value() else None
