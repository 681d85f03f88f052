"""Indicators: every promised figure with its name, comparator, unit, period and parent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents import names
from guiyan.engine.documents.model import ParsedIndicator
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.periods import Period, Reach, governing, periods_in
from guiyan.engine.documents.quantities import Quantity
from guiyan.engine.documents.roles import Reading, Role, read_sentence
from guiyan.engine.documents.view import phrase, strip_span

_LEVEL_UNITS = frozenset(
    "元 美元 欧元 平方米 平方公里 公顷 亩 公里 吨 千瓦 兆瓦 千瓦时 兆瓦时 立方米 P PFLOPS EFLOPS TB PB GB MW kW T".split()
)
_NOT_TARGETS = re.compile(
    r"所称|是指|^(?:截至|截止|近年来|目前|当前|过去)|(?:应当?|须|需)(?:同时)?(?:具备|符合|满足)|(?:符合|具备)(?:以下|下列)"
)
_NOT_TARGET_SECTIONS = re.compile(
    r"适用范围|附则|名词解释|(?:申报|认定|申请|支持|入驻|补贴|评审)(?:条件|标准|对象|程序|材料|流程)|解释权"
)
_NORM = re.compile(r"(?:明确|配备|安排|指定|确定|配置)$")
_PAST = re.compile(r"已(?:经)?(?:累计)?(?:建成|达到?|有|引进|培育|发放|完成|实现|拥有|投入)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words with figures between commas, or inside a bracket; `breakdown` if they divide a total (其中…)."""

    start: int
    end: int
    breakdown: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure with its name's place in the sentence."""

    quantity: Quantity
    name: tuple[int, int] | None
    left_start: int
    growth: bool
    scope: str | None
    inherits: bool


def indicators_of(text: str, passages: list[Sentence]) -> tuple[ParsedIndicator, ...]:
    """The indicators of the document, in order."""
    found: list[ParsedIndicator] = []
    for sentence in passages:
        if not _may_promise(sentence):
            continue
        reading = read_sentence(sentence.chars)
        if any(role is Role.TARGET for role in reading.roles):
            found += _of_sentence(text, sentence, reading)
    return tuple(found)


def _may_promise(sentence: Sentence) -> bool:
    if _NOT_TARGETS.search(sentence.chars) or _PAST.search(sentence.chars):
        return False
    return not any(_NOT_TARGET_SECTIONS.search(heading[:30]) for heading in sentence.path)


def _of_sentence(text: str, sentence: Sentence, reading: Reading) -> list[ParsedIndicator]:
    targets = [
        quantity
        for quantity, role in zip(reading.quantities, reading.roles, strict=True)
        if role is Role.TARGET and not quantity.is_time
    ]
    periods = periods_in(reading.chars)
    found: list[ParsedIndicator] = []
    for piece in _pieces(reading):
        mine = [each for each in targets if piece.start <= each.core < piece.end and not _nested(reading, piece, each)]
        if mine:
            found += _of_piece(text, sentence, reading, piece, mine, periods, found)
    return found


def _nested(reading: Reading, piece: _Piece, quantity: Quantity) -> bool:
    """In a bracket of the piece; brackets are pieces of their own."""
    words = reading.chars[piece.start : quantity.core]
    return words.count("(") > words.count(")")


def _pieces(reading: Reading) -> list[_Piece]:
    """Clauses, and the insides of brackets within them."""
    pieces: list[_Piece] = []
    for clause in reading.clauses:
        words = reading.chars[clause.start : clause.end]
        pieces.append(_Piece(clause.start, clause.end, words.startswith("其中")))
        for inner in re.finditer(r"\(([^()]*\d[^()]*)\)", words):
            start, end = clause.start + inner.start(1), clause.start + inner.end(1)
            if inner[1].startswith(("其中", "含", "包括")) or "其中" in inner[1][:6]:
                pieces.append(_Piece(start, end, True))
    return pieces


def _of_piece(
    text: str,
    sentence: Sentence,
    reading: Reading,
    piece: _Piece,
    mine: list[Quantity],
    periods: list[Period],
    before: list[ParsedIndicator],
) -> list[ParsedIndicator]:
    found: list[ParsedIndicator] = []
    total = next((each for each in reversed(before) if each.parent is None), None)
    for named in _named(reading, piece, mine):
        elders = (before + found)[::-1]
        elder = next((each for each in elders if each.unit == named.quantity.unit), elders[0] if elders else None)
        name, span = _name_words(text, sentence, named, elder)
        if not name or _is_norm(reading, piece, named.quantity) or _is_slogan(reading.chars, named.quantity, name):
            continue
        parent = total.name if piece.breakdown and total is not None else None
        reach = governing(periods, named.left_start, named.quantity.core)
        found.append(_indicator(sentence, named, name, span, reach, parent))
    return found


def _is_norm(reading: Reading, piece: _Piece, quantity: Quantity) -> bool:
    """明确1名服务专员: what each recipient gets, not what the city reaches."""
    small = quantity.value is not None and quantity.value <= 3 and quantity.unit in ("名", "个", "位", "人")
    left = reading.chars[: quantity.start]
    return small and bool(_NORM.search(left) or re.search(r"为[^。;]{2,40}(?:明确|配备|安排|指定)", left))


