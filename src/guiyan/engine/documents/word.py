"""Word files: checked as a zip before anything is parsed, then paragraphs with their numbers and tables by rows."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.word_numbers import Numbers

MAX_PARTS = 4000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MAIN_PART = 60 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"


def text_of_docx(filename: str, content: bytes) -> tuple[str, str]:
    """The text of the body, and the words of headers and footers (for markings only)."""
    _check_package(filename, content)
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
        raise _not_word(filename) from error
    return "\n".join(lines), margins


def _not_word(filename: str) -> DocumentRefused:
    return DocumentRefused("not-a-document", f"文件“{filename}”不是有效的 Word 文档。请用 Word 打开另存后重新上传。")


def _check_package(filename: str, content: bytes) -> None:
    """Refuse bombs, macros, passwords and zips that hold no Word document, before any XML is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(filename, package)
            _check_xml(filename, package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise _not_word(filename) from error


def _check_parts(filename: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentRefused("encrypted", f"文件“{filename}”设有密码。请取消密码后重新上传。")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise DocumentRefused("too-large", f"文件“{filename}”解压后过大，不予打开。请删减图片和附件后重新上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentRefused("macro", f"文件“{filename}”带有宏。请另存为不带宏的 .docx 后重新上传。")
    if _MAIN not in names or "[Content_Types].xml" not in names:
        raise _not_word(filename)
    if package.getinfo(_MAIN).file_size > MAX_MAIN_PART:
        raise DocumentRefused("too-large", f"文件“{filename}”正文过大，不予打开。请拆分后重新上传。")


def _check_xml(filename: str, package: zipfile.ZipFile) -> None:
    """No part may declare entities; no content type may promise macros."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or "<!DOCTYPE".encode("utf-16-le") in head:
                raise DocumentRefused(
                    "not-a-document", f"文件“{filename}”含有不安全的内容，不予打开。请用 Word 另存后重新上传。"
                )
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise DocumentRefused("macro", f"文件“{filename}”带有宏。请另存为不带宏的 .docx 后重新上传。")


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
        yield " | ".join(cells) + " |"


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
    return " ".join(word for word in words if word).replace("|", "/")


def _margins(document: Any) -> str:
    """Words in headers and footers."""
    lines: list[str] = []
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.even_page_header):
            if not part.is_linked_to_previous:
                lines += [paragraph.text for paragraph in part.paragraphs]
    return "\n".join(lines)
