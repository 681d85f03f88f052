"""Sentences to look for figures in: paragraphs and table cells, without numbers of headings and statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from guiyan.engine.documents.outline.looking_back import Standpoint
from guiyan.engine.documents.outline.outline import Outline
from guiyan.engine.documents.tasks.statements import Statement
from guiyan.engine.documents.tasks.table_rows import Table
from guiyan.engine.documents.view import View, phrase, view_of

_STOP = re.compile(r"[。!?]+[”)]?")
_LONGEST = 1200
_NOISE = re.compile(
    r"^(?:相关(?:阅读|解读|链接|文件|附件)|打印|收藏|关闭|扫一扫|分享|当前位置|发布时间|发布日期|日期:|"
    r"来源:|信息来源|浏览|字体|上一篇|下一篇)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with where it belongs."""

    view: View
    path: tuple[str, ...]
    plan: str | None
    looks_back: bool = False
    rules: bool = False
    row: bool = False

    @property
    def chars(self) -> str:
        return self.view.chars


def passages_of(
    text: str,
    views: list[View],
    outline: Outline,
    statements: list[Statement],
    tables: list[Table],
    standpoint: Standpoint,
) -> list[Sentence]:
    """Every sentence of the document, in order."""
    rows = {i for table in tables for i in table.paragraphs}
    cuts = sorted((each.start, each.end) for each in statements)
    found: list[Sentence] = []
    for i, view in enumerate(views):
        if i not in rows and not _NOISE.match(view.chars):
            found += _of_paragraph(text, view, outline, cuts, standpoint)
    for table in tables:
        for row in table.rows:
            cell = view_of(text, *row.content)
            path = tuple(phrase(text, each) for each in row.path)
            found += _split(cell, path, outline.plan_at(row.content[0]), standpoint, row=True)
    found.sort(key=lambda each: each.view.offsets[0])
    return found


def _of_paragraph(
    text: str, view: View, outline: Outline, cuts: list[tuple[int, int]], standpoint: Standpoint
) -> Iterator[Sentence]:
    start, end = view.offsets[0], view.offsets[-1] + 1
    for begin, until in _pieces(start, end, outline, cuts):
        low, high = bisect_left(view.offsets, begin), bisect_left(view.offsets, until)
        place = outline.at(begin)
        yield from _split(
            view.cut(low, high),
            place.path if place else (),
            place.plan if place else outline.plan_at(begin),
            standpoint,
            opening=place is None and bool(outline.places),
        )


def _pieces(start: int, end: int, outline: Outline, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a paragraph without statements; a heading's number is left out, too."""
    holes = []
    index = bisect_left(cuts, (start, start))
    if index and cuts[index - 1][1] > start:
        index -= 1
    while index < len(cuts) and cuts[index][0] < end:
        holes.append(cuts[index])
        index += 1
    index = bisect_left(outline.starts, start)
    while index < len(outline.places) and outline.places[index].start < end:
        place = outline.places[index]
        label = place.heading[:1] in "(（【〔[" and place.heading[-1:] in ")）】〕]"
        holes.append((place.start, place.body if label else place.start + len(place.number)))
        index += 1
    pieces = []
    for low, high in sorted(holes):
        if start < low:
            pieces.append((start, low))
        start = max(start, high)
    return [*pieces, (start, end)] if start < end else pieces


def _split(
    view: View,
    path: tuple[str, ...],
    plan: str | None,
    standpoint: Standpoint,
    *,
    opening: bool = False,
    row: bool = False,
) -> Iterator[Sentence]:
    """Sentences end at 。!? outside quotes and brackets of the view."""
    at = 0
    told = standpoint.tells_under(path)
    back = told or opening
    for end in [*(stop.end() for stop in _STOP.finditer(view.chars)), len(view.chars)]:
        back = standpoint.looks_back(view.chars[at : min(end, at + _LONGEST)], told=told, before=opening or back)
        while at < end:
            until = end if end - at <= _LONGEST else _breathing_point(view.chars, at)
            yield Sentence(view.cut(at, until), path, plan, back, standpoint.rules, row)
            at = until


def _breathing_point(chars: str, at: int) -> int:
    """Where to cut a sentence longer than any real one, so that work stays linear in the text."""
    cut = max(chars.rfind(mark, at + _LONGEST // 2, at + _LONGEST) for mark in ";,、")
    return cut + 1 if cut > at else at + _LONGEST
