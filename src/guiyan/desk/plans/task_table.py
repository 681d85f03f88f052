"""A plan's tasks as the table that offices send round: merged heads and cells, A4 landscape, in Excel and in Word.

What is written here is read again by `engine.documents` as the same tasks with the same units (tests/desk/plans).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse

from guiyan.desk.plans.task_blocks import Block, TaskRow, blocks_of
from guiyan.desk.plans.task_table_word import word_table
from guiyan.desk.sheets import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADS = (("序号", 6), ("重点任务", 22), ("具体内容", 62), ("牵头单位", 20), ("责任单位", 36), ("时限", 14))


def sent(title: str, rows: Sequence[TaskRow], *, as_word: bool) -> FileResponse:
    """The table to download."""
    blocks = list(blocks_of(rows))
    content = word_table(title, [head for head, _ in HEADS], blocks) if as_word else excel_table(title, blocks)
    answer = FileResponse(io.BytesIO(content), content_type=DOCX if as_word else XLSX)
    name = f"{title}{'.docx' if as_word else '.xlsx'}"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def excel_table(title: str, blocks: Sequence[Block]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("任务清单")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.set_footer("&C第&P页，共&N页")
    edge = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**edge, "bold": True, "align": "center", "bg_color": "#EFF4FB"}),
        "middle": book.add_format({**edge, "align": "center"}),
        "text": book.add_format(edge),
    }
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, title, looks["title"])
    for place, (head, width) in enumerate(HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, head, looks["head"])
    _fill(sheet, blocks, looks)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, blocks: Sequence[Block], looks: dict[str, Any]) -> None:
    at, plan = 2, ""
    for block in blocks:
        if block.plan != plan:
            plan = block.plan
            sheet.merge_range(at, 0, at, len(HEADS) - 1, plan, looks["head"])
            at += 1
        if len(block.rows) > 1:
            sheet.merge_range(at, 1, at + len(block.rows) - 1, 1, block.rows[0].title, looks["text"])
        for number, row in enumerate(block.rows, block.first):
            sheet.write_number(at, 0, number, looks["middle"])
            for place, words in enumerate(row.cells, 1):
                if place > 1 or len(block.rows) == 1:
                    sheet.write_string(at, place, words, looks["text"])
            at += 1
