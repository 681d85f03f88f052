"""Office files are zips: checked as zips before anything in them is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib

from guiyan.engine.documents.errors import DocumentRefused

MAX_PARTS = 4000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MAIN_PART = 60 * 1024 * 1024
WORD, EXCEL = "Word", "Excel"
_MAIN = {WORD: "word/document.xml", EXCEL: "xl/workbook.xml"}
_KIND = {WORD: "文档", EXCEL: "表格"}
_SUFFIX = {WORD: ".docx", EXCEL: ".xlsx"}


def not_of(program: str, filename: str) -> DocumentRefused:
    """The refusal of a file that is not what its name says."""
    return DocumentRefused(
        "not-a-document",
        f"文件“{filename}”不是有效的 {program} {_KIND[program]}。请用 {program} 打开另存后重新上传。",
    )


def check_package(filename: str, content: bytes, program: str) -> None:
    """Refuse bombs, macros, passwords and zips that hold no such document, before any XML is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(filename, package, program)
            _check_xml(filename, package, program)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise not_of(program, filename) from error


def _check_parts(filename: str, package: zipfile.ZipFile, program: str) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentRefused("encrypted", f"文件“{filename}”设有密码。请取消密码后重新上传。")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise DocumentRefused("too-large", f"文件“{filename}”解压后过大，不予打开。请删减图片和附件后重新上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _with_macros(filename, program)
    if _MAIN[program] not in names or "[Content_Types].xml" not in names:
        raise not_of(program, filename)
    if any(part.file_size > MAX_MAIN_PART for part in parts if part.filename.endswith(".xml")):
        raise DocumentRefused("too-large", f"文件“{filename}”正文过大，不予打开。请拆分后重新上传。")


def _check_xml(filename: str, package: zipfile.ZipFile, program: str) -> None:
    """No part may declare entities; no content type may promise macros."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or "<!DOCTYPE".encode("utf-16-le") in head:
                raise DocumentRefused(
                    "not-a-document", f"文件“{filename}”含有不安全的内容，不予打开。请用 {program} 另存后重新上传。"
                )
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise _with_macros(filename, program)


def _with_macros(filename: str, program: str) -> DocumentRefused:
    return DocumentRefused("macro", f"文件“{filename}”带有宏。请另存为不带宏的 {_SUFFIX[program]} 后重新上传。")


def repacked(content: bytes) -> bytes:
    """The same zip with no part longer than it says: readers that trust the stream can't be flooded."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for part in source.infolist():
            if part.filename.endswith((".xml", ".rels")):
                target.writestr(part.filename, source.read(part))
    return out.getvalue()
