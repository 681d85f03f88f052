"""Word files: checked as a zip before anything is parsed, then paragraphs with their numbers and tables by rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from guiyan.engine.documents.files.grid import cell_words, row_line
from guiyan.engine.documents.files.package import WORD, check_package, not_of
from guiyan.engine.documents.files.word_numbers import Numbers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of_docx(filename: str, content: bytes) -> tuple[str, str]:
    """The text of the body, and the words of headers and footers (for markings only)."""
    check_package(filename, content, WORD)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(content))
        lines = list(_lines(document.element.body, Numbers(document)))
        margins = _margins(document)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
        zipfile.BadZipFile,
        OSError,
    ) as error:
        raise not_of(WORD, filename) from error
    return "\n".join(lines), margins


def _lines(body: Any, numbers: Numbers) -> Iterator[str]:
    """Paragraphs and table rows in the order of the body."""
    for element in body.iterchildren():
        if element.tag == f"{_W}p":
            yield from _paragraph_lines(element, numbers)
        elif element.tag == f"{_W}tbl":
            yield from _table_lines(element, numbers)
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            if content is not None:
                yield from _lines(content, numbers)


def _paragraph_lines(paragraph: Any, numbers: Numbers) -> list[str]:
    words = numbers.label(paragraph) + _words(paragraph)
    return words.split("\n")


def _words(paragraph: Any) -> str:
    """The words of a paragraph: deleted text left out, breaks and tabs kept."""
    out: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            out.append(element.text or "")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            out.append("\n")
        elif element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}r":
            out.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            out.append("-")
    return re.sub(r"[\r\x0b\x0c\u2028\u2029]", "\n", "".join(out).replace("\ufeff", "").replace("\u200b", ""))


def _table_lines(table: Any, numbers: Numbers) -> Iterator[str]:
    """One line a row, a bar after each cell; a cell merged down says its words again."""
    above: dict[int, str] = {}
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        column = 0
        for cell in row.iterchildren(f"{_W}tc"):
            width, merged = _geometry(cell)
            words = above.get(column, "") if merged else _cell_words(cell, numbers)
            cells += [words] + [""] * (width - 1)
            above[column] = words
            column += width
        yield row_line(cells)


def _geometry(cell: Any) -> tuple[int, bool]:
    """How many columns a cell spans, and whether it continues the one above."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return 1, False
    span = properties.find(f"{_W}gridSpan")
    merge = properties.find(f"{_W}vMerge")
    width = int(span.get(f"{_W}val", "1")) if span is not None else 1
    return max(1, min(width, 64)), merge is not None and merge.get(f"{_W}val") != "restart"


def _cell_words(cell: Any, numbers: Numbers) -> str:
    words = [line.strip() for p in cell.iter(f"{_W}p") for line in _paragraph_lines(p, numbers)]
    return cell_words(words)


def _margins(document: Any) -> str:
    """Words in headers and footers."""
    lines: list[str] = []
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.even_page_header):
            if not part.is_linked_to_previous:
                lines += [paragraph.text for paragraph in part.paragraphs]
    return "\n".join(lines)
