"""The same document says the same in every format: Word, PDF, web page; the task table also in Excel."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from guiyan.engine.documents import ParsedDocument, parse_file
from guiyan.engine.documents.as_json import document_as_json
from tests.engine.documents.numbered_word import counted, numbered_word_of
from tests.engine.documents.real_documents import document_path, parsed
from tests.engine.documents.same_document import (
    TableCell,
    page_of,
    page_table_of,
    paragraphs,
    pdf_of,
    pdf_table_of,
    table_of,
    word_of,
    word_table_of,
    workbook_of,
)
from tests.engine.documents.test_spans import check

IN_PARAGRAPHS = (
    "luohu-opc-measures",
    "suqian-opc-ten-measures",
    "wuhan-2015-city-partners",
    "xianning-2016-four-crowds",
    "xianning-2025-homecoming",
    "xinxiang-2022-charm-city",
    "zhengzhou-opc-community",
)
FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "word": (".docx", word_of),
    "word-counting": (".docx", numbered_word_of),
    "pdf": (".pdf", pdf_of),
    "pdf-not-indented": (".pdf", lambda lines: pdf_of(lines, indent=0)),
    "page": (".html", page_of),
    "page-in-gbk": (".htm", lambda lines: page_of(lines, "gb2312")),
}
TABLES: dict[str, tuple[str, Callable[[str, list[TableCell]], bytes]]] = {
    "word": (".docx", word_table_of),
    "pdf": (".pdf", pdf_table_of),
    "page": (".html", page_table_of),
    "excel": (".xlsx", workbook_of),
    "excel-over-sheets": (".xlsx", lambda title, cells: workbook_of(title, cells, sheets=3)),
}
TABLE = "yichang-2025-returnee-tasks"
TITLE = "宜昌市返乡创业工作任务清单"


def packed(value: Any) -> Any:
    """The value without blanks: line breaks and spaces of a format don't count."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, dict):
        return {key: packed(each) for key, each in value.items() if key not in ("span", "unit_span", "source_file")}
    return [packed(each) for each in value] if isinstance(value, list) else value


def said(document: ParsedDocument, *keys: str) -> dict[str, Any]:
    whole = document_as_json(document)
    return {key: packed(whole[key]) for key in keys}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", IN_PARAGRAPHS)
def test_a_document_says_the_same_in_each_format(name: str, kind: str) -> None:
    suffix, make = FORMATS[kind]
    read = parse_file(f"{name}{suffix}", make(paragraphs(document_path(name).read_text("utf-8"))))
    check(read)
    keys = ("title", "issuing", "plans", "outline", "tasks", "indicators", "measures")
    assert said(read, *keys) == said(parsed(name), *keys)


def yichang_table() -> list[TableCell]:
    """The rows of the task table as they were read of its text."""
    document = parsed(TABLE)
    text = document.text
    rows = []
    for task in document.tasks:
        path = (*task.section_path, "")[:2]
        cells = [cell.strip() for cell in text[slice(*task.span)].replace("\n", "").split("|")]
        content = next(cell for cell in reversed(cells) if task.title in cell)
        rows.append((tuple(path), content, "、".join(task.lead_units), "、".join(task.responsible_units)))
    return table_of(text, rows)


@pytest.mark.parametrize("kind", TABLES)
def test_the_task_table_says_the_same_in_each_format(kind: str) -> None:
    suffix, make = TABLES[kind]
    read = parse_file(f"{TABLE}{suffix}", make(TITLE, yichang_table()))
    check(read)
    whole, known = said(read, "tasks", "indicators", "measures"), said(parsed(TABLE), "tasks", "indicators", "measures")
    assert [t["lead_units"] for t in whole["tasks"]] == [t["lead_units"] for t in known["tasks"]]
    assert [t["responsible_units"] for t in whole["tasks"]] == [t["responsible_units"] for t in known["tasks"]]
    assert whole == known


def test_a_numbered_file_holds_no_written_numbers() -> None:
    """What Word counts is not in the words: the numbers of the text come from the lists."""
    lines = paragraphs(document_path("xianning-2016-four-crowds").read_text("utf-8"))
    document = Document(io.BytesIO(numbered_word_of(lines)))
    lists = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(lists) > 30
    assert not any(p.text.startswith(("一、", "1.", "（一）", "(一)")) for p in lists)
    assert [counted(word) for word in ("一", "十", "十二", "二十", "二十三", "7")] == [1, 10, 12, 20, 23, 7]
