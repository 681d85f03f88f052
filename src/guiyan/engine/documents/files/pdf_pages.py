"""Pages put together: lines joined to paragraphs, also over a page's end; tables that go on joined to one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from guiyan.engine.documents.files.grid import row_line
from guiyan.engine.documents.files.pdf_lines import Line, PageTable, Sheet, joint
from guiyan.engine.documents.view import fold
from guiyan.engine.documents.wrapping import begins_item

_INDENT = 1.2
_FULL = 1.6
_LEADING = 1.45
_SIZES = 0.12
_UNITS = re.compile(r"\((?:责任|牵头|配合|主办)(?:单位|部门):")
_NUMBER_HEAD = re.compile(r"序号?|编号")


def text_of_sheets(sheets: list[Sheet]) -> str:
    """The text of a document: one paragraph or table row a line."""
    writer = _Writer(sheets)
    for number, sheet in enumerate(sheets):
        blocks: list[Line | PageTable] = [*sheet.lines, *sheet.tables]
        for block in sorted(blocks, key=lambda block: -block.top):
            if isinstance(block, PageTable):
                writer.table(block)
            else:
                writer.line(block, number)
    return writer.text()


class _Writer:
    """Takes lines and tables in reading order; knows how the body of the document is set."""

    def __init__(self, sheets: list[Sheet]) -> None:
        lines = [line for sheet in sheets for line in sheet.lines]
        self._left = _usual([round(line.left) for line in lines if len(line.words) > 12], 0, low=True)
        self._right = _usual([round(line.right) for line in lines if len(line.words) > 12], 0, low=False)
        starts = [line.left > self._left + line.size * _INDENT for line in lines]
        self._indented = sum(starts) * 12 >= len(lines)
        self._pitch = _pitch(sheets)
        self._out: list[str] = []
        self._above: Line | None = None
        self._page = 0
        self._table: PageTable | None = None

    def text(self) -> str:
        return "\n".join(self._out)

    def line(self, line: Line, page: int) -> None:
        self._table = None
        above = self._above
        if above is not None and self._goes_on(above, line, page == self._page):
            self._out[-1] += joint(self._out[-1], line.words) + line.words
        else:
            self._out.append(line.words)
        self._above, self._page = line, page

    def _goes_on(self, above: Line, line: Line, same_page: bool) -> bool:
        """A full line goes on in the next one, unless that begins a paragraph of its own."""
        if abs(above.size - line.size) > _SIZES * above.size or above.right < self._right - _FULL * above.size:
            return False
        if line.left > self._left + line.size * _INDENT:
            return False
        if self._indented:
            return True
        if same_page and above.bottom - line.bottom > self._pitch * _LEADING:
            return False
        if _is_open(self._out[-1]) or _UNITS.match(fold(line.words)):
            return True
        return not above.words.endswith(("。", "；", "！", "？")) and not begins_item(line.words)

    def table(self, table: PageTable) -> None:
        """Write a table's rows; one that goes on from the page before without its head, and without a torn row."""
        rows = [list(row) for row in table.rows]
        before = self._table
        if before is not None and len(before.columns) == len(table.columns) and _same_places(before, table):
            rows = _without_head(before, rows)
            if rows and _is_torn(before, rows[0]):
                self._out[-1] = row_line(_joined(self._out[-1], rows.pop(0)))
            table = PageTable(table.columns, before.rows[:1] + table.rows, table.top, table.bottom)
        self._out += [row_line(row) for row in rows if any(row)]
        self._table, self._above = table, None


def _is_open(words: str) -> bool:
    """Whether a bracket waits for its end."""
    last = fold(words)[-200:]
    return last.rfind("(") > last.rfind(")")


def _usual(values: list[int], default: float, *, low: bool) -> float:
    """The edge that lines keep to: the outermost place at which many of them stand."""
    if not values:
        return default
    counts = Counter(values)
    near = {v: sum(counts[v + d] for d in (-2, -1, 0, 1, 2)) for v in counts}
    often = [v for v, n in near.items() if n * 8 >= max(near.values())]
    return min(often) if low else max(often)


def _pitch(sheets: list[Sheet]) -> float:
    steps = [round(above.bottom - line.bottom, 1) for sheet in sheets for above, line in pairwise(sheet.lines)]
    return float(Counter(steps).most_common(1)[0][0]) if steps else 0.0


def _same_places(one: PageTable, other: PageTable) -> bool:
    return all(abs(a - b) < 4 for a, b in zip(one.columns, other.columns, strict=True))


def _without_head(before: PageTable, rows: list[list[str]]) -> list[list[str]]:
    """Drop the head rows that a page repeats."""
    count = 0
    while count < min(len(rows), len(before.rows)) and rows[count] == list(before.rows[count]) and count < 3:
        count += 1
    return rows[count:]


def _is_torn(before: PageTable, row: list[str]) -> bool:
    """A first row without its number continues the last one of the page before."""
    return bool(_NUMBER_HEAD.fullmatch("".join(fold(before.rows[0][0]).split()))) and not row[0]


def _joined(line: str, row: list[str]) -> list[str]:
    cells = line.removesuffix(" |").split(" | ")
    return [cell + joint(cell, more) + more if cell != more else cell for cell, more in zip(cells, row, strict=True)]
