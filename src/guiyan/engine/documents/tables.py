"""Task tables in text: one row a line (from Word), or one cell a line with dropped row spans (from a page)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents.numbering import chinese_number
from guiyan.engine.documents.units import UNIT_END
from guiyan.engine.documents.view import Span, View, fold, strip_span

_LEAD = re.compile(r"^(?:牵头|主办|主责|主要责任)(?:责任)?(?:单位|部门|主体|处室)")
_UNITS = re.compile(
    r"^(?:市级|县级|主要)?(?:责任|配合|协同|协办|参与|参加|落实|实施|承办|支持|"
    r"执行)(?:\(.{1,8}\))?(?:单位|部门|主体|处室)"
)
_NUMBER = re.compile(r"^(?:序号|编号|序)$")
_ASIDE = re.compile(r"时限|时间|备注|进度|领导|联系人|责任人|期限|节点|成果|目标值|单位$")
_WIDEST = 12
_COUNTED = re.compile(r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})[.、]?$")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[^。;|]{2,30}")
_WHEN = re.compile(r"(?:20\d\d年|\d{1,2}月|长期|持续|全年|年底|常年|每年|立即|即时)")
_ROW_START = re.compile(r"^(?:\d{1,4}|\(略\)|[一二三四五六七八九十]{1,3})[.、]?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the cells that say where it belongs, what is to be done, and by whom."""

    path: tuple[Span, ...]
    content: Span
    lead: tuple[Span, ...]
    responsible: tuple[Span, ...]
    whole: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A task table: its paragraphs (by index), header labels of the unit columns, and rows."""

    paragraphs: range
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    count: int
    numbered: bool
    path: tuple[int, ...]
    content: int
    lead: tuple[int, ...]
    responsible: tuple[int, ...]

    @property
    def units(self) -> tuple[int, ...]:
        return tuple(sorted(self.lead + self.responsible))


def tables_in(text: str, views: list[View]) -> list[Table]:
    """The task tables among the paragraphs."""
    tables: list[Table] = []
    for run in _runs(text, views):
        table = _table(text, views, run)
        if table is not None:
            tables.append(table)
    taken = {i for table in tables for i in table.paragraphs}
    tables += _line_tables(text, views, taken)
    return sorted(tables, key=lambda table: table.paragraphs.start)


def _line_tables(text: str, views: list[View], taken: set[int]) -> list[Table]:
    """Tables flattened to one cell a line without any mark: 序号, the labels, then rows that count on from 1."""
    tables: list[Table] = []
    for start, view in enumerate(views):
        if start in taken or not _NUMBER.match(view.chars):
            continue
        labels = [each.chars for each in views[start : start + _WIDEST]]
        size = next((i for i, words in enumerate(labels) if _ordinal(words) == 1), 0)
        size -= bool(size and _SECTION.fullmatch(labels[size - 1]))
        columns = _columns(labels[:size]) if size else None
        if columns is None:
            continue
        rows = _counted_rows(views, start + size, columns)
        header = [_span(each) for each in views[start : start + size]]
        filled = _fill(text, columns, [[_span(each) for each in row] for row in rows])
        if filled:
            run = range(start, start + size + sum(map(len, rows)))
            tables.append(Table(run, _labels(text, columns, header), tuple(filled)))
    return tables


def _counted_rows(views: list[View], at: int, columns: _Columns) -> list[list[View]]:
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
            ends = [i for i in follows if _is_units(views[i - 1].chars)] or [at + columns.count]
            end = _past_term(views, columns, min(ends[-1], len(views)))
        rows.append(views[at:end])
        at = end
    return rows


def _begins_row(views: list[View], at: int, number: int) -> bool:
    """Whether a line is the row's number, or a heading right before it."""
    if _ordinal(views[at].chars) == number:
        return True
    heads = at + 1 < len(views) and _SECTION.fullmatch(views[at].chars)
    return bool(heads) and _ordinal(views[at + 1].chars) == number


def _past_term(views: list[View], columns: _Columns, end: int) -> int:
    """Behind the cell of time that follows the units in the last row."""
    timed = max(columns.units) + 1 < columns.count and end < len(views)
    return end + bool(timed and len(views[end]) <= 20 and _WHEN.match(views[end].chars))


def _is_units(chars: str) -> bool:
    """Whether a cell names units and nothing else."""
    names = [re.sub(r"等.*$", "", piece) for piece in re.split(r"[、,;]", chars) if piece]
    return bool(names) and all(UNIT_END.search(name) and len(name) <= 40 for name in names)


def _ordinal(words: str) -> int:
    return chinese_number(words.rstrip("、.")) if _COUNTED.match(words) else 0


def _span(view: View) -> Span:
    return view.offsets[0], view.offsets[-1] + 1


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
    return between and bool(_SECTION.fullmatch(views[i].chars))


def _table(text: str, views: list[View], run: range) -> Table | None:
    closed = _line(text, views[run[0]]).rstrip(" \r").endswith(("|", "\t"))
    lines = [_cells(text, views[i], closed=closed) for i in run]
    if len(lines[0]) == 1:
        return _by_cells(text, run, [cell for line in lines for cell in line])
    for skip, line in enumerate(lines[:4]):
        columns = _columns([_words(text, cell) for cell in line])
        if columns is not None:
            rows = _fill(text, columns, lines[skip + 1 :])
            return Table(run, _labels(text, columns, line), tuple(rows)) if rows else None
    return None


