"""Automatic numbering of Word paragraphs, written out as the reader of the page sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    words: str
    start: int
    no_suffix: bool


def chinese_count(number: int) -> str:
    """12 → 十二, 120 → 一百二十."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "")


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese_count(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return "" if form in ("none", "bullet") else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        out += sign * count
    return out


class Numbers:
    """Counts through a document's lists; ask for the labels in the order of the paragraphs."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._restarted: set[str] = set()
        self._styles: dict[str, Any] = {}
        self._overrides: dict[str, int] = {}
        self._read_styles(document)
        self._read_lists(document)

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.iterchildren(f"{_W}style"):
            self._styles[style.get(f"{_W}styleId", "")] = style

    def _read_lists(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iterchildren(f"{_W}abstractNum"):
            for level in abstract.iterchildren(f"{_W}lvl"):
                key = (f"a{abstract.get(f'{_W}abstractNumId')}", _int(level.get(f"{_W}ilvl")))
                self._levels[key] = _level(level)
        for num in root.iterchildren(f"{_W}num"):
            self._read_num(num)

    def _read_num(self, num: Any) -> None:
        num_id = num.get(f"{_W}numId", "")
        target = num.find(f"{_W}abstractNumId")
        self._abstract[num_id] = f"a{target.get(f'{_W}val')}" if target is not None else ""
        for override in num.iterchildren(f"{_W}lvlOverride"):
            level = override.find(f"{_W}lvl")
            if level is not None:
                self._levels[(num_id, _int(override.get(f"{_W}ilvl")))] = _level(level)
            if override.find(f"{_W}startOverride") is not None:
                self._overrides[num_id] = _int(_value(override, "startOverride", "1"))

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph, or nothing."""
        num_id, depth = self._list_of(paragraph)
        level = self._level_for(num_id, depth)
        if not num_id or num_id == "0" or level is None:
            return ""
        if num_id in self._overrides and num_id not in self._restarted:
            self._restarted.add(num_id)
            self._forget(self._abstract[num_id], depth)
            self._counts[(self._abstract[num_id], depth)] = self._overrides[num_id] - 1
        counter = self._abstract[num_id]
        self._counts[(counter, depth)] = self._counts.get((counter, depth), level.start - 1) + 1
        self._forget(counter, depth + 1)
        return self._compose(num_id, counter, level)

    def _compose(self, num_id: str, counter: str, level: _Level) -> str:
        def put(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            own = self._level_for(num_id, depth)
            start = own.start if own else 1
            return _written(self._counts.get((counter, depth), start), own.form if own else "decimal")

        words = re.sub(r"%([1-9])", put, level.words)
        return "" if level.form == "bullet" else words

    def _forget(self, counter: str, depth: int) -> None:
        for key in [key for key in self._counts if key[0] == counter and key[1] >= depth]:
            del self._counts[key]

    def _level_for(self, num_id: str, depth: int) -> _Level | None:
        return self._levels.get((num_id, depth)) or self._levels.get((self._abstract.get(num_id, ""), depth))

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """The list and depth of a paragraph: its own, or its style's."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        own = properties.find(f"{_W}numPr")
        if own is not None:
            return _num_pr(own)
        style = properties.find(f"{_W}pStyle")
        style_id = style.get(f"{_W}val", "") if style is not None else ""
        for _ in range(12):
            element = self._styles.get(style_id)
            if element is None:
                break
            inherited = element.find(f"{_W}pPr/{_W}numPr")
            if inherited is not None:
                return _num_pr(inherited)
            based = element.find(f"{_W}basedOn")
            style_id = based.get(f"{_W}val", "") if based is not None else ""
        return "", 0


def _num_pr(element: Any) -> tuple[str, int]:
    num_id, depth = element.find(f"{_W}numId"), element.find(f"{_W}ilvl")
    return (
        num_id.get(f"{_W}val", "") if num_id is not None else "",
        _int(depth.get(f"{_W}val")) if depth is not None else 0,
    )


def _int(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdigit() else 0


def _value(level: Any, name: str, default: str) -> str:
    element = level.find(f"{_W}{name}")
    return element.get(f"{_W}val", default) if element is not None else default


def _level(level: Any) -> _Level:
    return _Level(
        _value(level, "numFmt", "decimal"),
        _value(level, "lvlText", "%1."),
        _int(_value(level, "start", "1")),
        _value(level, "suff", "tab") == "nothing",
    )
