"""Paragraphs of a text: its lines, joined again where they were cut at a fixed width or within a list of units."""

from __future__ import annotations

import re

from guiyan.engine.documents.view import Span, fold

_WIDEST = 80
_FEWEST = 8
_SLACK = 2
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,5}[章节条篇部]|[一二三四五六七八九十]{1,3}[、.]"
    r"|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.](?!\d)|[①-⑳]|(?:责任|牵头|配合|主办|协办)(?:单位|部门):)"
)
_INDENTED = re.compile(r"(?:\u3000|[ \t]{2})")
_UNFINISHED = re.compile(r"(?:责任|牵头|配合|主办|协办|落实|实施)(?:单位|部门|主体):[^()]*[、:]$")


def paragraph_spans(text: str) -> list[Span]:
    """Where the paragraphs stand. Blank lines part them."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    above: Span | None = None
    for line in lines:
        words = text[line[0] : line[1]]
        if not words or words.isspace():
            above = None
            continue
        if above is not None and _goes_on(text[above[0] : above[1]], words, width):
            spans[-1] = (spans[-1][0], line[1])
        else:
            spans.append(line)
        above = line
    return spans


def begins_item(words: str) -> bool:
    """Whether a line begins with a number or with a label of units."""
    return _BEGINS.match(fold(words[:24])) is not None


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width at which lines were cut; None if each line is a paragraph."""
    lengths = [size for start, end in lines if (size := len(text[start:end].strip())) > 0]
    if len(lengths) < _FEWEST or max(lengths) > _WIDEST or any("|" in text[s:e] for s, e in lines[:40]):
        return None
    width = max(lengths)
    full = sum(size >= width - _SLACK for size in lengths)
    return width if width >= 16 and full * 5 >= len(lengths) * 2 else None


def _goes_on(above: str, words: str, width: int | None) -> bool:
    """Does a line go on in the next one?"""
    folded = fold(above[-200:]).rstrip()
    if _UNFINISHED.search(folded) and not begins_item(words):
        return True
    if width is None or len(above.strip()) < width - _SLACK or _INDENTED.match(words):
        return False
    return not folded.endswith(("。", ";", "!", "?")) and not begins_item(words)
