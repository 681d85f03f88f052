"""政策一本通: PDF and Word hold what the library holds, for the city, a county or a group, on paper that reads well."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import typst
from django.test import Client
from docx import Document
from pytest_django.fixtures import Settings

from guiyan.kernel import calendar, releases
from guiyan.portal.booklet import keeping, typeset
from guiyan.portal.booklet.contents import Booklet, booklet
from guiyan.portal.booklet.word import as_word
from guiyan.portal.measures.library import Wanted
from tests.portal.residents import cost, page, words

pytestmark = pytest.mark.usefixtures("library", "own_folder")
TONGSHAN = 421224000000


@pytest.fixture
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.GUIYAN_HOME = tmp_path
    return tmp_path / "booklets"


def made(**wanted: object) -> Booklet:
    return booklet(releases.current(), calendar.today(), Wanted(**wanted), "http://test")  # type: ignore[arg-type]


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return squeezed("".join(page.get_textpage().get_text_bounded() for page in pdf))


def word_text(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return squeezed("".join([*(one.text for one in paper.paragraphs), *cells]))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe\u200b]", "", text)


def downloaded(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content


READERS: list[tuple[str, Callable[[bytes], str]]] = [("pdf", pdf_text), ("docx", word_text)]


@pytest.mark.parametrize(("kind", "read"), READERS)
def test_every_word_of_the_library_is_in_the_booklet(kind: str, read: Callable[[bytes], str]) -> None:
    seen = read(downloaded(f"/measures/booklet/{kind}/?county={TONGSHAN}"))
    whole = made(county=TONGSHAN)
    assert len(whole.entries) == len(releases.current().measures)
    for entry in whole.entries:
        said = [entry.title, entry.whom, entry.gives, entry.clause, entry.since, *entry.conditions, entry.note]
        said += [text for row in (*entry.materials, *entry.offices) for text in row]
        said += [entry.window, entry.limits, entry.open_conditions]
        said += [text for title, note, branches in entry.steps for text in (title, note, *sum(branches, ()))]
        assert [text for text in said if squeezed(text) not in seen] == [], entry.title
        assert squeezed(entry.quote) in seen
    assert "2026年6月8日印" in seen and squeezed(whole.release) in seen and "12333" in seen


@pytest.mark.parametrize(("kind", "read"), READERS)
def test_a_county_s_booklet_names_its_office_and_no_other(kind: str, read: Callable[[bytes], str]) -> None:
    seen = read(downloaded(f"/measures/booklet/{kind}/?county={TONGSHAN}&group=返乡人员"))
    assert "通山县人力资源和社会保障局" in seen and "0715-0000024" in seen
    assert "嘉鱼县" not in seen and "通山县·返乡人员" in seen
    assert "一次性创业补贴" in seen and "高校毕业生一次性创业补贴" not in seen


def test_the_city_s_booklet_names_the_office_of_each_county() -> None:
    entry = next(one for one in made().entries if one.title == "一次性创业补贴")
    assert {place for place, _, _ in entry.offices} >= {"通山县", "嘉鱼县", "赤壁市", "咸安区"}
    assert all(phone for _, _, phone in entry.offices)


@pytest.mark.parametrize("group", ["", "高校毕业生"])
def test_each_measure_of_a_county_s_booklet_has_unit_and_phone_and_papers_and_way_or_a_window(group: str) -> None:
    for entry in made(county=TONGSHAN, group=group).entries:
        assert [(place, bool(name), bool(phone)) for place, name, phone in entry.offices] == [("通山县", True, True)]
        assert bool(entry.window) != bool(entry.materials and entry.steps), entry.title


def test_no_page_is_left_almost_empty_and_no_table_row_breaks() -> None:
    with pypdfium2.PdfDocument(typeset.as_pdf(made())) as pdf:
        lengths = [len(squeezed(one.get_textpage().get_text_bounded())) for one in pdf]
        assert pdf[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    assert min(lengths) > 60, lengths


def test_words_of_a_document_are_never_read_as_markup() -> None:
    whole = made()
    trap = "#panic() *x* $y$ \\ [] @here <label> http://a"
    entry = type(whole.entries[0])(**{**vars(whole.entries[0]), "quote": trap, "title": trap})
    seen = pdf_text(typeset.as_pdf(type(whole)(**{**vars(whole), "entries": [entry]})))
    assert squeezed(trap) in seen


def test_a_machine_without_chinese_fonts_prints_with_the_ones_beside_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = typst.compile

    def without_system_fonts(*args: object, **options: object) -> object:
        return compiled(*args, **options, ignore_system_fonts=True)  # type: ignore[arg-type]

    with_system = pdf_text(typeset.as_pdf(made(group="返乡人员")))
    monkeypatch.setattr(typst, "compile", without_system_fonts)
    without = typeset.as_pdf(made(group="返乡人员"))
    assert pdf_text(without) == with_system
    assert fonts_in(without) == {"GuiyanSerif-Regular", "GuiyanSans-Bold"}


def fonts_in(content: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+?)(?:-Identity-H)?[\s/]", content)}


def test_a_booklet_is_made_once_and_anew_when_something_in_it_changes(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setitem(keeping.MAKERS, "pdf", lambda one: calls.append(one.for_whom) or b"%PDF")  # type: ignore[func-returns-value]
    for _ in range(2):
        downloaded(f"/measures/booklet/pdf/?county={TONGSHAN}")
    assert calls == ["通山县"]
    downloaded("/measures/booklet/pdf/")
    assert calls == ["通山县", "咸宁市"] and len(list(own_folder.glob("*.pdf"))) == 2


def test_heads_repeat_and_rows_stay_whole_in_word() -> None:
    xml = Document(io.BytesIO(as_word(made()))).element.xml
    assert xml.count("w:tblHeader") >= 2 and xml.count("<w:cantSplit") >= xml.count("<w:tr>")


def test_the_page_to_choose_leads_to_both_files_of_the_choice() -> None:
    html = page(Client(), f"/measures/booklet/?county={TONGSHAN}&group=高校毕业生")
    for kind in ("pdf", "docx"):
        assert f"/measures/booklet/{kind}/?county={TONGSHAN}&amp;group=" in html
    assert "高校毕业生，这一本有5项" in words(html)


def test_what_does_not_exist_is_told_plainly() -> None:
    page(Client(), "/measures/booklet/xlsx/", 404)
    assert "这一本有10项" in words(page(Client(), "/measures/booklet/?county=1&group=没有的人"))


def test_the_booklet_costs_the_same_for_one_group_and_for_all() -> None:
    assert cost(Client(), "/measures/booklet/?group=返乡人员") == cost(Client(), "/measures/booklet/") < 12
