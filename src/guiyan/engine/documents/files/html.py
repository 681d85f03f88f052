"""Web pages: the document out of the page's noise; paragraphs a line each, tables by rows with their spans filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.grid import Cell, cell_words, grid_rows, table_lines
from guiyan.engine.documents.files.html_article import headings_before, strip_page

MAX_BYTES = 5 * 1024 * 1024
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|article)[\s>]", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    )
)
_AFTERWORDS = re.compile(
    r"^(?:扫一扫|分享到|打印本?页?|关闭窗口|上一篇|下一篇|附件下载|字体[:：]|字号[:：]|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]"
    r"|网站标识码|.{0,20}ICP备|.{0,12}公网安备|【?(?:打印|关闭|字体).{0,12}】?$)"
)


def text_of_html(filename: str, content: bytes) -> tuple[str, str]:
    """The words of the document, and all words of the page (for markings). Raises DocumentRefused."""
    from lxml import etree, html

    if len(content) > MAX_BYTES:
        raise DocumentRefused("too-large", f"网页“{filename}”超过 5 MB。请只保存正文后重新上传。")
    source = _DECLARED.sub("", _decoded(filename, content))
    if not _MARKUP.search(source) or "\x00" in source or _ENTITY.search(source[:4096]):
        raise DocumentRefused("not-a-document", f"文件“{filename}”不是有效的网页。请在浏览器里重新保存后上传。")
    try:
        parser = html.HTMLParser(remove_comments=True, huge_tree=False)
        page = html.document_fromstring(source, parser=parser)
        if any("LIMIT" in problem.type_name for problem in parser.error_log):
            raise ValueError("cut short by the parser")  # the rest would be lost without a word
        body = page.find("body")
        if body is None:
            raise DocumentRefused("empty", f"网页“{filename}”里没有文字。请重新保存后上传。")
        margins = "\n".join(piece.strip() for piece in body.itertext() if len(piece) < 60)
        article = strip_page(body)
        lines = [line for part in (*headings_before(body, article), article) for line in _lines(part)]
    except (etree.ParserError, ValueError, RecursionError) as error:
        raise DocumentRefused(
            "not-a-document", f"网页“{filename}”结构异常，读不出来。请把正文复制到 Word 里，存为 .docx 后上传。"
        ) from error
    return "\n".join(_without_afterwords(lines)), margins


def _decoded(filename: str, content: bytes) -> str:
    """By its mark, else as it says itself, else as UTF-8 or GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        named = _CHARSET.search(content[:4096])
        said = named[1].decode("ascii").lower() if named else "utf-8"
        encodings = ["utf-8-sig", "gb18030"] if said.startswith("utf") else ["gb18030", "utf-8-sig"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentRefused("not-a-document", f"网页“{filename}”的文字编码认不出来。请另存为 UTF-8 后重新上传。")


def _lines(element: Any) -> Iterator[str]:
    """The lines of an element in the order of the page."""
    words: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            line = " ".join("".join(words).split())
            words = []
            if line:
                yield line
        elif isinstance(piece, list):
            yield from table_lines(piece)
        else:
            words.append(piece)
    if line := " ".join("".join(words).split()):
        yield line


def _pieces(element: Any) -> Iterator[str | list[list[str]] | None]:
    """Words; None where a block begins or ends; a table as its rows."""
    is_block = element.tag in _BLOCKS
    if is_block:
        yield None
    if element.tag == "table" and (rows := _table_rows(element)) is not None:
        yield rows
    else:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
    if is_block:
        yield None


def _table_rows(table: Any) -> list[list[str]] | None:
    """The rows of a table that holds cells of words; None for one that only lays out a page."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    grid = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if table.find(".//table") is not None or max(map(len, grid), default=0) < 2 or len(grid) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, line in enumerate(grid):
        column = 0
        for each in line:
            while (number, column) in taken:
                column += 1
            down = min(_span(each, "rowspan") or len(grid), len(grid) - number)
            across = min(_span(each, "colspan") or 1, 64)
            taken |= {(number + i, column + k) for i in range(down) for k in range(across)}
            cells.append(Cell(number, column, cell_words(_lines(each)), down, across))
            column += across
    return grid_rows(cells)


def _span(cell: Any, name: str) -> int:
    """A span as written; 0 for one to the end, 1 for nonsense."""
    value = cell.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _without_afterwords(lines: list[str]) -> list[str]:
    """Lines that serve the page, not the document: at the end, and alone on their line."""
    end = len(lines)
    while end and _AFTERWORDS.search(lines[end - 1]) and len(lines[end - 1]) <= 80:
        end -= 1
    return lines[:end]
