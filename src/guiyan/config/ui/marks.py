"""Cuts a document's text at the borders of its spans, so that overlapping marks can be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

HEAD = re.compile(
    r"^(第?[一二三四五六七八九十]+[、章]|附件|目\s*录)|^[^，。、；：,;:（(]{6,}(方案|意见|办法|措施|通知)$"
)
LONGEST_HEAD = 40
UNDER = ("term-open", "term", "unit")


@dataclass(frozen=True)
class Span:
    """What was read at [start, end) of the text."""

    id: str
    start: int
    end: int
    kind: str
    number: str
    href: str
    state: str


@dataclass(frozen=True)
class Piece:
    """A run of text under the same spans; `span` is the innermost mark, `numbers` end here."""

    text: str
    span: Span | None
    under: str  # the kind of a mark that is drawn under another: a unit, a term of a rule
    is_first: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """A line of the text; `start` is its place, for links from the outline."""

    pieces: tuple[Piece, ...]
    is_head: bool
    start: int


def read_span(raw: object) -> Span:
    """A span from a mapping or an object; `start`, `end` and `kind` are required."""

    def part(name: str, default: object = "") -> object:
        if isinstance(raw, Mapping):
            return raw.get(name, default)
        return getattr(raw, name, default)

    start, end = part("start", None), part("end", None)
    if not isinstance(start, int) or not isinstance(end, int) or start >= end:
        raise ValueError(f"a span needs start < end, not {start!r}–{end!r}")
    texts = {name: str(part(name) or "") for name in ("id", "kind", "number", "href", "state")}
    return Span(start=start, end=end, **texts)


def cut(text: str, spans: Iterable[object]) -> list[Paragraph]:
    """The text by paragraphs (lines), each cut where a mark begins or ends."""
    known = sorted((read_span(raw) for raw in spans), key=lambda span: (span.start, -span.end))
    paragraphs: list[Paragraph] = []
    for line in re.finditer(r"[^\n]+", text):
        if line.group().strip():
            near = [span for span in known if span.start < line.end() and span.end > line.start()]
            is_head = len(line.group()) <= LONGEST_HEAD and bool(HEAD.match(line.group().strip()))
            paragraphs.append(Paragraph(tuple(_pieces(text, line.start(), line.end(), near)), is_head, line.start()))
    return paragraphs


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterable[Piece]:
    borders = {start, end}
    for span in spans:
        borders |= {max(start, span.start), min(end, span.end)}
    ordered = sorted(borders)
    for left, right in pairwise(ordered):
        over = [span for span in spans if span.start <= left and span.end >= right]
        marks = [span for span in over if span.kind not in UNDER] or over
        inner = min(marks, key=lambda span: span.end - span.start, default=None)
        yield Piece(
            text=text[left:right],
            span=inner,
            under=next((kind for kind in UNDER if any(span.kind == kind for span in over)), ""),
            is_first=inner is not None and inner.start == left,
            numbers=tuple(span.number for span in over if span.end == right and span.number),
        )
