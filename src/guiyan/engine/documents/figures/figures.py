"""Figures of a sentence with the words that name them: shared out piece by piece, from the right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guiyan.engine.documents.figures import names
from guiyan.engine.documents.figures.clauses import Reading
from guiyan.engine.documents.figures.quantities import Quantity

_MARKS = re.compile(r"[、,和及与]")
_SIZE = re.compile(r"(?:[额率量值积]|收入|规模|比重|投资)(?:达到?|超过)?$")
_ATTRIBUTE = re.compile(r"的[^,;、\d]{0,20}(?:企业|项目|单位|机构|主体|园区|载体|团队|人才|人员|平台|商户|基地)")
_PARTS = re.compile(r"[^、,;\d。]{2,8}\d+[万亿]?[^、,;\d。%]{1,3}(?:、[^、,;\d。]{2,8}\d+[万亿]?[^、,;\d。%]{1,3})++")
_PHASE = re.compile(r"[一二三四首]期(?:工程)?$")
_IN_QUOTES = re.compile(r"“[^“”]{1,12}”")
_ALL_OF_THEM = re.compile(r"[均都](?:达到?|为|保持|超过|不低于|突破)?[^,;\d]{0,4}$")
_MEASURED = re.compile(r"(?:率|比|度|数|量|额|收入)$")
LEVEL_UNITS = frozenset(
    (
        "元",
        "美元",
        "欧元",
        "平方米",
        "平方公里",
        "公顷",
        "亩",
        "公里",
        "吨",
        "千瓦",
        "兆瓦",
        "千瓦时",
        "兆瓦时",
        "立方米",
    )
) | frozenset(("P", "T", "PFLOPS", "EFLOPS", "TB", "PB", "GB", "MW", "kW"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with figures between commas, or inside a bracket; `breakdown` if they divide a total (其中…)."""

    start: int
    end: int
    breakdown: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with its name's place in the sentence."""

    quantity: Quantity
    name: tuple[int, int] | None
    left_start: int
    growth: bool
    scope: str | None
    inherits: bool


def without_attributes(reading: Reading, piece: Piece, mine: list[Quantity]) -> list[Quantity]:
    """Drop figures that only describe what another one counts: 投资额5000万元以上的项目20个."""
    chars = reading.chars
    mine = [each for each in mine if not _describes_subject(chars, piece, each)]
    if len(mine) < 2:
        return mine
    kept: list[Quantity] = []
    for i, each in enumerate(mine):
        before = chars[mine[i - 1].end : each.start] if i else "、"
        behind = chars[each.end : mine[i + 1].start] if i + 1 < len(mine) else chars[each.end : piece.end]
        last = i + 1 == len(mine)
        attribute = behind.startswith("的") or _sizes(each, behind, mine, i)
        describes = each.compared and attribute and not _MARKS.search(behind)
        described = (not last and not chars[mine[i + 1].end : piece.end].strip("。")) or not _MARKS.search(before)
        if not (describes and described and len(kept) + len(mine) - i > 1):
            kept.append(each)
    return kept


def _describes_subject(chars: str, piece: Piece, each: Quantity) -> bool:
    """投资额5000万元以上的项目,由…: what the sentence is about, and how large; nothing is counted."""
    measured = each.compared and (each.is_money or each.is_rate or each.unit in LEVEL_UNITS)
    left = chars[piece.start : each.start]
    if not measured or not left or names.is_verb_only(left):
        return False
    if names.has_verb(left) and not _SIZE.search(left):
        return False
    return chars[piece.end : piece.end + 1] == "," and bool(_ATTRIBUTE.fullmatch(chars, each.end, piece.end))


def _sizes(each: Quantity, behind: str, mine: list[Quantity], index: int) -> bool:
    """10亿元以上项目50个: money right before the noun that is counted says how large each is."""
    counted = index + 1 < len(mine) and not (mine[index + 1].is_money or mine[index + 1].is_rate)
    return each.is_money and counted and 2 <= len(behind) <= 12 and not names.starts_new_clause(behind)


def is_nested(reading: Reading, piece: Piece, quantity: Quantity) -> bool:
    """In a bracket of the piece; brackets are pieces of their own."""
    words = reading.chars[piece.start : quantity.core]
    return words.count("(") > words.count(")")


def pieces_of(reading: Reading) -> list[Piece]:
    """Clauses, and the insides of brackets within them."""
    pieces: list[Piece] = []
    for clause in reading.clauses:
        words = reading.chars[clause.start : clause.end]
        pieces.append(Piece(clause.start, clause.end, words.startswith("其中")))
        for inner in re.finditer(r"\(([^()]*\d[^()]*)\)", words):
            start, end = clause.start + inner.start(1), clause.start + inner.end(1)
            if inner[1].startswith(("其中", "含", "包括")) or "其中" in inner[1][:6] or _PARTS.fullmatch(inner[1]):
                pieces.append(Piece(start, end, True))
    return pieces


def named_figures(reading: Reading, piece: Piece, mine: list[Quantity]) -> list[Named]:
    """Share the words between the figures of a piece out as names, from the right."""
    chars = reading.chars
    edges = [piece.start, *[q.end for q in mine]]
    gaps = [chars[edges[i] : q.start] for i, q in enumerate(mine)] + [_behind(chars, mine[-1].end, piece.end)]
    out: list[Named] = []
    right = gaps[-1]
    for i in range(len(mine) - 1, -1, -1):
        left_at, left = edges[i], gaps[i]
        takes_right = bool(right) and _takes_right(mine[i], left, right, first=i == 0)
        behind = ""
        if i > 0:
            behind, offset, left = names.split_gap(left, wanted_left=not takes_right)
            left_at += offset
        out.append(_one(chars, piece, mine[i], left, left_at, right if takes_right else ""))
        right = behind
    shared = _respectively(chars, _of_quoted(chars, piece, out[::-1]))
    return [part for each in shared for part in _alike(chars, each)]


