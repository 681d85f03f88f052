"""Statements of responsibility: brackets, lines and run-in remarks that say which units answer for a task.

Three manners: labels (牵头单位:…;责任单位:…), verbs (市发改委牵头,市财政局配合) and bare lists of units in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guiyan.engine.documents.units import (
    LEAD_MARK,
    are_offices,
    clean_units,
    looks_like_unit,
    split_units,
    without_mark,
)
from guiyan.engine.documents.view import Span, View, fold

_ROLE = (
    "牵头|主要责任|责任|负责|配合|协同|协作|协办|协助|主办|承办|参与|参加|支持|支撑|实施|落实|组织实施|主责|"
    "主管|执行|联系|推进|分管|指导"
)
_LABEL = re.compile(
    rf"(?:市级|省级|县级|区级|市直|区直|县直)?((?:{_ROLE})(?:(?:和|及|与|、|或)?(?:{_ROLE})){{0,3}})(?:市|省|县|区)?(?:单位|部门|主体|机构|地区|"
    rf"处室|科室|方)(?:\(部门\)|及部门|和部门)?(?:分别)?(?:(?:为|是)?:|为(?=[市区县各省]))"
)
_OTHER_LABEL = re.compile(
    r"(?:牵头|责任|分管|包保|联系|完成|办理|推进|进度|落实)?(?:时限|时间|期限|节点|要求|领导|人员|"
    r"人)(?:要求|安排|节点)?:"
)
_VERB = re.compile(
    r"(?:共同|分别|联合|具体)?(?:按照?(?:各自)?职责(?:分工)?|依职责|按分工|结合职责)?(?:共同|分别|抓好|做好|协同|分工)?"
    r"(?P<verb>牵头(?:负责|组织|实施|落实|推进|抓总)?|主办|负责(?:落实|实施|牵头)?|组织实施|具体实施|"
    r"配合(?:实施|落实)?|协同(?:配合|推进|落实)?|协办|协助|参与|参加|落实|实施|推进)"
    r"(?:(?:实施|落实|推进|做好|抓好|配合|组织)?(?:相关工作|工作)?)(?=[,;。)]|$)"
)
_NOTE = re.compile(r"[,;。](?:其中|责任单位)?(?:列|排|以下|下同|首位|首个|第一|不再|标)")
_LEAD_WORDS = ("牵头", "主办", "主责")
_LEAD_LABELS = ("牵头", "主办", "主责", "主要责任")
_HELPERS = ("配合", "协同", "协作", "协办", "协助", "参与", "参加", "支持", "支撑")
_CLOSERS = ",;。)"


@dataclass(slots=True)
class Statement:
    """One statement: where it stands in the text and the spans of units by role."""

    start: int
    end: int
    paragraph: int
    last_paragraph: int
    opens_paragraph: bool
    closes_paragraph: bool
    lead: list[Span] = field(default_factory=list)
    responsible: list[Span] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    confidence: float = 0.98


def _statement(view: View, paragraph: int, start: int, end: int, confidence: float = 0.98) -> Statement:
    """An empty statement over `view.chars[start:end]`."""
    span = view.span(start, end)
    closes = not view.chars[end:].strip("。;|")
    return Statement(span[0], span[1], paragraph, paragraph, start == 0, closes, confidence=confidence)


def statements_in(view: View, paragraph: int) -> list[Statement]:
    """The statements of one paragraph, in order."""
    found: list[Statement] = []
    taken: list[tuple[int, int]] = []
    at = 0
    while (label := _LABEL.search(view.chars, at)) is not None:
        at = label.end()
        place = _labelled_place(view.chars, label)
        if place is None:
            continue
        statement = _labelled(view, paragraph, label, place)
        at = max(at, place[1])
        if statement is not None:
            found.append(statement)
            taken.append(place)
    found += _bracketed(view, paragraph, taken)
    return _joined(sorted(found, key=lambda each: each.start))


def _labelled_place(chars: str, label: re.Match[str]) -> tuple[int, int] | None:
    """From the bracket or the label to the closing bracket or the sentence's end; None inside a sentence."""
    opened = _opening_before(chars, label.start())
    if opened is None and label.start() > 0 and chars[label.start() - 1] not in "。;!?:)”*|":
        return None
    start = label.start() if opened is None else opened
    return start, _closing(chars, label.end(), in_bracket=opened is not None)


def _labelled(view: View, paragraph: int, label: re.Match[str], place: tuple[int, int]) -> Statement | None:
    start, end = place
    in_bracket = view.chars[start] == "("
    closed = view.chars[end - 1] == ")" and in_bracket
    statement = _statement(view, paragraph, start, end, 0.98 if closed or not in_bracket else 0.9)
    _read_labels(view, statement, label.start(), end - 1 if closed else end)
    return statement if statement.lead or statement.responsible else None


