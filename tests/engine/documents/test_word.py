"""Word files: automatic numbers written out, tables by rows, the same result as the text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from guiyan.engine.documents import parse_file, parse_text, read_text
from tests.engine.documents.real_documents import NAMES, document_path, parsed

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."))


def with_numbering(document: Any) -> int:
    """Add a three-level list of 一、 (一) 1. and return its id."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for i, (form, words) in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    return 91


def numbered(document: Any, words: str, level: int, num_id: int) -> None:
    paragraph = document.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_automatic_numbers_are_written_out_and_restart_under_each_parent() -> None:
    document = Document()
    num = with_numbering(document)
    for words, level in (
        ("总体要求", 0),
        ("重点任务", 0),
        ("建平台", 1),
        ("建园区", 2),
        ("建驿站", 2),
        ("优服务", 1),
        ("设专窗", 2),
    ):
        numbered(document, words, level, num)
    text = read_text("方案.docx", saved(document)).text
    assert text.split("\n") == [
        "一、总体要求",
        "二、重点任务",
        "(一)建平台",
        "1.建园区",
        "2.建驿站",
        "(二)优服务",
        "1.设专窗",
    ]


def test_the_same_plan_as_word_and_as_text_gives_the_same_tasks() -> None:
    body = "完善服务。(牵头单位:市人社局;责任单位:市财政局)"
    document = Document()
    num = with_numbering(document)
    document.add_paragraph("某某市返乡创业工作实施方案")
    numbered(document, "重点任务", 0, num)
    numbered(document, f"优服务。{body}", 1, num)
    word = parse_file("方案.docx", saved(document))
    text = parse_text(f"某某市返乡创业工作实施方案\n一、重点任务\n(一)优服务。{body}")
    assert word.tasks == text.tasks
    assert word.title == "某某市返乡创业工作实施方案"


@pytest.mark.parametrize("name", NAMES)
def test_a_real_document_saved_by_word_gives_the_same_items(name: str) -> None:
    document = Document()
    for line in document_path(name).read_text("utf-8").split("\n"):
        document.add_paragraph(line)
    word, text = parse_file(f"{name}.docx", saved(document)), parsed(name)
    assert [(t.section_path, t.title, t.lead_units, t.responsible_units) for t in word.tasks] == [
        (t.section_path, t.title, t.lead_units, t.responsible_units) for t in text.tasks
    ]
    assert [(i.name, i.value, i.period) for i in word.indicators] == [
        (i.name, i.value, i.period) for i in text.indicators
    ]
    assert [(m.title, m.amount_max, m.rate) for m in word.measures] == [
        (m.title, m.amount_max, m.rate) for m in text.measures
    ]


def test_a_table_with_merged_cells_becomes_tasks_with_carried_paths() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=5)
    rows = (
        ("序号", "类别", "工作内容", "牵头单位", "责任单位"),
        ("1", "建库", "建立名录库,动态更新。", "市人社局", "市公安局、市教育局"),
        ("2", "", "编印政策汇编10种。", "市司法局", "各县市区人民政府"),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 1).merge(table.cell(2, 1))
    parsed = parse_file("任务表.docx", saved(document))
    assert [(t.section_path, t.title, t.lead_units) for t in parsed.tasks] == [
        (("建库",), "建立名录库", ("市人社局",)),
        (("建库",), "编印政策汇编10种", ("市司法局",)),
    ]


def test_deleted_words_are_left_out_and_line_breaks_kept() -> None:
    document = Document()
    paragraph = document.add_paragraph("保留")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph.add_run().add_break()
    paragraph.add_run("下一行")
    assert paragraph._p.tag == qn("w:p")
    assert read_text("方案.docx", saved(document)).text == "保留\n下一行"
