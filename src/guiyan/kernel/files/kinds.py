"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

LABELS: Mapping[str, str] = {
    "pdf": "PDF",
    "jpg": "JPG图片",
    "png": "PNG图片",
    "docx": "Word文档",
    "xlsx": "Excel表格",
    "txt": "文本",
    "csv": "CSV表格",
    "html": "网页",
}
KINDS = frozenset(LABELS)
SAME_KIND = {"jpeg": "jpg", "htm": "html"}
ENCODINGS = ("utf-8-sig", "gb18030")
PAGE = re.compile(rb"<(?:!doctype html|html|head|body|div|p|table|article)[\s>]", re.IGNORECASE)
TEXT_KINDS = frozenset({"txt", "csv"})


def extension(name: str) -> str:
    """The kind a name claims; empty if it has no ending."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return SAME_KIND.get(ending, ending)


def kind_of(content: bytes) -> str | None:
    """pdf, jpg, png, docx, xlsx, html, or txt for readable text; None for anything else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return office_kind(content)
    if is_page(content):
        return "html"
    return "txt" if is_text(content) else None


def office_kind(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None


def unpacked_size(archive: Path | BinaryIO) -> int:
    """How many bytes a zip says it unpacks to; 0 for what is none, which its reader will refuse."""
    try:
        with zipfile.ZipFile(archive) as packed:
            return sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0


def is_page(content: bytes) -> bool:
    """A web page says so near its beginning; pages hold invisible signs that plain text does not."""
    return b"\0" not in content and PAGE.search(content[:4096]) is not None


def is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(character.isprintable() or character in "\t\r\n\f\u3000\xa0\u200b" for character in text)
    return False


def fits(claimed: str, found: str | None) -> bool:
    return claimed == found or (found in ("txt", "html") and claimed in TEXT_KINDS)


def labels(kinds: set[str] | frozenset[str]) -> str:
    return "、".join(LABELS[kind] for kind in LABELS if kind in kinds)