def _cells(text: str, view: View, *, closed: bool) -> list[Span]:
    """The cells of a line; in a table whose lines are `closed` the bar or tab after the last one opens no cell."""
    start, end = _line_span(text, view)
    line = text[start:end]
    mark = "|" if "|" in line else "\t"
    spans: list[Span] = []
    at = start
    line = line.rstrip(" \r")
    for piece in (line.removesuffix(mark) if closed else line).split(mark):
        spans.append(strip_span(text, (at, at + len(piece))))
        at += len(piece) + 1
    return spans


def _words(text: str, span: Span) -> str:
    return "".join(fold(text[span[0] : span[1]]).split())


def _columns(header: list[str]) -> _Columns | None:
    """What each column holds, by its label; None if no column names units."""
    lead = tuple(i for i, label in enumerate(header) if _LEAD.match(label))
    units = tuple(i for i, label in enumerate(header) if _UNITS.match(label))
    if (not lead and not units) or len(header) < 2:
        return None
    numbered = bool(_NUMBER.match(header[0]))
    first_unit = min(lead + units)
    before = [i for i in range(numbered, first_unit) if not _ASIDE.search(header[i])]
    if not before:
        return None
    return _Columns(len(header), numbered, tuple(before[:-1]), before[-1], lead, units)


def _labels(text: str, columns: _Columns, header: list[Span]) -> tuple[str, ...]:
    return tuple(_words(text, header[i]) for i in columns.responsible)


def _by_cells(text: str, run: range, cells: list[Span]) -> Table | None:
    """One cell a line: the header ends where the first row number stands."""
    words = [_words(text, cell) for cell in cells]
    size = next((i for i, word in enumerate(words[:16]) if _ROW_START.match(word)), 0)
    columns = _columns(words[:size]) if size else None
    if columns is None or not columns.numbered:
        return None
    least = columns.count - len(columns.path)
    rows: list[list[Span]] = []
    for cell, word in zip(cells[size:], words[size:], strict=True):
        if not rows or (_ROW_START.match(word) and len(rows[-1]) >= least):
            rows.append([])
        rows[-1].append(cell)
    filled = _fill(text, columns, rows)
    return Table(run, _labels(text, columns, cells[:size]), tuple(filled)) if filled else None


def _fill(text: str, columns: _Columns, lines: list[list[Span]]) -> list[Row]:
    """Rows with what a row span dropped carried down; cells are counted from the right."""
    carried: list[Span] = [(0, 0)] * len(columns.path)
    section: tuple[Span, ...] = ()
    rows: list[Row] = []
    for cells in lines:
        heading = _section_in(text, cells)
        if heading is not None:
            section, carried = (heading,), [(0, 0)] * len(columns.path)
            continue
        full = _placed(text, columns, cells)
        if full is None:
            continue
        carried = _carry(carried, [full[i] for i in columns.path])
        at = [cell if cell is not None else (0, 0) for cell in full]
        if at[columns.content][0] == at[columns.content][1]:
            continue
        rows.append(
            Row(
                section + tuple(cell for cell in carried if cell[0] < cell[1]),
                at[columns.content],
                tuple(at[i] for i in columns.lead if at[i][0] < at[i][1]),
                tuple(at[i] for i in columns.responsible if at[i][0] < at[i][1]),
                (cells[0][0], max(cell[1] for cell in cells)),
            )
        )
    return rows


def _section_in(text: str, cells: list[Span]) -> Span | None:
    """A row that is one heading: a single cell, or one merged over all columns and said again."""
    told = [cell for cell in cells if cell[0] < cell[1]]
    words = {_words(text, cell) for cell in told}
    return told[0] if len(words) == 1 and _SECTION.fullmatch(words.pop()) else None


def _placed(text: str, columns: _Columns, cells: list[Span]) -> list[Span | None] | None:
    """The cells in their columns: what a row span dropped stands left, an empty cell of units right."""
    missing = columns.count - len(cells)
    if not 0 <= missing <= len(columns.path) + (len(columns.units) > 1):
        return None
    gap, first, last = columns.numbered, columns.units[0], columns.units[-1]
    plain = [*cells[:gap], *([None] * missing), *cells[gap:]]
    if not missing or first == last or _holds_units(text, plain[first]):
        return plain if missing <= len(columns.path) else None
    spared = [*cells[:gap], *([None] * (missing - 1)), *cells[gap:]]
    spared.insert(last, None)
    if _holds_units(text, spared[first]):
        return spared
    return plain if missing <= len(columns.path) else None


def _holds_units(text: str, cell: Span | None) -> bool:
    return cell is not None and _is_units(_words(text, cell))


def _carry(carried: list[Span], present: list[Span | None]) -> list[Span]:
    """Outer path cells run on until new ones come; a first row with too few fills from the left."""
    given = [cell for cell in present if cell is not None and cell[0] < cell[1]]
    if not given:
        return carried
    if all(cell[0] == cell[1] for cell in carried):
        return given + [(0, 0)] * (len(carried) - len(given))
    first = next(i for i, cell in enumerate(present) if cell is not None and cell[0] < cell[1])
    kept = list(carried[:first])
    rest = [cell if cell is not None else (0, 0) for cell in present[first:]]
    return kept + rest
