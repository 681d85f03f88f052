"""One document in each format an office sends it in, made from its text: Word, PDF, web page, Excel.

Texts without a table become paragraphs. A text that holds a table, one cell a line, becomes a table with merged cells.
"""

from __future__ import annotations

import html
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
import xlsxwriter
from docx import Document
from docx.oxml.ns import qn

FONT = "Noto Serif CJK SC"
HEADS = ("序号", "类别", "重点工作事项", "主要工作内容", "牵头单位", "责任单位")


@dataclass(frozen=True)
class TableCell:
    """Words, and how many rows and columns they cover."""

    words: str
    row: int
    column: int
    down: int = 1


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def table_of(text: str, rows: list[tuple[tuple[str, ...], str, str, str]]) -> list[TableCell]:
    """A table of rows (path of two, content, lead, others): equal path cells below each other are one merged cell."""
    cells = [TableCell(head, 0, column) for column, head in enumerate(HEADS)]
    for column in (0, 1):
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end][0][: column + 1] != rows[start][0][: column + 1]:
                cells.append(TableCell(rows[start][0][column], start + 1, column + 1, end - start))
                start = end
    for number, (_, content, lead, others) in enumerate(rows, 1):
        cells += [
            TableCell(str(number), number, 0),
            TableCell(content, number, 3),
            TableCell(lead, number, 4),
            TableCell(others, number, 5),
        ]
    return cells


def word_of(lines: list[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_table_of(title: str, cells: list[TableCell]) -> bytes:
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=1 + max(cell.row + cell.down - 1 for cell in cells), cols=len(HEADS))
    for cell in cells:
        place = table.cell(cell.row, cell.column)
        if cell.down > 1:
            place = place.merge(table.cell(cell.row + cell.down - 1, cell.column))
        place.text = cell.words
    assert table._tbl.findall(f".//{qn('w:vMerge')}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_PAGE = """
#let given = json("given.json")
#set page(paper: "a4", flipped: given.flipped, margin: (x: 2.6cm, y: 2.8cm),
  header: align(center, text(size: 9pt, given.head)),
  footer: context align(center, text(size: 9pt)[— #counter(page).display() —]))
#set text(font: "Noto Serif CJK SC", lang: "zh", region: "cn", size: 12pt)
#set par(justify: true, leading: 0.9em, first-line-indent: (amount: given.indent * 1em, all: true))
"""
_LINES = "#for line in given.lines [#line #parbreak()]\n"
_TABLE = """
#align(center, given.title)
#set par(first-line-indent: 0em)
#set text(size: 9pt)
#table(columns: (2.4em, 10em, 10em, 1fr, 8em, 13em), stroke: 0.5pt,
  table.header(..given.heads),
  ..given.cells.map(c => table.cell(x: c.column, y: c.row, rowspan: c.down)[#c.words]))
"""


def pdf_of(lines: list[str], *, head: str = "某市人民政府文件", indent: int = 2) -> bytes:
    """Set justified over pages with a head and page numbers."""
    return _typeset(_PAGE + _LINES, {"lines": lines, "head": head, "flipped": False, "indent": indent})


def pdf_table_of(title: str, cells: list[TableCell]) -> bytes:
    """A table over several pages, its head repeated on each."""
    given = {
        "title": title,
        "head": title,
        "flipped": True,
        "indent": 0,
        "heads": list(HEADS),
        "cells": [vars(cell) for cell in cells if cell.row],
    }
    return _typeset(_PAGE + _TABLE, given)


def _typeset(source: str, given: dict[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "given.json").write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        (Path(folder) / "main.typ").write_text(source, "utf-8")
        made: bytes = typst.compile(str(Path(folder) / "main.typ"))
        return made


_SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某市人民政府网</title>
<style>p {{ color: black }}</style><script>var tasks = "一、假任务（责任单位：市假局）";</script></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
<li><a href="/fw">办事服务</a></li></ul></div>
<div class="search-box"><form><input name="q"><button>搜索</button></form></div>
<div style="display:none">一、隐藏的任务（责任单位：市隐藏局）。这一段不在页面上显示，不算文件内容。</div>
<div class="wrapper"><div class="article-content">{body}</div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">关于做好某项工作的通知</a></li>
<li><a href="/2">某市工作方案</a></li></ul></div></div>
<div class="footer">版权所有：某市人民政府办公室　<a href="/map">网站地图</a> 鄂ICP备00000000号</div></body></html>"""


def page_of(lines: list[str], charset: str = "utf-8") -> bytes:
    body = "\n".join(f"<p>&emsp;&emsp;<span>{html.escape(line)}</span></p>" for line in lines)
    return _SITE.format(body=body, charset=charset).encode("gb18030" if charset == "gb2312" else charset)


def page_table_of(title: str, cells: list[TableCell]) -> bytes:
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = [
        "<tr>"
        + "".join(
            f'<td rowspan="{c.down}"><p>{html.escape(c.words)}</p></td>'
            for c in sorted(rows[row], key=lambda c: c.column)
        )
        + "</tr>"
        for row in sorted(rows)
    ]
    return _SITE.format(body=f"<p>{title}</p><table><tbody>{''.join(lines)}</tbody></table>", charset="utf-8").encode()


def workbook_of(title: str, cells: list[TableCell], *, sheets: int = 1) -> bytes:
    """A title merged over the table, merged cells, and the rows shared out over sheets, each with its head."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    last = 1 + max(cell.row + cell.down - 1 for cell in cells if cell.row)
    step = -(-last // sheets)
    for part in range(sheets):
        sheet = book.add_worksheet(f"第{part + 1}部分")
        sheet.merge_range(0, 0, 0, len(HEADS) - 1, title)
        for column, head in enumerate(HEADS):
            sheet.write(1, column, head)
        low, high = 1 + part * step, (part + 1) * step
        for cell in cells:
            first, end = max(cell.row, low), min(cell.row + cell.down - 1, high)
            if not cell.row or first > end:
                continue
            at = first - low + 2
            value: Any = int(cell.words) if cell.words.isdigit() else cell.words
            if end > first:
                sheet.merge_range(at, cell.column, at + end - first, cell.column, value)
            elif value != "":
                sheet.write(at, cell.column, value)
    book.close()
    return out.getvalue()
