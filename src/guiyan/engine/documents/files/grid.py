"""Tables as lines of text: one line a row, a bar after each cell, a merged cell's words where readers expect them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDEST = 64
MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at a place of the grid. `down` and `across` count the rows and columns it covers."""

    row: int
    column: int
    words: str
    down: int = 1
    across: int = 1


def row_line(cells: Sequence[str]) -> str:
    return " | ".join(cells) + " |"


def cell_words(pieces: Iterable[str]) -> str:
    """The words of a cell on one line; a bar of its own would part it."""
    return " ".join(piece for part in pieces if (piece := " ".join(part.split()))).replace("|", "/")


def grid_rows(cells: Iterable[Cell]) -> list[list[str]]:
    """Rows of words: a cell merged down says its words again in each row, one merged across leaves blanks after it."""
    placed = [cell for cell in cells if cell.column < WIDEST]
    height = max((cell.row + cell.down for cell in placed), default=0)
    width = min(WIDEST, max((cell.column + cell.across for cell in placed), default=0))
    if height * width > MOST_CELLS:
        raise ValueError("table too large")
    rows = [[""] * width for _ in range(height)]
    for cell in placed:
        for row in range(cell.row, cell.row + cell.down):
            rows[row][cell.column] = cell.words
    return rows


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table: columns empty throughout and empty rows dropped, a lone cell above the head a plain line."""
    used = [i for i in range(max(map(len, rows), default=0)) if any(i < len(row) and row[i] for row in rows)]
    lines: list[str] = []
    in_table = False
    for row in rows:
        words = [row[i] if i < len(row) else "" for i in used]
        filled = [word for word in words if word]
        if not filled:
            continue
        in_table = in_table or len(filled) > 1
        lines.append(row_line(words) if in_table else filled[0])
    return lines
