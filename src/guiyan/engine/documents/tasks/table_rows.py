"""The rows of a task table: what each column holds, cells carried down and put in their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents.tasks.units import UNIT_END
from guiyan.engine.documents.view import Span, fold

_LEAD = re.compile(r"^(?:牵头|主办|主责|主要责任)(?:责任)?(?:单位|部门|主体|处室)")
_UNITS = re.compile(
    r"^(?:市级|县级|主要)?(?:责任|配合|协同|协办|参与|参加|落实|实施|承办|支持|"
    r"执行)(?:\(.{1,8}\))?(?:单位|部门|主体|处室)"
)
NUMBER = re.compile(r"^(?:序号|编号|序)$")
_ASIDE = re.compile(r"时限|时间|备注|进度|领导|联系人|责任人|期限|节点|成果|目标值|单位$")
SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[^。;|]{2,30}")


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
class Columns:
    count: int
    numbered: bool
    path: tuple[int, ...]
    content: int
    lead: tuple[int, ...]
    responsible: tuple[int, ...]

    @property
    def units(self) -> tuple[int, ...]:
        return tuple(sorted(self.lead + self.responsible))


def cell_words(text: str, span: Span) -> str:
    return "".join(fold(text[span[0] : span[1]]).split())


def holds_units_only(chars: str) -> bool:
    """Whether a cell names units and nothing else."""
    names = [re.sub(r"等.*$", "", piece) for piece in re.split(r"[、,;]", chars) if piece]
    return bool(names) and all(UNIT_END.search(name) and len(name) <= 40 for name in names)


def columns_of(header: list[str]) -> Columns | None:
    """What each column holds, by its label; None if no column names units."""
    lead = tuple(i for i, label in enumerate(header) if _LEAD.match(label))
    units = tuple(i for i, label in enumerate(header) if _UNITS.match(label))
    if (not lead and not units) or len(header) < 2:
        return None
    numbered = bool(NUMBER.match(header[0]))
    first_unit = min(lead + units)
    before = [i for i in range(numbered, first_unit) if not _ASIDE.search(header[i])]
    if not before:
        return None
    return Columns(len(header), numbered, tuple(before[:-1]), before[-1], lead, units)


def labels_of(text: str, columns: Columns, header: list[Span]) -> tuple[str, ...]:
    return tuple(cell_words(text, header[i]) for i in columns.responsible)


def rows_of(text: str, columns: Columns, lines: list[list[Span]]) -> list[Row]:
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
    words = {cell_words(text, cell) for cell in told}
    return told[0] if len(words) == 1 and SECTION.fullmatch(words.pop()) else None


def _placed(text: str, columns: Columns, cells: list[Span]) -> list[Span | None] | None:
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
    return cell is not None and holds_units_only(cell_words(text, cell))


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
