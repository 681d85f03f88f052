"""The booklet as Word, for offices that edit before they print."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from guiyan.kernel.printing.word import face, foot
from guiyan.portal.booklet.contents import Booklet, Entry

MARGIN = Cm(2.2)
TEXT_CM = 16.6


def as_word(booklet: Booklet) -> bytes:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for style, name, size in (("Normal", "宋体", 11), ("Heading 1", "黑体", 18), ("Heading 2", "黑体", 13)):
        face(paper.styles[style], name, size)
    paper.core_properties.title, paper.core_properties.author = f"{booklet.title}（{booklet.for_whom}）", booklet.host
    cover(paper, booklet)
    listing(paper, booklet)
    for number, entry in enumerate(booklet.entries, 1):
        measure(paper, number, entry)
    paper.add_paragraph(booklet.closing)
    foot(paper, f"{booklet.title}（{booklet.for_whom}） {booklet.printed_on}印，政策库{booklet.release}  第")
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def cover(paper: Paper, booklet: Booklet) -> None:
    lines = [("", 60), (f"{booklet.city}返乡入乡创新创业服务平台", 15), (booklet.title, 36), (booklet.for_whom, 18)]
    lines += [(f"共{len(booklet.entries)}项现行政策", 12), ("", 120), (booklet.host, 12)]
    lines += [(f"{booklet.printed_on}印 · 政策库{booklet.release}", 11)]
    lines += [("示例数据，单位电话为示例", 10)] if booklet.sample else []
    for text, size in lines:
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), size > 30


def listing(paper: Paper, booklet: Booklet) -> None:
    paper.add_heading("目录", 2).paragraph_format.page_break_before = True
    for number, entry in enumerate(booklet.entries, 1):
        paper.add_paragraph(f"{number}. {entry.title}（{entry.gives}）")
    paper.add_heading("有不明白的，先打电话", 2)
    for label, number_of in booklet.phones:
        paper.add_paragraph(f"{label}：{number_of}")


def measure(paper: Paper, number: int, entry: Entry) -> None:
    heading = paper.add_heading(f"{number}. {entry.title}", 1)
    heading.paragraph_format.page_break_before = True
    conditions = [f"（{n}）{one}" for n, one in enumerate(entry.conditions, 1)] if len(entry.conditions) > 1 else None
    said = conditions or entry.conditions
    said = [*said, f"文件还写了{entry.open_conditions}，由经办单位核定。"] if entry.open_conditions else said
    gives = f"{entry.gives}\n{entry.note}" if entry.note else entry.gives
    facts = [("给谁", entry.whom), ("给什么", gives), ("条件", "\n".join(said)), ("办理时限", entry.limits)]
    facts += [("从哪天起", entry.since), ("依据", entry.clause)]
    grid(paper, [row for row in facts if row[1]], (2.8, TEXT_CM - 2.8))
    if entry.materials:
        paper.add_heading("要交什么", 2)
        grid(paper, entry.materials, (3.6, TEXT_CM - 8, 4.4), head=("材料", "说明", "交不交"))
    paper.add_heading("找谁办", 2)
    if entry.window:
        paper.add_paragraph(entry.window)
    if entry.offices:
        grid(paper, entry.offices, (3.2, TEXT_CM - 6.8, 3.6), head=("地方", "经办单位", "电话"))
    if entry.steps:
        paper.add_heading("办理流程", 2)
        grid(paper, [step_row(n, *step) for n, step in enumerate(entry.steps, 1)], (1.4, 6.6, TEXT_CM - 8))
    paper.add_heading("文件原文", 2)
    paper.add_paragraph(f"{entry.quote}\n{entry.clause}")
    paper.add_paragraph(f"网上查看和办理：{entry.address}")


def step_row(number: int, title: str, note: str, branches: Sequence[tuple[str, str]]) -> tuple[str, str, str]:
    beside = "；同时：" + "、".join(f"{name}（{who}）" for name, who in branches) if branches else ""
    return str(number), title, note + beside


def grid(
    paper: Paper, rows: Sequence[Sequence[str]], widths: Sequence[float], head: Sequence[str] | None = None
) -> None:
    """A ruled table whose head repeats on the next page and whose rows never break."""
    table = paper.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for number, row in enumerate([head, *rows] if head else rows):
        made = table.add_row()
        for cell, text, width in zip(made.cells, row or (), widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(text).bold = bool(head) and number == 0
        properties = made._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head and number == 0:
            properties.append(OxmlElement("w:tblHeader"))