def _of_quoted(chars: str, piece: Piece, named: list[Named]) -> list[Named]:
    """建立“金”“银”“铜”三级库,三年内分别入库100名、500名、2000名: as many names in the clause before as figures."""
    if len(named) < 2 or "分别" not in chars[piece.start : named[0].quantity.core] or chars[piece.start - 1] != ",":
        return named
    start = max(chars.rfind(mark, 0, piece.start - 1) for mark in ",;。:") + 1
    quoted = [found.span() for found in _IN_QUOTES.finditer(chars, start, piece.start)]
    if len(quoted) != len(named) or not all(each.inherits or _is_name_of_doing(chars, each) for each in named[:1]):
        return named
    return [replace(each, name=place, inherits=False) for each, place in zip(named, quoted, strict=True)]


def _is_name_of_doing(chars: str, named: Named) -> bool:
    """入库, 培育: the words before the first figure name no noun of their own."""
    left = chars[named.left_start : named.quantity.core]
    return names.is_verb_only(left) or len(left[left.rfind("分别") + 2 :]) <= 3


def _alike(chars: str, named: Named) -> list[Named]:
    """预约率、接入率均达100%: each of the names has the figure."""
    if named.name is None or not _ALL_OF_THEM.search(chars, named.left_start, named.quantity.start):
        return [named]
    start, end = named.name
    parts = names.listed(chars[start:end])
    if len(parts) < 2 or not all(_MEASURED.search(chars, start + low, start + high) for low, high in parts):
        return [named]
    return [replace(named, name=(start + low, start + high)) for low, high in parts]


def _respectively(chars: str, named: list[Named]) -> list[Named]:
    """甲和乙分别不少于5家、3家: as many names as figures, each its own."""
    first = named[0]
    rest_empty = all(each.inherits for each in named[1:])
    if (
        len(named) < 2
        or not rest_empty
        or first.name is None
        or "分别" not in chars[first.left_start : first.quantity.core]
    ):
        return named
    start, end = first.name
    found = names.listed(chars[start:end])
    if len(found) != len(named):
        return [named[0], *(replace(each, quantity=_like(first.quantity, each.quantity)) for each in named[1:])]
    return [
        replace(each, name=(start + low, start + high), quantity=_like(first.quantity, each.quantity), inherits=False)
        for each, (low, high) in zip(named, found, strict=True)
    ]


def _like(first: Quantity, quantity: Quantity) -> Quantity:
    return quantity if quantity.compared else replace(quantity, comparator=first.comparator)


def _behind(chars: str, start: int, end: int) -> str:
    """The words behind the last figure, up to a bracket that divides or explains it."""
    words = chars[start:end]
    cut = re.search(r"^\(|\((?:其中|含|包括|不含)|。|;", words)
    return words[: cut.start()] if cut else words


def _takes_right(quantity: Quantity, left: str, right: str, *, first: bool) -> bool:
    """Is the name behind the figure? Counts look right first; money and shares look left."""
    if names.starts_new_clause(right) or right.startswith("、") or re.match(r"[、和及以]*$", right):
        return False
    if quantity.is_rate:
        return first and names.is_verb_only(left[max(0, left.rfind("每年")) :]) and right.startswith("的")
    if quantity.unit in LEVEL_UNITS:
        return names.is_verb_only(_PHASE.sub("", left)) or (not quantity.is_money and names.ends_in_verb(left))
    return True


def _one(chars: str, piece: Piece, quantity: Quantity, left: str, left_at: int, right: str) -> Named:
    growth = (names.is_growth(left, right) and quantity.is_rate) or quantity.unit == "个百分点"
    scope = names.scope_in(left)
    if right:
        start, end = names.right_name(right)
        if names.is_outcome(right[start:]):
            begin, _ = names.left_name(left)
            return Named(quantity, (left_at + begin, quantity.end + end), left_at, growth, scope, False)
        return Named(quantity, (quantity.end + start, quantity.end + end), left_at, growth, scope, False)
    if names.is_growth_only(left):
        return Named(quantity, None, left_at, growth, scope, True)
    if names.is_verb_only(left) and not (piece.breakdown and scope):
        ahead = _noun_ahead(chars, quantity.end, piece.end)
        if ahead is not None:
            return Named(quantity, ahead, left_at, growth, scope, False)
        start, end = names.left_name(left)
        return Named(quantity, (left_at + start, left_at + end), left_at, growth, scope, not names.is_nominal(left))
    start, end = names.left_name(left)
    return Named(quantity, (left_at + start, left_at + end), left_at, growth, scope, False)


def _noun_ahead(chars: str, start: int, end: int) -> tuple[int, int] | None:
    """建成20个以上、…,功能完善的标杆社区: the noun comes after more attributes."""
    if chars[start : start + 1] not in ("、", ","):
        return None
    window = chars[start : start + 90]
    found = re.search(r"的([^,。;、的\d]{2,20})(?=[,。;]|$)", window)
    return (start + found.start(1), start + found.end(1)) if found and chars[start] == "、" else None
