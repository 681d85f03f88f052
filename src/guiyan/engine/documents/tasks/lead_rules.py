"""What a document says about its own statements: who leads, who is always meant, what labels stand for."""

from __future__ import annotations

import re

from guiyan.engine.documents.tasks.units import clean_units, split_units
from guiyan.engine.documents.view import Span, View, phrase

_LEADS = re.compile(r"牵头(?:单位|部门|责任单位)")
_FIRST = re.compile(
    r"(?:列|排|处)(?:名)?(?:在|于)?(?:第一|首)(?:位|个|名)?|第一(?:个|家)?(?:责任)?(?:单位|部门)|排名第一|首位|首个"
)
_COMMA = re.compile(r"逗号|“[,、;]”|分号")
_STAR = re.compile(r"[*★▲]")
_IMPLIED = re.compile(r"(?:不再|不)(?:逐一|一一|重复|另行|单独|分别)*(?:列出|列明|列示|罗列|标注|注明|列举)")
_SUBJECT = re.compile(
    r"以下(?:条款|各项|各条|任务|事项|措施)?均?(?:需要?|涉及|为|由|含|包括)?(?P<units>[^,。;]{2,40}?)(?:共同|配合|负责|落实|组织|实施|参与|等)*[,。;]"
)


def lead_rule_of(text: str, views: list[View]) -> tuple[str | None, str | None]:
    """The document's lead rule as (`first` | `comma` | `star`, its words), or (None, None)."""
    for view in views:
        for found in _LEADS.finditer(view.chars):
            start = _clause_start(view.chars, found.start())
            end = _clause_end(view.chars, found.end())
            words = view.chars[start:end]
            rule = _rule(words)
            if rule:
                return rule, phrase(text, view.span(start, end)).strip("()（）")
    return None, None


def _rule(words: str) -> str | None:
    if len(words) > 60 or ":" in words:
        return None
    if _STAR.search(words) and re.search(r"[*★▲].{0,12}(?:为|是)", words):
        return "star"
    if _COMMA.search(words) and "前" in words:
        return "comma"
    return "first" if _FIRST.search(words) and re.search(r"[为是]", words) else None


def _clause_start(chars: str, at: int) -> int:
    window = chars[max(0, at - 40) : at]
    cut = max(window.rfind(mark) for mark in "。;:(，")
    comma = window.rfind(",")
    if comma > 0 and window[comma - 1 : comma] == "“":
        comma = -1
    return at - len(window) + max(cut, comma) + 1


def _clause_end(chars: str, at: int) -> int:
    return next((i for i in range(at, min(len(chars), at + 40)) if chars[i] in "。;,)"), min(len(chars), at + 40))


def implied_units_of(text: str, views: list[View]) -> tuple[str, ...]:
    """Units that answer for every task though they are named once (“以下均涉及…,不再列出”)."""
    for view in views:
        note = _IMPLIED.search(view.chars)
        if note is None:
            continue
        start = max(view.chars.rfind(mark, 0, note.start()) for mark in ":。(")
        found = _SUBJECT.search(view.chars, start + 1, note.end() + 1)
        named = clean_units(text, split_units(text, view.span(start + 1, note.start()))[0])
        if found is None:
            return tuple(name for name in named if name.startswith("各"))
        pieces = [piece.lstrip("各市") for piece in re.split(r"[、及和]", found["units"]) if piece.lstrip("各市")]
        meant = tuple(name for name in named if any(piece[-3:] in name for piece in pieces))
        return meant or tuple(clean_units(text, split_units(text, view.span(*_group(found)))[0]))
    return ()


def _group(found: re.Match[str]) -> Span:
    return found.span("units")