def _opening_before(chars: str, at: int) -> int | None:
    """The bracket that the label at `at` opens; other labels (完成时限:…;) may stand between."""
    if at and chars[at - 1] == "(":
        return at - 1
    bracket = chars.rfind("(", max(0, at - 40), at)
    if bracket >= 0 and ")" not in chars[bracket:at] and _OTHER_LABEL.match(chars, bracket + 1):
        return bracket
    return None


def _closing(chars: str, at: int, *, in_bracket: bool) -> int:
    """After the bracket that closes the statement; without one, after the sentence or at the paragraph's end."""
    depth = 0
    for i in range(at, len(chars)):
        char = chars[i]
        if char == "(":
            depth += 1
        elif char == ")":
            if depth == 0:
                return i + 1
            depth -= 1
        elif char == "。" and depth == 0 and not (in_bracket and _closes_soon(chars, i)):
            return i + (0 if in_bracket else 1)
    return len(chars)


def _closes_soon(chars: str, at: int) -> bool:
    """The bracket goes on behind a full stop (责任单位:…。完成时限:…)."""
    rest = chars[at + 1 : at + 40].split(")")
    return len(rest) > 1 and not set("(。") & set(rest[0])


def _read_labels(view: View, statement: Statement, start: int, end: int) -> None:
    """Share the text between the labels of one statement out to their roles."""
    marks = [(m.start(), m.end(), m[1]) for m in _LABEL.finditer(view.chars, start, end)]
    marks += [(m.start(), m.end(), "") for m in _OTHER_LABEL.finditer(view.chars, start, end)]
    marks.sort()
    roles = [role for _, _, role in marks]
    helped = any(role.startswith(_HELPERS) for role in roles) and not any(r.startswith(_LEAD_LABELS) for r in roles)
    for i, (_, after, role) in enumerate(marks):
        until = marks[i + 1][0] if i + 1 < len(marks) else end
        if role and after < until:
            leads = role.startswith(_LEAD_LABELS) or (role.startswith("责任") and helped)
            _take_told(view, statement, (after, until), leads=leads)
            if not statement.labels or statement.labels[-1] != role:
                statement.labels.append(role)


def _take_told(view: View, statement: Statement, place: tuple[int, int], *, leads: bool) -> None:
    """The units behind a label; verbs among them say more: 责任单位:市人社局牵头,市财政局配合."""
    at, until = place
    for verb in [] if leads else list(_VERB.finditer(view.chars, at, until)):
        if (
            verb["verb"].startswith(("牵头", "主办", "配合", "协同", "协办", "协助", "参与"))
            and at < verb.start()
            and view.chars[verb.start() - 1] != "("
        ):
            _take(statement, view.span(at, verb.start()), lead=verb["verb"].startswith(_LEAD_WORDS))
            at = verb.end()
    if view.chars[at:until].strip(_CLOSERS):
        _take(statement, view.span(at, until), lead=leads)


def _take(statement: Statement, span: Span, *, lead: bool) -> None:
    (statement.lead if lead else statement.responsible).append(span)


def _bracketed(view: View, paragraph: int, taken: list[tuple[int, int]]) -> list[Statement]:
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
            found.append(statement)
    return found


def _bare_tail(chars: str) -> list[tuple[int, int]]:
    """The last words of a paragraph, where the brackets got lost: ….市人社局、市财政局负责"""
    start = chars.rfind("。", 0, len(chars) - 1) + 1
    tail = chars[start:].rstrip("。").removeprefix("由")
    names = [_VERB.sub("", f"{piece},").rstrip(",") for piece in re.split(r"[、,;]", tail)]
    told = len(tail) <= 160 and "(" not in tail[:1] and _VERB.search(tail)
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
    statement = _statement(view, paragraph, max(opened, 0), end, 0.95 if opened >= 0 else 0.9)
    at = opened + 1
    for verb in _VERB.finditer(chars, opened + 1, inner_end):
        if at < verb.start():
            span = view.span(at, verb.start())
            lead = any(word in verb["verb"] for word in _LEAD_WORDS)
            _take(statement, span, lead=lead)
            statement.labels.append(verb["verb"])
        at = verb.end()
    if not statement.labels or chars[at:inner_end].strip(_CLOSERS):
        return None
    names = [chars[s:e].removeprefix("由") for s, e in _name_pieces(chars, opened + 1, inner_end)]
    known = any(looks_like_unit(name) or name.startswith("各") for name in names)
    if not known and not (are_offices([_less(name) for name in names]) and _ends_sentence(chars, max(opened, 0), end)):
        return None
    return statement


def _less(name: str) -> str:
    return re.sub(r"等.*$", "", name)


def _ends_sentence(chars: str, opened: int, end: int) -> bool:
    """Whether the bracket stands behind a full stop, or at the end of a sentence or paragraph."""
    before = chars[opened - 1] if opened else ""
    return before in "。;" or chars[end:].strip("。") == "" or chars[end : end + 1] == "。"


