"""Statements without a label: verbs of responsibility in brackets or behind the text, or nothing but units."""

from __future__ import annotations

import re

from guiyan.engine.documents.tasks.statements import LEAD_WORDS, Statement, new_statement, take
from guiyan.engine.documents.tasks.units import are_offices, looks_like_unit
from guiyan.engine.documents.view import View

VERB = re.compile(
    r"(?:共同|分别|联合|具体)?(?:按照?(?:各自)?职责(?:分工)?|依职责|按分工|结合职责)?(?:共同|分别|抓好|做好|协同|分工)?"
    r"(?P<verb>牵头(?:负责|组织|实施|落实|推进|抓总)?|主办|负责(?:落实|实施|牵头)?|组织实施|具体实施|"
    r"配合(?:实施|落实)?|协同(?:配合|推进|落实)?|协办|协助|参与|参加|落实|实施|推进)"
    r"(?:(?:实施|落实|推进|做好|抓好|配合|组织)?(?:相关工作|工作)?)(?=[,;。)]|$)"
)
_NOTE = re.compile(r"[,;。](?:其中|责任单位)?(?:列|排|以下|下同|首位|首个|第一|不再|标)")
_LAST = re.compile(r"。*+\Z")
CLOSERS = ",;。)"


def unlabelled(view: View, paragraph: int, taken: list[tuple[int, int]]) -> list[Statement]:
    """Brackets without a label: verbs of responsibility, or nothing but units."""
    found: list[Statement] = []
    chars = view.chars
    next_taken = 0
    for opened, end in [*_outer_brackets(chars), *_bare_tail(chars)]:
        while next_taken < len(taken) and taken[next_taken][1] <= opened:
            next_taken += 1
        if next_taken < len(taken) and taken[next_taken][0] < end:
            continue
        statement = _by_verbs(view, paragraph, opened, end) or _by_names(view, paragraph, opened, end)
        if statement:
            statement.bare = chars[max(opened, 0)] != "("
            found.append(statement)
    return found


def _bare_tail(chars: str) -> list[tuple[int, int]]:
    """The last words of a paragraph, where the brackets got lost: ….市人社局、市财政局负责"""
    start = chars.rfind("。", 0, len(chars) - 1) + 1
    tail = chars[start:].rstrip("。").removeprefix("由")
    names = [VERB.sub("", f"{piece},").rstrip(",") for piece in re.split(r"[、,;]", tail)]
    told = len(tail) <= 160 and "(" not in tail[:1] and VERB.search(tail)
    sure = told and names and all(looks_like_unit(re.sub(r"等.*$", "", name)) for name in names if name)
    return [(start - 1, len(chars))] if sure and names[0] else []


def _outer_brackets(chars: str) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for i, char in enumerate(chars):
        if char == "(":
            stack.append(i)
        elif char == ")" and stack:
            opened = stack.pop()
            if not stack:
                pairs.append((opened, i + 1))
    if stack and len(chars) - stack[0] < 400:
        pairs.append((stack[0], len(chars)))
    return pairs


def _by_verbs(view: View, paragraph: int, opened: int, end: int) -> Statement | None:
    """(市发改委牵头,市财政局、市人社局配合): each verb takes the units before it."""
    chars = view.chars
    inner_end = _before_note(chars, opened + 1, end - 1 if chars[end - 1] == ")" else end)
    statement = new_statement(view, paragraph, max(opened, 0), end, 0.95 if opened >= 0 else 0.9)
    at = opened + 1
    for verb in VERB.finditer(chars, opened + 1, inner_end):
        if at < verb.start():
            span = view.span(at, verb.start())
            lead = any(word in verb["verb"] for word in LEAD_WORDS)
            take(statement, span, lead=lead)
            statement.labels.append(verb["verb"])
        at = verb.end()
    if not statement.labels or chars[at:inner_end].strip(CLOSERS):
        return None
    names = [chars[s:e].removeprefix("由") for s, e in _name_pieces(chars, opened + 1, inner_end)]
    known = any(looks_like_unit(name) or name.startswith("各") for name in names)
    if not known and not (are_offices([_less(name) for name in names]) and _ends_sentence(chars, max(opened, 0), end)):
        return None
    return statement


def _by_names(view: View, paragraph: int, opened: int, end: int) -> Statement | None:
    """(市教育局、市人社局,各县市区人民政府) after a sentence's end or at the end of the paragraph."""
    chars = view.chars
    before = chars[opened - 1] if opened else ""
    if chars[end - 1] != ")" or not _ends_sentence(chars, opened, end):
        return None
    inner_end = _before_note(chars, opened + 1, end - 1)
    names = [piece.lstrip("*★▲") for piece in _listed(chars[opened + 1 : inner_end]) if piece]
    names = [_less(name) for name in names]
    ministries = before in "。;" and _LAST.match(chars, end) is not None and len(names) > 1 and are_offices(names)
    if not names or not (ministries or all(looks_like_unit(name) for name in names)):
        return None
    if before not in "。;" and not re.search(r"[局委办部府院]$|[局委办部府院][、,;]", chars[opened + 1 : end - 1]):
        return None
    statement = new_statement(view, paragraph, opened, end, 0.85)
    statement.responsible.append(view.span(opened + 1, inner_end))
    return statement


def _listed(chars: str) -> list[str]:
    """Split at marks outside brackets: 区科委,各镇(街道、工业区) are two names."""
    parts: list[str] = []
    depth = start = 0
    for i, char in enumerate(chars):
        depth += (char == "(") - (char == ")" and depth > 0)
        if depth == 0 and char in "、,;":
            parts.append(chars[start:i])
            start = i + 1
    return [*parts, chars[start:]]


def _less(name: str) -> str:
    return re.sub(r"等.*$", "", name)


def _ends_sentence(chars: str, opened: int, end: int) -> bool:
    """Whether the bracket stands behind a full stop, or at the end of a sentence or paragraph."""
    before = chars[opened - 1] if opened else ""
    return before in "。;" or _LAST.match(chars, end) is not None or chars[end : end + 1] == "。"


def _name_pieces(chars: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for found in re.finditer(r"[^、,;。()]+", chars[start:end]):
        words = VERB.sub("", found[0] + ",").rstrip(",")
        if words:
            pieces.append((start + found.start(), start + found.start() + len(words)))
    return pieces


def _before_note(chars: str, start: int, end: int) -> int:
    """A remark on reading the list (列第一位的为牵头单位,下同) is not part of it."""
    note = _NOTE.search(chars, start, end)
    return note.start() if note else end
