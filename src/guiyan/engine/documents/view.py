"""A view of text that is easy to match: half-width forms, no blanks, every character knows its place.

Documents mix full and half width and scatter blanks (“2025 年 6 月”). Grammar is written once, against
a view; spans are always offsets into the text as read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_FOLD: dict[int, str] = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_FOLD |= dict.fromkeys(map(ord, "〔[【〖〈［﹝﹙"), "(") | dict.fromkeys(map(ord, "〕]】〗〉］﹞﹚"), ")")
_FOLD |= dict.fromkeys(map(ord, "—–－―−─"), "-") | dict.fromkeys(map(ord, "～〜∼"), "~")
_FOLD |= dict.fromkeys(map(ord, "「『"), "“") | dict.fromkeys(map(ord, "」』"), "”")
_FOLD |= {ord("∶"): ":", ord("﹕"): ":", ord("﹔"): ";", ord("﹐"): ",", ord("﹪"): "%"}


def fold(text: str) -> str:
    """The same text in half-width forms. One character stays one character."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class View:
    """`chars` to match against; `offsets[i]` is where `chars[i]` stands in the text."""

    chars: str
    offsets: Sequence[int]

    def __len__(self) -> int:
        return len(self.chars)

    def span(self, start: int, end: int) -> Span:
        """Where `chars[start:end]` stands in the text."""
        if not self.chars:
            return (0, 0)
        if end <= start:
            place = self.offsets[min(start, len(self.chars) - 1)]
            return (place, place)
        return (self.offsets[start], self.offsets[end - 1] + 1)

    def cut(self, start: int, end: int) -> View:
        return View(self.chars[start:end], self.offsets[start:end])


def view_of(text: str, start: int, end: int) -> View:
    """The view of `text[start:end]`."""
    raw = text[start:end]
    folded = fold(raw)
    packed = "".join(folded.split())
    if len(packed) == len(folded):
        return View(folded, range(start, end))
    kept = tuple(start + i for i, char in enumerate(folded) if not char.isspace())
    return View(packed, kept)


_UNFINISHED = re.compile(r"(?:责任|牵头|配合|主办|协办|落实|实施)(?:单位|部门|主体)[:：][^()（）〔〕\[\]【】]*$")


def paragraphs_of(text: str) -> Iterator[View]:
    """One view a line that says anything; a list of units that breaks off goes on in the next line."""
    start = 0
    pending: int | None = None
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            begin = start if pending is None else pending
            pending = begin if pending is None and _breaks_off(line) else None
            if pending is None:
                yield view_of(text, begin, end)
        start = end + 1
    if pending is not None:
        yield view_of(text, pending, len(text))


def _breaks_off(line: str) -> bool:
    """The line ends inside a list of units: on a 、 or on the label itself."""
    tail = line[-200:].rstrip()
    return tail.endswith(("、", ":", "：")) and bool(_UNFINISHED.search(tail))


def strip_span(text: str, span: Span, extra: str = "") -> Span:
    """The span without blanks (and `extra` characters) at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in extra):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return (start, end)


def phrase(text: str, span: Span) -> str:
    """The words at a span, line breaks dropped."""
    return "".join(text[span[0] : span[1]].splitlines()).strip()
