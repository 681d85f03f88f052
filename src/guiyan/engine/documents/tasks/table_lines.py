"""Task tables flattened to one cell a line, without any mark."""

from __future__ import annotations

import re

from guiyan.engine.documents.outline.numbering import chinese_number
from guiyan.engine.documents.tasks.table_rows import (
    NUMBER,
    SECTION,
    Columns,
    Table,
    columns_of,
    holds_units_only,
    labels_of,
    rows_of,
)
from guiyan.engine.documents.view import Span, View

_WIDEST = 12
_COUNTED = re.compile(r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})[.、]?$")
_WHEN = re.compile(r"(?:20\d\d年|\d{1,2}月|长期|持续|全年|年底|常年|每年|立即|即时)")


def line_tables(text: str, views: list[View], taken: set[int]) -> list[Table]:
    """Tables flattened to one cell a line without any mark: 序号, the labels, then rows that count on from 1."""
    tables: list[Table] = []
    for start, view in enumerate(views):
        if start in taken or not NUMBER.match(view.chars):
            continue
        labels = [each.chars for each in views[start : start + _WIDEST]]
        size = next((i for i, words in enumerate(labels) if _ordinal(words) == 1), 0)
        size -= bool(size and SECTION.fullmatch(labels[size - 1]))
        columns = columns_of(labels[:size]) if size else None
        if columns is None:
            continue
        rows = _counted_rows(views, start + size, columns)
        header = [_span(each) for each in views[start : start + size]]
        filled = rows_of(text, columns, [[_span(each) for each in row] for row in rows])
        if filled:
            run = range(start, start + size + sum(map(len, rows)))
            tables.append(Table(run, labels_of(text, columns, header), tuple(filled)))
    return tables


def _counted_rows(views: list[View], at: int, columns: Columns) -> list[list[View]]:
    """The lines of each row: up to the next number in sequence; the last row ends with its last unit cell.

    A heading between two rows is a row of its own.
    """
    least = columns.count - len(columns.path) - (len(columns.units) > 1)
    rows: list[list[View]] = []
    number = 1
    while at < len(views) and _begins_row(views, at, number):
        if _ordinal(views[at].chars) != number:
            rows.append([views[at]])
            at += 1
        number += 1
        follows = range(at + least, min(at + columns.count, len(views) - 1) + 1)
        end = next((i for i in follows if _begins_row(views, i, number)), None)
        if end is None:
            ends = [i for i in follows if holds_units_only(views[i - 1].chars)] or [at + columns.count]
            end = _past_term(views, columns, min(ends[-1], len(views)))
        rows.append(views[at:end])
        at = end
    return rows


def _begins_row(views: list[View], at: int, number: int) -> bool:
    """Whether a line is the row's number, or a heading right before it."""
    if _ordinal(views[at].chars) == number:
        return True
    heads = at + 1 < len(views) and SECTION.fullmatch(views[at].chars)
    return bool(heads) and _ordinal(views[at + 1].chars) == number


def _past_term(views: list[View], columns: Columns, end: int) -> int:
    """Behind the cell of time that follows the units in the last row."""
    timed = max(columns.units) + 1 < columns.count and end < len(views)
    return end + bool(timed and len(views[end]) <= 20 and _WHEN.match(views[end].chars))


def _ordinal(words: str) -> int:
    return chinese_number(words.rstrip("、.")) if _COUNTED.match(words) else 0


def _span(view: View) -> Span:
    return view.offsets[0], view.offsets[-1] + 1
