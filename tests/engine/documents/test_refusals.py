"""What is not read, and what people are told about it."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from guiyan.engine.documents import DocumentRefused, parse_text, read_text
from guiyan.engine.documents.files import package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("一、做好服务")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes, *, replace: bool = False) -> bytes:
    """A Word file with one part more, or one replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if not (replace and part == name):
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def refusal(filename: str, content: bytes) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_text(filename, content)
    assert caught.value.reason.endswith("。")
    return caught.value


def test_an_empty_file_is_refused() -> None:
    assert refusal("方案.txt", b"").code == "empty"
    assert refusal("方案.docx", b"").code == "empty"
    assert refusal("方案.txt", b" \n\n").code == "empty"


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("方案.docx", b"plain words"),
        ("方案.docx", b"PK\x03\x04 broken"),
        ("方案.docx", OLE + b"old word"),
        ("方案.txt", word_file()),
        ("方案.txt", b"%PDF-1.7"),
        ("方案.txt", b"\x00\x01\x02\x03" * 20),
        ("方案.exe", b"MZ"),
        ("方案", "一、做好服务".encode()),
    ],
    ids=["words", "broken zip", "old word", "word as text", "pdf as text", "binary as text", "program", "no ending"],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(filename: str, content: bytes) -> None:
    assert refusal(filename, content).code == "not-a-document"


def test_a_zip_without_a_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "words")
    assert refusal("方案.docx", out.getvalue()).code == "not-a-document"


def test_macros_are_refused() -> None:
    assert refusal("方案.docx", with_part("word/vbaProject.bin", b"code")).code == "macro"
    assert refusal("方案.docm", word_file()).code == "macro"


def test_a_password_is_refused() -> None:
    assert refusal("方案.docx", OLE + "EncryptedPackage".encode("utf-16-le")).code == "encrypted"


def test_entities_in_the_xml_are_refused_before_they_are_parsed() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    assert refusal("方案.docx", with_part("word/document.xml", bomb, replace=True)).code == "not-a-document"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1_000_000)
    assert refusal("方案.docx", with_part("word/media/image1.png", b"0" * 1_000_001)).code == "too-large"


def test_a_huge_file_is_refused() -> None:
    assert refusal("方案.txt", b"a" * (20 * 1024 * 1024 + 1)).code == "too-large"


@pytest.mark.parametrize("marking", ["秘密", "机密★1年", "绝密 ★ 长期", "密级：秘密", "【机密】", "秘密★3年   000123"])
def test_a_document_marked_secret_is_refused(marking: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        parse_text(f"{marking}\n某某市工作方案\n一、做好服务")
    assert caught.value.code == "secret"


@pytest.mark.parametrize("marking", ["内部资料 注意保存", "内部文件", "（内部）", "内部资料，请勿外传", "内部使用"])
def test_a_document_marked_internal_is_refused(marking: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        read_text("方案.txt", f"某某市工作方案\n{marking}\n一、做好服务".encode("gb18030"))
    assert caught.value.code == "internal"


def test_the_words_inside_sentences_do_not_count_as_markings() -> None:
    document = parse_text("一、加强内部管理\n完善内部控制,保守国家秘密和商业秘密。\n内部众创空间要开放。")
    assert document.outline[0].heading == "加强内部管理"


def test_a_marking_in_the_page_header_of_a_word_file_counts() -> None:
    document = Document()
    document.add_paragraph("一、做好服务")
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
    out = io.BytesIO()
    document.save(out)
    assert refusal("方案.docx", out.getvalue()).code == "internal"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    assert read_text("方案.txt", "一、做好服务\r\n二、加强保障".encode(encoding)).text == "一、做好服务\n二、加强保障"
