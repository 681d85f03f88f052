"""Statements of responsibility: brackets, lines and run-in remarks that say which units answer for a task.

Three manners: labels (牵头单位:…;责任单位:…), verbs (市发改委牵头,市财政局配合) and bare lists of units in brackets.
"""

from __future__ import annotations

import re

from guiyan.engine.documents.tasks.statements import (
    HELPERS,
    LEAD_WORDS,
    OTHER_LABEL,
    Statement,
    joined_statements,
    new_statement,
    take,
)
from guiyan.engine.documents.tasks.unlabelled import CLOSERS, VERB, unlabelled
from guiyan.engine.documents.view import View

_ROLE = (
    "牵头|主要责任|责任|负责|配合|协同|协作|协办|协助|主办|承办|参与|参加|支持|支撑|实施|落实|组织实施|主责|"
    "主管|执行|联系|推进|分管|指导"
)
_LABEL = re.compile(
    rf"(?:市级|省级|县级|区级|市直|区直|县直)?((?:{_ROLE})(?:(?:和|及|与|、|或)?(?:{_ROLE})){{0,3}})(?:市|省|县|区)?(?:单位|部门|主体|机构|地区|"
    rf"处室|科室|方|(?<=[头要同合接助]责任)(?=:))(?:\(部门\)|及部门|和部门)?(?:分别)?(?:(?:为|是)?:|为(?=[市区县各省]))"
)
_LEAD_LABELS = ("牵头", "主办", "主责", "主要责任")


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
    found += unlabelled(view, paragraph, taken)
    return joined_statements(sorted(found, key=lambda each: each.start))


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
    statement = new_statement(view, paragraph, start, end, 0.98 if closed or not in_bracket else 0.9)
    _read_labels(view, statement, label.start(), end - 1 if closed else end)
    return statement if statement.lead or statement.responsible else None


def _opening_before(chars: str, at: int) -> int | None:
    """The bracket that the label at `at` opens; other labels (完成时限:…;) may stand between."""
    if at and chars[at - 1] == "(":
        return at - 1
    bracket = chars.rfind("(", max(0, at - 40), at)
    if bracket >= 0 and ")" not in chars[bracket:at] and OTHER_LABEL.match(chars, bracket + 1):
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
    marks += [(m.start(), m.end(), "") for m in OTHER_LABEL.finditer(view.chars, start, end)]
    marks.sort()
    roles = [role for _, _, role in marks]
    helped = any(role.startswith(HELPERS) for role in roles) and not any(r.startswith(_LEAD_LABELS) for r in roles)
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
    for verb in [] if leads else list(VERB.finditer(view.chars, at, until)):
        if (
            verb["verb"].startswith(("牵头", "主办", "配合", "协同", "协办", "协助", "参与"))
            and at < verb.start()
            and view.chars[verb.start() - 1] != "("
        ):
            take(statement, view.span(at, verb.start()), lead=verb["verb"].startswith(LEAD_WORDS))
            at = verb.end()
    if view.chars[at:until].strip(CLOSERS):
        take(statement, view.span(at, until), lead=leads)
