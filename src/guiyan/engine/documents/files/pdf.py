"""PDF files: characters with their places, put together as lines, tables and paragraphs.

Runs in a process of its own (`apart`). One column of text a page, as official documents have it.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.pdf_lines import Char, Sheet, lines_of
from guiyan.engine.documents.files.pdf_margins import without_margins
from guiyan.engine.documents.files.pdf_pages import text_of_sheets
from guiyan.engine.documents.files.pdf_rules import Rules, rules_of
from guiyan.engine.documents.files.pdf_tables import tables_on

MAX_PAGES = 400
MAX_CHARS = 1_500_000
_FEW, _PICTURE = 5, 0.5


def text_of_pdf(filename: str, content: bytes) -> tuple[str, str]:
    """The text of all pages, and what stood in the page heads and feet. Raises DocumentRefused."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        sheets = _sheets(filename, document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise DocumentRefused(
                "encrypted", f"文件“{filename}”设有打开密码。请取消密码，或另存一份不加密的 PDF 后重新上传。"
            ) from error
        raise DocumentRefused(
            "not-a-document", f"文件“{filename}”不是有效的 PDF，可能没有下载完整。请重新导出后上传。"
        ) from error
    sheets, margins = without_margins(sheets)
    text = text_of_sheets(sheets)
    _refuse_garbled(filename, text)
    return text, margins


def _sheets(filename: str, document: Any) -> list[Sheet]:
    if len(document) > MAX_PAGES:
        raise DocumentRefused("too-large", f"文件“{filename}”超过{MAX_PAGES}页。请拆分后重新上传。")
    sheets: list[Sheet] = []
    pictures: list[int] = []
    left = MAX_CHARS
    for number, page in enumerate(document, 1):
        chars = _chars(page, left)
        left -= len(chars)
        if left <= 0:
            raise DocumentRefused("too-large", f"文件“{filename}”文字过多。请拆分后重新上传。")
        if sum(not char.text.isspace() for char in chars) < _FEW and _is_picture(page):
            pictures.append(number)
        sheets.append(_sheet(page, chars))
        page.close()
    if pictures:
        raise _scanned(filename, pictures, len(document))
    return sheets


def _scanned(filename: str, pages: list[int], total: int) -> DocumentRefused:
    if len(pages) == total:
        return DocumentRefused(
            "scanned", f"文件“{filename}”是扫描件，只有图片没有文字。请上传原来的 Word 文件，或先做文字识别（OCR）。"
        )
    where = "、".join(map(str, pages[:10])) + ("等" if len(pages) > 10 else "")
    return DocumentRefused(
        "scanned", f"文件“{filename}”第{where}页是图片，没有文字。请换成文字版，或删去这些页后重新上传。"
    )


def _is_picture(page: Any) -> bool:
    """Whether images cover most of the page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > _PICTURE * width * height)


def _sheet(page: Any, chars: list[Char]) -> Sheet:
    """Tables where rules enclose words; all other characters as lines."""
    width, height = page.get_size()
    tables, rest = tables_on(rules_of(page) if len(chars) > _FEW else Rules((), ()), chars)
    return Sheet(width, height, tuple(lines_of(rest)), tuple(tables))


def _chars(page: Any, most: int) -> list[Char]:
    """The characters of a page with their boxes; spaces that PDFium only infers are left to `lines_of`."""
    import ctypes

    from pypdfium2 import raw

    textpage = page.get_textpage()
    box, chars = raw.FS_RECTF(), []
    for i in range(min(textpage.count_chars(), most + 1)):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code < 0x20 or code in (0xFFFE, 0xFFFF, 0xFEFF, 0x200B) or raw.FPDFText_IsGenerated(textpage, i) == 1:
            if raw.FPDFText_IsHyphen(textpage, i) == 1:
                code = ord("-")
            else:
                continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, ctypes.byref(box)):
            continue
        if box.right > box.left and box.top > box.bottom:
            chars.append(Char(_plain(chr(code)), box.left, box.bottom, box.right, box.top))
    textpage.close()
    return chars


def _plain(char: str) -> str:
    """Radicals and compatibility forms that fonts put for ideographs (⼀ for 一), as the ideographs themselves."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    return char


def _refuse_garbled(filename: str, text: str) -> None:
    """Fonts without a table of characters give signs, not words."""
    words = [char for char in text if not char.isspace()]
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or unicodedata.category(char) == "Cn" for char in words)
    if words and odd * 10 > len(words):
        raise DocumentRefused(
            "scanned",
            f"文件“{filename}”的文字用了特殊字体，读出来是乱码。请上传原来的 Word 文件，或先做文字识别（OCR）。",
        )
