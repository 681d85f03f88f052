"""The task table in Word: A4 landscape, the head repeated on each page, rows not torn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from guiyan.desk.plans.task_blocks import Block

WIDTHS_CM = (1.2, 4.0, 9.6, 3.4, 5.6, 2.2)


def word_table(title: str, heads: Sequence[str], blocks: Sequence[Block]) -> bytes:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    document.styles["Normal"].font.size = Pt(10)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    lines = _lines(blocks)
    table = document.add_table(rows=1 + len(lines), cols=len(heads), style="Table Grid")
    table.autofit = False
    grid = [list(row.cells) for row in table.rows]
    for row in grid:
        for cell, width in zip(row, WIDTHS_CM, strict=True):
            cell.width = Cm(width)
    for cell, words in zip(grid[0], heads, strict=True):
        cell.text = words
    _repeat(table.rows[0])
    for number, line in enumerate(lines, 1):
        _write(grid, number, line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(blocks: Sequence[Block]) -> list[tuple[int, tuple[str, ...]]]:
    """(rows that the second cell is merged over, words); a plan's line has one cell, a merged one's later lines 0."""
    lines: list[tuple[int, tuple[str, ...]]] = []
    plan = ""
    for block in blocks:
        if block.plan != plan:
            plan = block.plan
            lines.append((1, (plan,)))
        for number, row in enumerate(block.rows):
            down = len(block.rows) if number == 0 else 0
            lines.append((down, (str(block.first + number), *row.cells)))
    return lines


def _write(grid: list[list[Any]], number: int, line: tuple[int, tuple[str, ...]]) -> None:
    down, words = line
    row = grid[number]
    if len(words) == 1:
        row[0].merge(row[-1]).text = words[0]
        return
    for place, cell_words in enumerate(words):
        if place != 1 or down:
            row[place].text = cell_words
    if down > 1:
        row[1].merge(grid[number + down - 1][1])


def _repeat(row: Any) -> None:
    """The head stands on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
