"""Task tables in text: one row a line (from Word), or one cell a line with dropped row spans (from a page)."""

from __future__ import annotations

import re

from guiyan.engine.documents.tasks.table_lines import line_tables
from guiyan.engine.documents.tasks.table_rows import SECTION, Table, cell_words, columns_of, labels_of, rows_of
from guiyan.engine.documents.view import Span, View, strip_span

_ROW_START = re.compile(r"^(?:\d{1,4}|\(略\)|[一二三四五六七八九十]{1,3})[.、]?$")


def tables_in(text: str, views: list[View]) -> list[Table]:
    """The task tables among the paragraphs."""
    tables: list[Table] = []
    for run in _runs(text, views):
        table = _table(text, views, run)
        if table is not None:
            tables.append(table)
    taken = {i for table in tables for i in table.paragraphs}
    tables += line_tables(text, views, taken)
    return sorted(tables, key=lambda table: table.paragraphs.start)


def _line(text: str, view: View) -> str:
    return text[slice(*_line_span(text, view))]


def _line_span(text: str, view: View) -> Span:
    """The whole line of a view, the blanks at its ends included: an empty first cell is one of them."""
    end = text.find("\n", view.offsets[-1])
    return text.rfind("\n", 0, view.offsets[0]) + 1, len(text) if end < 0 else end


def _runs(text: str, views: list[View]) -> list[range]:
    """Stretches of paragraphs parted by bars or tabs; a line without one continues the cell before."""
    runs: list[range] = []
    start: int | None = None
    open_cell = False
    for i, view in enumerate(views):
        line = _line(text, view)
        has_bar = "|" in line or line.count("\t") >= 2
        if start is None:
            start = i if has_bar else None
        elif not has_bar and not open_cell and not _parts_rows(text, views, i):
            runs.append(range(start, i))
            start = None
        open_cell = start is not None and "|" in line and not line.rstrip().endswith("|")
    if start is not None:
        runs.append(range(start, len(views)))
    return [run for run in runs if len(run) >= 2]


def _parts_rows(text: str, views: list[View], i: int) -> bool:
    """A line of its own between two rows: 一、培育壮大创新主体."""
    between = i + 1 < len(views) and "\t" in _line(text, views[i - 1]) and "\t" in _line(text, views[i + 1])
    return between and bool(SECTION.fullmatch(views[i].chars))


def _table(text: str, views: list[View], run: range) -> Table | None:
    first = _line(text, views[run[0]]).strip(" \r")
    closed, opened = first.endswith(("|", "\t")), len(first) > 1 and first.startswith("|")
    lines = [_cells(text, views[i], closed=closed, opened=opened) for i in run if not _is_ruled(views[i].chars)]
    if len(lines[0]) == 1:
        return _by_cells(text, run, [cell for line in lines for cell in line])
    for skip, line in enumerate(lines[:4]):
        columns = columns_of([cell_words(text, cell) for cell in line])
        if columns is not None:
            rows = rows_of(text, columns, lines[skip + 1 :])
            return Table(run, labels_of(text, columns, line), tuple(rows)) if rows else None
    return None


def _is_ruled(chars: str) -> bool:
    """| --- | --- |: a line drawn under the labels."""
    return "--" in chars and set(chars) <= set("|:+-")


def _cells(text: str, view: View, *, closed: bool, opened: bool = False) -> list[Span]:
    """The cells of a line; in a table whose lines are `closed` the bar or tab after the last one opens no cell.

    In one whose lines are `opened` by a bar none stands before it.
    """
    start, end = _line_span(text, view)
    line = text[start:end]
    mark = "|" if "|" in line else "\t"
    spans: list[Span] = []
    at = start
    line = line.rstrip(" \r")
    for piece in (line.removesuffix(mark) if closed else line).split(mark):
        spans.append(strip_span(text, (at, at + len(piece))))
        at += len(piece) + 1
    return spans[1:] if opened and len(spans) > 1 and spans[0][0] == spans[0][1] else spans


def _by_cells(text: str, run: range, cells: list[Span]) -> Table | None:
    """One cell a line: the header ends where the first row number stands."""
    words = [cell_words(text, cell) for cell in cells]
    size = next((i for i, word in enumerate(words[:16]) if _ROW_START.match(word)), 0)
    columns = columns_of(words[:size]) if size else None
    if columns is None or not columns.numbered:
        return None
    least = columns.count - len(columns.path)
    rows: list[list[Span]] = []
    for cell, word in zip(cells[size:], words[size:], strict=True):
        if not rows or (_ROW_START.match(word) and len(rows[-1]) >= least):
            rows.append([])
        rows[-1].append(cell)
    filled = rows_of(text, columns, rows)
    return Table(run, labels_of(text, columns, cells[:size]), tuple(filled)) if filled else None
