"""Sentences to look for figures in: paragraphs and table cells, without numbers of headings and statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from guiyan.engine.documents.outline import Outline
from guiyan.engine.documents.statements import Statement
from guiyan.engine.documents.tables import Table
from guiyan.engine.documents.view import View, phrase, view_of

_STOP = re.compile(r"[。!?]+[”)]?")
_LONGEST = 1200
_BACK = re.compile(
    r"^(?:截至|截止|近年来|目前|当前|过去|回顾)|^[^,;]{2,20}以来,|(?:^|[,;])近[一二两三四五]年来?(?:累计|共|已)"
)
_AHEAD = re.compile(
    r"力争|争取|计划|确保|目标|每年|今后|下一步|要|将|给予|鼓励|支持|(?:到|至)20\d\d年|^(?:通过|围绕|聚焦|坚持)"
)
_STATE_OF_AFFAIRS = re.compile(
    r"(?:发展|工作|现有|现实)基础|基础(?:条件|和形势|与形势)|(?<!清)现状|(?:发展|面临|当前)的?形势|背景$|"
    r"(?:工作|主要|取得)的?(?:成效|成绩|进展)|(?:工作|情况)回顾|(?:存在|面临)的?(?:主要)?(?:困难|问题|挑战)"
)
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

    @property
    def chars(self) -> str:
        return self.view.chars


def passages_of(
    text: str, views: list[View], outline: Outline, statements: list[Statement], tables: list[Table]
) -> list[Sentence]:
    """Every sentence of the document, in order."""
    rows = {i for table in tables for i in table.paragraphs}
    cuts = sorted((each.start, each.end) for each in statements)
    found: list[Sentence] = []
    for i, view in enumerate(views):
        if i not in rows and not _NOISE.match(view.chars):
            found += _of_paragraph(text, view, outline, cuts)
    for table in tables:
        for row in table.rows:
            cell = view_of(text, *row.content)
            path = tuple(phrase(text, each) for each in row.path)
            found += _split(cell, path, outline.plan_at(row.content[0]))
    found.sort(key=lambda each: each.view.offsets[0])
    return found


def _of_paragraph(text: str, view: View, outline: Outline, cuts: list[tuple[int, int]]) -> Iterator[Sentence]:
    start, end = view.offsets[0], view.offsets[-1] + 1
    for begin, until in _pieces(start, end, outline, cuts):
        low, high = bisect_left(view.offsets, begin), bisect_left(view.offsets, until)
        place = outline.at(begin)
        yield from _split(
            view.cut(low, high),
            place.path if place else (),
            place.plan if place else outline.plan_at(begin),
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
        holes.append((place.start, place.start + len(place.number)))
        index += 1
    pieces = []
    for low, high in sorted(holes):
        if start < low:
            pieces.append((start, low))
        start = max(start, high)
    return [*pieces, (start, end)] if start < end else pieces


def _split(view: View, path: tuple[str, ...], plan: str | None) -> Iterator[Sentence]:
    """Sentences end at 。!? outside quotes and brackets of the view."""
    at = 0
    told_before = any(_STATE_OF_AFFAIRS.search(heading[:24]) for heading in path)
    back = told_before
    for end in [*(stop.end() for stop in _STOP.finditer(view.chars)), len(view.chars)]:
        back = told_before or _looks_back(view.chars[at : min(end, at + _LONGEST)], before=back)
        while at < end:
            until = end if end - at <= _LONGEST else _breathing_point(view.chars, at)
            yield Sentence(view.cut(at, until), path, plan, back)
            at = until


def _looks_back(chars: str, *, before: bool) -> bool:
    """Whether a sentence tells what was reached: it says so, or follows one that does and promises nothing itself."""
    return bool(_BACK.search(chars)) or (before and not _AHEAD.search(chars))


def _breathing_point(chars: str, at: int) -> int:
    """Where to cut a sentence longer than any real one, so that work stays linear in the text."""
    cut = max(chars.rfind(mark, at + _LONGEST // 2, at + _LONGEST) for mark in ";,、")
    return cut + 1 if cut > at else at + _LONGEST
