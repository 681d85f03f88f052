"""Numbered headings: which words are a number, of which kind, and where the heading ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents.view import View
from guiyan.engine.values.chinese import chinese_number

__all__ = ["CN", "RANK", "Numbered", "chinese_number", "heading_end", "number_at"]

CN = "一二三四五六七八九十百零〇"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{CN}\d]{{1,5}})(?:部分|篇|编)[、:.]?")),
    ("chapter", re.compile(rf"第([{CN}\d]{{1,5}})章[、:.]?")),
    ("division", re.compile(rf"第([{CN}\d]{{1,5}})节[、:.]?")),
    ("article", re.compile(rf"第([{CN}\d]{{1,5}})条[、:.]?")),
    ("item", re.compile(rf"([{CN}]{{1,5}})[、.](?![{CN}]{{1,3}}[、产])")),
    ("paren", re.compile(rf"\(([{CN}]{{1,5}})\)[、.]?")),
    ("paren", re.compile(r"([㈠-㈩])[、.]?")),
    ("item", re.compile(r"([壹贰叁肆伍陆柒捌玖拾]{1,3})、")),
    ("figure", re.compile(r"([⒈-⒛])")),
    ("decimal", re.compile(r"\d{1,2}\.(\d{1,2})[、.]?(?=[\u4e00-\u9fff])(?![万亿千百多余个家名倍年月亩公元米户项])")),
    ("figure-paren", re.compile(r"([⑴-⒇])[、.]?")),
    ("figure", re.compile(r"(\d{1,3})(?:[、.](?!\d)|\)[、.]?)")),
    ("figure-paren", re.compile(r"\((\d{1,3})\)[、.]?")),
    ("named", re.compile(rf"(?:行动|工程|任务|举措|措施|计划|专项|板块)([{CN}]{{1,3}}|\d{{1,2}})[:、]")),
    ("said", re.compile(rf"([{CN}]{{1,3}})是(?=[^,;。:]{{2,24}}[。:])")),
    ("bullet", re.compile(r"([◆●■▲◇►▶➢•])(?=[^,;。:]{2,24}$)")),
    ("circled", re.compile(r"([①-⑳])[、.]?")),
)
_KINDS = (
    *("part", "chapter", "division", "article", "item", "named", "paren"),
    *("figure", "decimal", "figure-paren", "said", "bullet", "circled"),
)
RANK = {kind: rank for rank, kind in enumerate(_KINDS)}
_SIGNS = {
    chr(first + i): i + 1
    for first, count in ((0x2460, 20), (0x2488, 20), (0x2474, 20), (0x3220, 10))
    for i in range(count)
}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_APART = re.compile(rf"(?:行动|工程|任务|举措|措施|计划|专项|板块|专栏)([{CN}]{{1,3}}|\d{{1,2}})")
_STARTS = frozenset("第(0123456789行工任举措计专板壹贰叁肆伍陆柒捌玖拾◆●■▲◇►▶➢•" + CN) | frozenset(_SIGNS)

_SENTENCE_END = re.compile(r"[。!?;]|\((?:责任|牵头|配合|主办|实施|落实)[^:]{0,8}:")
_LABEL_END = re.compile(r"[^,、;。:\"“”《》]{2,24}:")
_BRACKETED = re.compile(r"\([^()、,;。:]{2,20}\)(?=[^,;。、:]|$)")
_MAX_HEADING = 200
_LONG_HEADING = 60


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number at `start` of a view; the heading's own words are `number_end:end`."""

    kind: str
    ordinal: int
    start: int
    number_end: int
    end: int


def _ordinal(word: str) -> int:
    return _SIGNS.get(word) or chinese_number(word.translate(_FORMAL))


def number_at(view: View, start: int) -> Numbered | None:
    """The heading that begins at `start`, if a number stands there."""
    chars = view.chars
    if start >= len(chars) or chars[start] not in _STARTS:
        return None
    for kind, form in _FORMS:
        found = form.match(chars, start)
        if found and found.end() < len(chars) and chars[found.end()] not in ",;。、%":
            end = heading_end(view, found.end())
            if end > found.end():
                return Numbered(kind, _ordinal(found[1]), start, found.end(), end)
    return _named_apart(view, start)


def _named_apart(view: View, start: int) -> Numbered | None:
    """任务一 建设载体: a name with its number, parted by a blank from a short heading."""
    found = _APART.match(view.chars, start)
    if found is None or start or not 2 <= len(view.chars) - found.end() <= 30 or _SENTENCE_END.search(view.chars):
        return None
    apart = view.offsets[found.end()] - view.offsets[found.end() - 1] > 1
    return Numbered("named", _ordinal(found[1]), start, found.end(), len(view.chars)) if apart else None


def heading_end(view: View, start: int) -> int:
    """Where the heading sentence that begins at `start` ends, its last mark left out."""
    chars = view.chars
    bracketed = _BRACKETED.match(chars, start)
    if bracketed:
        return bracketed.end()
    limit = min(len(chars), start + _MAX_HEADING)
    stop = _SENTENCE_END.search(chars, start, limit)
    end = stop.start() if stop else limit
    label = _LABEL_END.match(chars, start, end)
    if label:
        end = label.end() - 1
    return _cut_at_blank(view, start, end)


def _cut_at_blank(view: View, start: int, end: int) -> int:
    """A heading glued to its text by a blank ends at the blank."""
    if end - start < _LONG_HEADING // 2:
        return end
    for i in range(start + 3, min(end, start + _LONG_HEADING // 2)):
        if view.offsets[i] - view.offsets[i - 1] > 1 and not set(view.chars[start:i]) & set(",、:"):
            return i
    return end
