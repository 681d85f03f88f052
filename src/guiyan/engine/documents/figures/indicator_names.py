"""The words that name an indicator, taken from the sentence, the clause before, its neighbour or its heading."""

from __future__ import annotations

import re
from dataclasses import replace

from guiyan.engine.documents.figures import names
from guiyan.engine.documents.figures.figures import Named, Piece
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.model import ParsedIndicator
from guiyan.engine.documents.view import phrase, strip_span

_ACTED_ON = re.compile(
    r"(?:实施|组织|开展|启动|推进|建立|打造|设立|建设|评选|举办|开设|改建|新建|培育|创建|推广)"
    r"(?P<what>(?:“[^“”]{1,16}”)?[^,;。“”\d]{0,24}),$"
)
_LEVELLED = re.compile(r"(?P<level>[^,、]{0,4}(?:国家|省|市|县|区|州|[百千万十]亿)级)(?P<noun>(?!以上|及)[^,、]*)")
_SIZE_BEFORE = re.compile(r"(?P<size>(?:总|投资|资金|管理)?规模)(?:达到?|为|约)?$")
_SIZED_NOUN = re.compile(r"的(?P<what>[^,;。的]{2,24}?(?:基金|资金池|项目库|集群|园区|专项))(?=[,;。]|$)")


def name_words(
    text: str, sentence: Sentence, named: Named, elder: ParsedIndicator | None
) -> tuple[str, tuple[int, int]]:
    quantity = named.quantity
    own = sentence.view.span(quantity.start, quantity.end)
    sized = _SIZE_BEFORE.search(sentence.chars, named.left_start, quantity.start)
    noun = _SIZED_NOUN.match(sentence.chars, quantity.end) if sized and quantity.is_money else None
    if sized and noun:
        place = sentence.view.span(*noun.span("what"))
        return phrase(text, place) + sized["size"], (own[0], place[1])
    if elder is not None and named.inherits:
        return names.at_level(elder.name, named.scope), own
    if named.name is not None and named.name[0] < named.name[1]:
        span = strip_span(text, sentence.view.span(*named.name), "。,，、;；:： 的")
        if named.name[0] < quantity.start < named.name[1]:
            verb = sentence.view.span(named.name[0], quantity.start)
            behind = sentence.view.span(quantity.end, named.name[1])
            return phrase(text, verb) + phrase(text, behind), (min(own[0], verb[0]), behind[1])
        words = "".join(phrase(text, span).split()) if span[0] < span[1] else ""
        if len(words) >= 2 and re.search(r"[\u4e00-\u9fffA-Za-z]{2}", words):
            return words, (min(own[0], span[0]), max(own[1], span[1]))
    return "", own


def with_heads(found: list[ParsedIndicator]) -> list[ParsedIndicator]:
    """20个省级、50个市级园区: the first names no more than a level, its noun stands behind the last."""
    head = ""
    out: list[ParsedIndicator] = []
    for each in reversed(found):
        level = _LEVELLED.fullmatch(each.name)
        if level and level["noun"]:
            head = level["noun"]
        elif level and head and each.parent is None:
            each = replace(each, name=each.name + head)
        elif not level:
            head = ""
        out.append(each)
    return out[::-1]


def fuller(name: str, heading: str) -> str:
    """全年培训600人次 under 开展技能培训: the heading says which."""
    found = re.search(rf"[\u4e00-\u9fff]{{2,10}}{name}", heading) if re.fullmatch(r"[\u4e00-\u9fff]{2}", name) else None
    if found is None:
        return name
    start, _ = names.left_name(found[0])
    words = found[0][start:]
    return words if len(words) > 2 else name


def object_before(text: str, sentence: Sentence, piece: Piece) -> str:
    """实施“揭榜挂帅”项目,每年遴选不超过12个: what the clause before acts on."""
    found = _ACTED_ON.search(sentence.chars, max(0, piece.start - 60), piece.start)
    if found is None:
        return ""
    listed = sentence.chars.rfind("等", found.start("what"), found.end("what") - 2) + 1
    place = sentence.view.span(max(listed, found.start("what")), found.end("what"))
    return "".join(phrase(text, place).split())
