"""A paper as Word, for offices that edit before they print."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from guiyan.kernel.printing.model import Paper, Thing

MARGIN, TEXT_CM, NAMES_CM = Cm(2.2), 16.6, 3.4


def as_word(paper: Paper) -> bytes:
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for style, name, size in (("Normal", "宋体", 11), ("Heading 1", "黑体", 17), ("Heading 2", "黑体", 12.5)):
        face(word.styles[style], name, size)
    word.core_properties.title, word.core_properties.author = f"{paper.title}（{paper.beneath}）", paper.host
    top(word, paper)
    for number, chapter in enumerate(paper.chapters):
        if chapter.title:
            heading = word.add_heading(chapter.title, 1)
            heading.paragraph_format.page_break_before = paper.cover or number > 0
        for thing in chapter.things:
            one(word, thing)
    if paper.closing:
        word.add_paragraph(paper.closing)
    if paper.signed:
        for words in (f"{paper.signed}（盖章）", "年　　月　　日"):
            word.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot(word, f"{paper.foot}  第")
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def face(style: object, name: str, size: float) -> None:
    """Chinese fonts are named apart from Latin ones."""
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size = name, Pt(size)
    font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(kind), name)
    for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def top(word: Word, paper: Paper) -> None:
    """The cover, or the head of a paper without one."""
    lines: list[tuple[str, float]] = [(paper.title, 20), (paper.beneath, 11)]
    if paper.cover:
        lines = [("", 70), (paper.title, 34), (paper.beneath, 18), *((one, 12) for one in paper.notes), ("", 150)]
        lines += [(paper.host, 12), (paper.printed_on, 11)]
    for text, size in lines:
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), size >= 20


def one(word: Word, thing: Thing) -> None:
    if thing.title:
        word.add_heading(thing.title, 2)
    grid(word, thing.facts, (NAMES_CM, TEXT_CM - NAMES_CM))
    for table in thing.tables:
        word.add_heading(table.title, 2)
        grid(word, table.rows, (TEXT_CM / len(table.head),) * len(table.head), head=table.head)
    word.add_paragraph()


def grid(word: Word, rows: Sequence[Sequence[str]], widths: Sequence[float], head: Sequence[str] | None = None) -> None:
    """A ruled table whose head repeats on the next page and whose rows never break."""
    table = word.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for number, row in enumerate([head, *rows] if head else rows):
        added = table.add_row()
        for place, (cell, text, width) in enumerate(zip(added.cells, row or (), widths, strict=True)):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(text).bold = number == 0 if head else place == 0
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head and number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def foot(word: Word, text: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run("页")