def _name_pieces(chars: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for found in re.finditer(r"[^、,;。()]+", chars[start:end]):
        words = _VERB.sub("", found[0] + ",").rstrip(",")
        if words:
            pieces.append((start + found.start(), start + found.start() + len(words)))
    return pieces


def _before_note(chars: str, start: int, end: int) -> int:
    """A remark on reading the list (列第一位的为牵头单位,下同) is not part of it."""
    note = _NOTE.search(chars, start, end)
    return note.start() if note else end


def _by_names(view: View, paragraph: int, opened: int, end: int) -> Statement | None:
    """(市教育局、市人社局,各县市区人民政府) after a sentence's end or at the end of the paragraph."""
    chars = view.chars
    before = chars[opened - 1] if opened else ""
    if chars[end - 1] != ")" or not _ends_sentence(chars, opened, end):
        return None
    inner_end = _before_note(chars, opened + 1, end - 1)
    names = [piece.lstrip("*★▲") for piece in re.split(r"[、,;]", chars[opened + 1 : inner_end]) if piece]
    names = [_less(name) for name in names]
    ministries = before in "。;" and chars[end:].strip("。") == "" and len(names) > 1 and are_offices(names)
    if not names or not (ministries or all(looks_like_unit(name) for name in names)):
        return None
    if before not in "。;" and not re.search(r"[局委办部府院]$|[局委办部府院][、,;]", chars[opened + 1 : end - 1]):
        return None
    statement = _statement(view, paragraph, opened, end, 0.85)
    statement.responsible.append(view.span(opened + 1, inner_end))
    return statement


def _joined(statements: list[Statement]) -> list[Statement]:
    """(牵头单位:…)(配合单位:…) side by side are one statement."""
    joined: list[Statement] = []
    for each in statements:
        if joined and each.start - joined[-1].end <= 1 and not set(joined[-1].labels) & set(each.labels):
            _absorb(joined[-1], each)
        else:
            joined.append(each)
    return joined


def merge_lines(statements: list[Statement], views: list[View]) -> list[Statement]:
    """牵头单位:… and 责任单位:… on lines of their own, one after the other, are one statement."""
    merged: list[Statement] = []
    for each in statements:
        if merged and _continues(merged[-1], each, views):
            _absorb(merged[-1], each)
        else:
            merged.append(each)
    return merged


def _continues(last: Statement, each: Statement, views: list[View]) -> bool:
    """On the next line, or after lines with labels of other kinds (完成时限:…)."""
    between = views[last.last_paragraph + 1 : each.paragraph][:3]
    near = each.paragraph - last.last_paragraph <= 3 and all(_OTHER_LABEL.match(view.chars) for view in between)
    follows = near and each.paragraph > last.last_paragraph and last.closes_paragraph and each.opens_paragraph
    return follows and not set(last.labels) & set(each.labels)


def _absorb(last: Statement, each: Statement) -> None:
    """Take the units of `each` over; beside units that only help, those who answer (责任单位) lead."""
    answers = not last.lead and not each.lead and last.labels and last.labels[-1].startswith("责任")
    if answers and each.labels and all(role.startswith(_HELPERS) for role in each.labels):
        last.lead, last.responsible = last.responsible, []
    last.lead += each.lead
    last.responsible += each.responsible
    last.labels += each.labels
    last.end, last.last_paragraph, last.closes_paragraph = each.end, each.last_paragraph, each.closes_paragraph


def resolve(text: str, statement: Statement, rule: str | None) -> tuple[list[str], list[str]]:
    """Lead and responsible units of a statement, the document's own lead rule (`first`, `comma`, `star`) applied."""
    lead = [name for span in statement.lead for name in clean_units(text, split_units(text, span)[0])]
    every = [name for span in statement.responsible for name in clean_units(text, split_units(text, span)[0])]
    responsible = list(dict.fromkeys(every))
    marked = [] if lead else [name for name in responsible if LEAD_MARK.search(fold(name))]
    if marked:
        responsible = [without_mark(name) for name in responsible]
        return [without_mark(name) for name in marked], responsible
    if rule and not lead and responsible:
        lead = _leaders(text, statement, rule, responsible)
    return list(dict.fromkeys(lead)), responsible


def _leaders(text: str, statement: Statement, rule: str, responsible: list[str]) -> list[str]:
    if rule == "first":
        return responsible[:1]
    pieces, after_comma = split_units(text, statement.responsible[0])
    if rule == "comma":
        return clean_units(text, pieces[: after_comma[0]]) if after_comma else responsible[:1]
    starred = [piece for piece in pieces if text[piece[0] : piece[1]].strip()[:1] in "*★▲＊"]
    return clean_units(text, starred)
