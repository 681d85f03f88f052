"""Files that are made wrong, by accident or on purpose: refused in words, in bounded memory and time."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest
import xlsxwriter

from guiyan.engine.documents import DocumentRefused, read_text
from guiyan.engine.documents.files import apart
from tests.engine.documents.same_document import page_of, pdf_of
from tests.engine.documents.test_refusals import OLE, refusal

LINES = ["某市返乡创业工作方案", "一、做好服务。建立服务专班，每年服务1000人次。（责任单位：市人社局）"]


def pdf_with(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def scanned_pdf() -> bytes:
    """One page that is a picture."""
    pixels = zlib.compress(bytes(64 * 64))
    image = b"<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    image += b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels)
    draw = b"q 595 0 0 842 0 0 cm /P Do Q"
    return pdf_with(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /P 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
        image,
    )


def pdf_bomb() -> bytes:
    """A page whose drawing unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * 80_000) for _ in range(1000)) + packer.flush()
    return pdf_with(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    )


def encrypted_pdf() -> bytes:
    """One that opens with a password only: its keys fit no empty password."""
    made = pdf_with(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    keys = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R " + keys)


def workbook(last_row: int = 3) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["序号", "工作任务", "责任单位"])
    sheet.write_row(1, 0, [1, "做好服务", "市人社局"])
    sheet.write(last_row, 16_000 if last_row > 100 else 2, "尾")
    book.close()
    return out.getvalue()


def altered(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            if each != name:
                target.writestr(each, source.read(each))
        target.writestr(name, part)
    return out.getvalue()


def test_a_pdf_with_a_password_says_so() -> None:
    caught = refusal("方案.pdf", encrypted_pdf())
    assert caught.code == "encrypted" and "取消密码" in caught.reason


def test_a_scanned_pdf_says_what_to_do() -> None:
    caught = refusal("方案.pdf", scanned_pdf())
    assert caught.code == "scanned" and "Word" in caught.reason and "OCR" in caught.reason


@pytest.mark.parametrize("content", [b"%PDF-1.7\nbroken", b"<html>", OLE + b"old"], ids=["torn", "page", "old word"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert refusal("方案.pdf", content).code == "not-a-document"


def test_a_pdf_cut_short_in_loading_is_refused_or_read_whole() -> None:
    whole = pdf_of(LINES)
    for share in (0.3, 0.7, 0.95):
        with pytest.raises(DocumentRefused):
            read_text("方案.pdf", whole[: int(len(whole) * share)])


def test_a_pdf_bomb_is_refused_in_bounded_time() -> None:
    began = time.monotonic()
    with pytest.raises(DocumentRefused):
        read_text("方案.pdf", pdf_bomb())
    assert time.monotonic() - began < apart.SECONDS + 20


def test_a_process_that_dies_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import os; os.abort()"))
    caught = refusal("方案.pdf", pdf_of(LINES))
    assert caught.code == "too-large" and "另存一份" in caught.reason


def test_a_pdf_marked_secret_in_its_page_head_is_refused() -> None:
    assert refusal("方案.pdf", pdf_of(LINES, head="机密★1年")).code == "secret"


def test_a_workbook_with_macros_a_password_or_a_false_name_is_refused() -> None:
    assert refusal("任务.xlsx", altered(workbook(), "xl/vbaProject.bin", b"code")).code == "macro"
    assert refusal("任务.xlsm", workbook()).code == "macro"
    assert refusal("任务.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")).code == "encrypted"
    assert refusal("任务.docx", workbook()).code == "not-a-document"
    assert refusal("任务.xlsx", b"plain").code == "not-a-document"


def test_a_workbook_with_entities_or_a_broken_sheet_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    assert refusal("任务.xlsx", altered(workbook(), "xl/worksheets/sheet1.xml", bomb)).code == "not-a-document"
    assert (
        refusal("任务.xlsx", altered(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><")).code == "not-a-document"
    )


def test_a_sheet_with_one_cell_far_away_is_refused_without_filling_memory() -> None:
    caught = refusal("任务.xlsx", workbook(last_row=1_000_000))
    assert caught.code == "too-large"


@pytest.mark.parametrize(
    ("name", "word"),
    [("方案.doc", ".docx"), ("方案.wps", ".docx"), ("任务.xls", ".xlsx"), ("附件.zip", "解压"), ("扫描.jpg", "OCR")],
)
def test_a_format_that_is_not_read_says_what_to_do(name: str, word: str) -> None:
    caught = refusal(name, b"PK\x03\x04 anything")
    assert caught.code == "not-a-document" and word in caught.reason


def test_a_page_of_nothing_or_nested_too_deep_is_refused() -> None:
    assert refusal("方案.html", b"just words").code == "not-a-document"
    assert refusal("方案.html", b"<html><body><script>x</script></body></html>").code == "empty"
    deep = b"<html><body>" + b"<div>" * 100_000 + "一、做好服务".encode() + b"</body></html>"
    assert refusal("方案.html", deep).code == "not-a-document"


def test_spans_of_a_table_that_reach_into_nothing_fill_no_memory() -> None:
    rows = b"<tr>" + b"<td rowspan=65000 colspan=60000>a</td>" * 40 + b"</tr>"
    with pytest.raises(DocumentRefused):
        read_text("方案.html", b"<html><body><table>" + rows * 4000 + b"</table></body></html>")


def test_a_page_marked_secret_outside_the_text_is_refused() -> None:
    page = page_of(LINES).replace(
        b'<div class="wrapper">', '<div class="header">机密★1年</div><div class="wrapper">'.encode()
    )
    assert refusal("方案.html", page).code == "secret"


def test_the_noise_of_a_page_is_left_out() -> None:
    text = read_text("方案.html", page_of(LINES)).text
    assert text.splitlines() == LINES
