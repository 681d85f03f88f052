"""One statement of responsibility: where it stands, its units by role; statements that belong together are one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guiyan.engine.documents.tasks.units import LEAD_MARK, clean_units, split_units, without_mark
from guiyan.engine.documents.view import Span, View, fold

OTHER_LABEL = re.compile(
    r"(?:牵头|责任|分管|包保|联系|完成|办理|推进|进度|落实)?(?:时限|时间|期限|节点|要求|领导|人员|"
    r"人)(?:要求|安排|节点)?:"
)
LEAD_WORDS = ("牵头", "主办", "主责")
_CLOSED = re.compile(r"[。;|]*+\Z")
HELPERS = ("配合", "协同", "协作", "协办", "协助", "参与", "参加", "支持", "支撑")


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
    bare: bool = False
    confidence: float = 0.98


def new_statement(view: View, paragraph: int, start: int, end: int, confidence: float = 0.98) -> Statement:
    """An empty statement over `view.chars[start:end]`."""
    span = view.span(start, end)
    closes = _CLOSED.match(view.chars, end) is not None
    return Statement(span[0], span[1], paragraph, paragraph, start == 0, closes, confidence=confidence)


def take(statement: Statement, span: Span, *, lead: bool) -> None:
    (statement.lead if lead else statement.responsible).append(span)


def joined_statements(statements: list[Statement]) -> list[Statement]:
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
    near = each.paragraph - last.last_paragraph <= 3 and all(OTHER_LABEL.match(view.chars) for view in between)
    follows = near and each.paragraph > last.last_paragraph and last.closes_paragraph and each.opens_paragraph
    return follows and not set(last.labels) & set(each.labels)


def _absorb(last: Statement, each: Statement) -> None:
    """Take the units of `each` over; beside units that only help, those who answer (责任单位) lead."""
    answers = not last.lead and not each.lead and last.labels and last.labels[-1].startswith("责任")
    if answers and each.labels and all(role.startswith(HELPERS) for role in each.labels):
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
