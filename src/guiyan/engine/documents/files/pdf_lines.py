"""Characters of a page as lines: what stands at one height, from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_OVERLAP = 0.5
_BLANK = 0.6
_WORD_GAP = 0.18


class Char(NamedTuple):
    """One character and its box in points, from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words with its box; `size` is the height of its characters."""

    words: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table: the places of its columns, its rows of words, and how far down the page it reaches."""

    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its lines and tables."""

    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[PageTable, ...]


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of a page, from the top down."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: -char.middle[1]):
        if char.text.isspace():
            continue
        if rows and _same_height(rows[-1][0], char):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda char: char.left)) for row in rows]


def _same_height(one: Char, other: Char) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > _OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def _line(chars: list[Char]) -> Line:
    size = sorted(char.top - char.bottom for char in chars)[len(chars) // 2]
    words = chars[0].text
    for before, char in pairwise(chars):
        words += _between(before, char, size) + char.text
    return Line(
        words,
        chars[0].left,
        min(char.bottom for char in chars),
        max(char.right for char in chars),
        max(char.top for char in chars),
        size,
    )


def _between(before: Char, char: Char, size: float) -> str:
    """A blank where the gap is one: wide between ideographs, narrow between letters."""
    gap = char.left - before.right
    narrow = is_western(before.text) and is_western(char.text)
    return " " if gap > size * (_WORD_GAP if narrow else _BLANK) else ""


def is_western(text: str) -> bool:
    return text.isascii() and text.isalnum()


def joint(above: str, words: str) -> str:
    """What stands between two lines joined to one: a blank between letters or figures, nothing between ideographs."""
    return " " if above and words and is_western(above[-1]) and is_western(words[0]) else ""