def _is_slogan(chars: str, quantity: Quantity, name: str) -> bool:
    """10条措施 counts the document's own words, not what it promises."""
    words = name + chars[quantity.end : quantity.end + 16]
    return quantity.unit in ("条", "项", "类", "种") and bool(re.search(r"举措|措施|政策(?!性)|条例|意见", words))


def _named(reading: Reading, piece: _Piece, mine: list[Quantity]) -> list[_Named]:
    """Share the words between the figures of a piece out as names, from the right."""
    chars = reading.chars
    edges = [piece.start, *[q.end for q in mine]]
    gaps = [chars[edges[i] : q.start] for i, q in enumerate(mine)] + [_behind(chars, mine[-1].end, piece.end)]
    out: list[_Named] = []
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
    return out[::-1]


def _behind(chars: str, start: int, end: int) -> str:
    """The words behind the last figure, up to a bracket that divides or explains it."""
    words = chars[start:end]
    cut = re.search(r"\((?:其中|含|包括|不含)|。|;", words)
    return words[: cut.start()] if cut else words


def _takes_right(quantity: Quantity, left: str, right: str, *, first: bool) -> bool:
    """Is the name behind the figure? Counts look right first; money and shares look left."""
    if names.starts_new_clause(right) or right.startswith("、") or re.match(r"[、和及以]*$", right):
        return False
    if quantity.is_rate:
        return first and names.is_verb_only(left) and right.startswith("的")
    if quantity.unit in _LEVEL_UNITS:
        return names.is_verb_only(left)
    return True


def _one(chars: str, piece: _Piece, quantity: Quantity, left: str, left_at: int, right: str) -> _Named:
    growth = names.is_growth(left, right) and quantity.is_rate or quantity.unit == "个百分点"
    scope = names.scope_in(left)
    if right:
        start, end = names.right_name(right)
        if names.is_outcome(right[start:]):
            begin, _ = names.left_name(left)
            return _Named(quantity, (left_at + begin, quantity.end + end), left_at, growth, scope, False)
        return _Named(quantity, (quantity.end + start, quantity.end + end), left_at, growth, scope, False)
    if names.is_verb_only(left) and not (piece.breakdown and scope):
        ahead = _noun_ahead(chars, quantity.end, piece.end)
        return _Named(quantity, ahead, left_at, growth, scope, ahead is None)
    start, end = names.left_name(left)
    return _Named(quantity, (left_at + start, left_at + end), left_at, growth, scope, False)


_AHEAD = re.compile(r"[、,][^。;\d]{0,60}?的(?P<noun>[^,。;、的\d]{2,20})(?=[,。;])")


def _noun_ahead(chars: str, start: int, end: int) -> tuple[int, int] | None:
    """建成20个以上、…,功能完善的标杆社区: the noun comes after more attributes."""
    if chars[start : start + 1] not in ("、", ","):
        return None
    window = chars[start : start + 90]
    found = re.search(r"的([^,。;、的\d]{2,20})(?=[,。;]|$)", window)
    return (start + found.start(1), start + found.end(1)) if found and chars[start] == "、" else None


def _name_words(
    text: str, sentence: Sentence, named: _Named, elder: ParsedIndicator | None
) -> tuple[str, tuple[int, int]]:
    quantity = named.quantity
    own = sentence.view.span(quantity.start, quantity.end)
    if named.name is not None and named.name[0] < named.name[1]:
        span = strip_span(text, sentence.view.span(*named.name), "。,，、;；:： 的")
        if named.name[0] < quantity.start < named.name[1]:
            verb = sentence.view.span(named.name[0], quantity.start)
            noun = sentence.view.span(quantity.end, named.name[1])
            return phrase(text, verb) + phrase(text, noun), (min(own[0], verb[0]), noun[1])
        words = "".join(phrase(text, span).split()) if span[0] < span[1] else ""
        if len(words) >= 2 and re.search(r"[\u4e00-\u9fffA-Za-z]{2}", words):
            return words, (min(own[0], span[0]), max(own[1], span[1]))
    if elder is not None and named.inherits:
        return elder.name, own
    return "", own


def _indicator(
    sentence: Sentence, named: _Named, name: str, span: tuple[int, int], reach: Reach, parent: str | None
) -> ParsedIndicator:
    quantity = named.quantity
    return ParsedIndicator(
        name=name,
        comparator=quantity.comparator,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        kind=_kind(quantity, name, named.growth),
        span=span,
        period=reach.period,
        parent=parent,
        deadline=reach.deadline,
        approx=quantity.approx,
        redacted=quantity.value is None,
        scope=named.scope,
        horizon=reach.horizon,
        confidence=_confidence(quantity, name, named),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind(quantity: Quantity, name: str, growth: bool) -> str:
    if quantity.is_rate:
        return "growth_rate" if growth or re.search(r"增[长幅速]", name) else "ratio"
    if re.search(r"每(?:万|千|百|亿)[人元户]|人均|每人", name):
        return "ratio"
    return "level" if quantity.unit in _LEVEL_UNITS else "count"


def _confidence(quantity: Quantity, name: str, named: _Named) -> float:
    value = 0.95
    value -= 0.15 * (not quantity.unit) + 0.15 * named.inherits + 0.1 * (len(name) > 25) + 0.1 * quantity.spelled
    return round(max(value, 0.3), 2)
