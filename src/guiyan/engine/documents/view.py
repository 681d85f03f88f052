"""A view of text that is easy to match: half-width forms, no blanks, every character knows its place.

Documents mix full and half width and scatter blanks (“2025 年 6 月”). Grammar is written once, against
a view; spans are always offsets into the text as read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.engine.values.chinese import fold

__all__ = ["Span", "View", "fold", "phrase", "strip_span", "view_of"]

Span = tuple[int, int]


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


def strip_span(text: str, span: Span, extra: str = "") -> Span:
    """The span without blanks (and `extra` characters) at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in extra):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return (start, end)


def phrase(text: str, span: Span) -> str:
    """The words at a span, line breaks and the blanks around them dropped."""
    return "".join(line.strip() for line in text[span[0] : span[1]].splitlines())
