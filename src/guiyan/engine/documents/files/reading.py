"""From a file to its text: chooses the reader by name, checks that the content agrees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.apart import read_apart
from guiyan.engine.documents.files.html import text_of_html
from guiyan.engine.documents.files.package import EXCEL, check_package
from guiyan.engine.documents.files.refusals import refuse_bad_bytes, refuse_by_name, refuse_if_marked
from guiyan.engine.documents.files.word import text_of_docx
from guiyan.engine.documents.model import ExtractedText

_FOREIGN = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\x7fELF",
    b"MZ",
)
_NEW_LINES = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\ufeff": None, "\u200b": None})


def read_text(filename: str, content: bytes) -> ExtractedText:
    """The text of a .txt, .docx, .pdf, .html or .xlsx file. Raises DocumentRefused, in words, for anything else."""
    refuse_bad_bytes(filename, content)
    suffix = PurePath(filename).suffix.lower()
    refuse_by_name(filename, suffix)
    text, margins = _READERS[suffix](filename, content)
    refuse_if_marked(margins)
    text = plain_lines(text)
    refuse_if_marked(text)
    if not text.strip():
        raise DocumentRefused("empty", f"文件“{filename}”里没有文字。如果是扫描件，请先转换为文字。")
    return ExtractedText(text, filename)


def plain_lines(text: str) -> str:
    """Line ends made one kind, invisible marks dropped: what spans count from."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NEW_LINES)


def _text_of_txt(filename: str, content: bytes) -> tuple[str, str]:
    if content.startswith(_FOREIGN):
        raise DocumentRefused("not-a-document", f"文件“{filename}”的内容不是文本。请按真实格式命名后重新上传。")
    text = _decode(content)
    if text is None or _is_binary(text):
        raise DocumentRefused(
            "not-a-document", f"文件“{filename}”无法识别为文本。请另存为 UTF-8 编码的 .txt 后重新上传。"
        )
    return text, ""


def _text_of_pdf(filename: str, content: bytes) -> tuple[str, str]:
    if b"%PDF" not in content[:1024]:
        raise DocumentRefused(
            "not-a-document", f"文件“{filename}”的内容不是 PDF。请用原来的软件另存为 PDF，或直接上传 Word 文件。"
        )
    return read_apart("pdf", filename, content)


def _text_of_xlsx(filename: str, content: bytes) -> tuple[str, str]:
    check_package(filename, content, EXCEL)
    return read_apart("xlsx", filename, content)


def _decode(content: bytes) -> str | None:
    """UTF-8 first (with or without mark), UTF-16 by its mark, then GB 18030."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_binary(text: str) -> bool:
    """NULs, or control and private characters in number: no document."""
    if "\x00" in text:
        return True
    sample = text[:20000]
    odd = sum((ord(char) < 32 and char not in "\n\r\t\x0b\x0c") or 0xE000 <= ord(char) <= 0xF8FF for char in sample)
    return odd * 50 > len(sample)


_READERS: dict[str, Callable[[str, bytes], tuple[str, str]]] = {
    ".txt": _text_of_txt,
    ".docx": text_of_docx,
    ".pdf": _text_of_pdf,
    ".html": text_of_html,
    ".htm": text_of_html,
    ".xlsx": _text_of_xlsx,
}
