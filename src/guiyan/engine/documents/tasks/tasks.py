"""Tasks: one for each statement of responsibility or table row, with its path, title and units."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from guiyan.engine.documents.model import ParsedTask
from guiyan.engine.documents.outline.outline import Outline, Place
from guiyan.engine.documents.tasks.closing import chapters_closed, left_without
from guiyan.engine.documents.tasks.statements import Statement, resolve
from guiyan.engine.documents.tasks.table_rows import Row, Table
from guiyan.engine.documents.tasks.units import UNIT_END, clean_units, split_units
from guiyan.engine.documents.view import Span, fold, phrase, strip_span, view_of

_RUN_IN = 30
_ORGANISES = re.compile(r"分工|组织(?:领导|保障|实施|推进)|保障措施|附则|职责|工作机制|领导体制")
_OPENING = re.compile(r"[,。;:!?]")
_WHEN = re.compile(r"^(?:到|至)?(?:\d{4}|\(略\))年(?:底|末)?(?:前|以前)?[,、]?$|^(?:力争|每年)$")


def tasks_of(
    text: str, outline: Outline, statements: list[Statement], tables: list[Table], rule: str | None
) -> tuple[ParsedTask, ...]:
    """All tasks of the document in the order of their statements."""
    closed = chapters_closed(outline, statements)
    where = [closed.get(each.start) or outline.at(each.start) for each in statements]
    doubtful = left_without(outline, statements, where)
    counts = Counter(place.start for place in where if place)
    drafts = [_row_task(text, outline, row, rule) for table in tables for row in table.rows]
    behind: dict[tuple[int, str | None], int] = {}
    for each, place in zip(statements, where, strict=True):
        key = (place.start if place else -1, outline.plan_at(each.start))
        since = behind.get(key, place.start if place else max(0, text.rfind("\n", 0, each.start) + 1))
        task = _statement_task(text, outline, each, place, since, counts[key[0]] > 1, rule)
        if each.start in doubtful:
            task = replace(task, confidence=round(task.confidence - 0.1, 2))
        behind[key] = each.end
        organises = each.bare and place is not None and _ORGANISES.search(place.heading)
        if (task.lead_units or task.responsible_units) and not organises:
            drafts.append(task)
    drafts.sort(key=lambda task: task.unit_span)
    return tuple(_numbered(task, no) for no, task in enumerate(drafts, 1))


def _numbered(task: ParsedTask, no: int) -> ParsedTask:
    return replace(task, no=no)


def _statement_task(
    text: str, outline: Outline, each: Statement, place: Place | None, since: int, shared: bool, rule: str | None
) -> ParsedTask:
    lead, responsible = resolve(text, each, rule)
    whole = strip_span(text, (since, each.end), "。")
    title = _title(text, each, place, since, shared)
    return ParsedTask(
        no=0,
        section_path=place.path if place else (),
        title=title,
        lead_units=tuple(lead),
        responsible_units=tuple(responsible),
        span=whole,
        unit_span=(each.start, each.end),
        confidence=round(each.confidence - 0.2 * (place is None) - _strangers(lead + responsible), 2),
        plan=outline.plan_at(each.start),
    )


def _strangers(units: list[str]) -> float:
    """How much doubt names cast that no office, place or enterprise bears."""
    return 0.1 if any(not UNIT_END.search(fold(name)) for name in units) else 0.0


def _title(text: str, each: Statement, place: Place | None, since: int, shared: bool) -> str:
    """The item's heading; where an item holds several statements, the words that open the segment."""
    if place is None:
        return _opening(text, (since, each.start))
    if since > place.start:
        return _opening(text, (since, each.start)) or place.heading
    if shared:
        label = _run_in_label(text, (place.body, each.start))
        return label or place.heading
    return place.heading


def _run_in_label(text: str, span: Span) -> str:
    """A short first sentence with no comma in it names what follows."""
    words = _opening(text, span)
    view = view_of(text, *strip_span(text, span, "。:：、 "))
    stop = _OPENING.search(view.chars)
    return words if stop and stop[0] in "。:" and 2 <= stop.start() <= _RUN_IN else ""


def _opening(text: str, span: Span) -> str:
    """The first clause that says more than a date."""
    span = strip_span(text, span, "。;；:：,，、|)）")
    view = view_of(text, *span)
    at = 0
    for stop in [*_OPENING.finditer(view.chars), None]:
        end = stop.start() if stop else len(view.chars)
        if end > at and not _WHEN.match(view.chars[at:end]):
            return phrase(text, strip_span(text, view.span(at, end)))
        at = end + 1
    return ""


def _row_task(text: str, outline: Outline, row: Row, rule: str | None) -> ParsedTask:
    lead = [n for span in row.lead for n in clean_units(text, split_units(text, span)[0])]
    responsible = [n for span in row.responsible for n in clean_units(text, split_units(text, span)[0])]
    if rule == "first" and not lead:
        lead = responsible[:1]
    cells = [*row.lead, *row.responsible]
    units = (min(c[0] for c in cells), max(c[1] for c in cells)) if cells else (row.whole[1], row.whole[1])
    path = tuple(phrase(text, cell) for cell in row.path)
    return ParsedTask(
        no=0,
        section_path=path or (_opening(text, row.content),),
        title=_opening(text, row.content),
        lead_units=tuple(lead),
        responsible_units=tuple(responsible),
        span=row.whole,
        unit_span=units,
        confidence=round(0.97 - _strangers(lead + responsible), 2) if lead or responsible else 0.5,
        plan=outline.plan_at(row.whole[0]),
    )
