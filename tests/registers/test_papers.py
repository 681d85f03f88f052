"""Entries on paper: the published ones as a booklet, one with its records to hand on; PDF and Word say the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from docx import Document
from pytest_django.fixtures import Settings

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.printing import made
from guiyan.packs import Pack
from guiyan.registers import actions
from guiyan.registers.papers import booklet_of, entry_paper, money_words
from guiyan.registers.values import Value
from tests.registers.factories import CHONGYANG_TOWN, COUNTY
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
ADDRESS = "/registers/packaged-project/booklet"


def a_project(serial: int = 1, **values: Value) -> int:
    said = {
        "name": f"示例项目{serial}",
        "number": f"ZS2026-90{serial:02d}",
        "region": COUNTY,
        "chain": "materials",
        "content": "建设厂房和生产线",
        "investment": 5_000_000_000,
        "submitted_by": "市经信局",
        "packaged_on": date(2026, 5, 1),
        "release": "released",
        "land_area": 3000,
        **values,
    }
    return actions.record(SYSTEM, register="packaged-project", values=said, source="office")


def in_word(content: bytes) -> str:
    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def in_pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def test_the_booklet_holds_what_is_published_by_chain_and_nothing_else(pack: Pack) -> None:
    a_project(1)
    a_project(2, chain="food", region=CHONGYANG_TOWN)
    a_project(3, release="draft")
    paper = booklet_of("packaged-project")
    assert [(one.title, [x.title for x in one.things]) for one in paper.chapters] == [
        ("新材料", ["示例项目1"]),
        ("食品饮料", ["示例项目2"]),
    ]
    assert [one.title for one in booklet_of("packaged-project", region=COUNTY).chapters] == ["新材料"]
    assert booklet_of("packaged-project", chapter="food").beneath == "咸宁市 · 食品饮料"
    word, pdf = in_word(made(paper, "docx")), in_pdf(made(paper, "pdf"))
    for words in ("招商项目推介手册", "示例项目1", "5,000万元", "30亩", "通山县", "建设厂房和生产线"):
        assert words in word and words in pdf
    assert "示例项目3" not in word and "市经信局" not in word  # a draft, and who sent it in
    with pytest.raises(NotFound):
        booklet_of("packaged-project", chapter="health")
    with pytest.raises(NotFound):
        booklet_of("site")  # published, and no booklet


def test_anybody_takes_it_from_the_page_as_it_is_narrowed(settings: Settings, tmp_path: Path) -> None:
    settings.GUIYAN_HOME = tmp_path
    a_project(1)
    a_project(2, chain="food", region=CHONGYANG_TOWN)
    page = Client().get("/registers/packaged-project/?region=421224000000&f-chain=materials").content.decode()
    assert f"{ADDRESS}.pdf?region=421224000000&amp;f-chain=materials" in page
    answer = Client().get(f"{ADDRESS}.docx?region=421224000000&f-chain=materials")
    assert answer.status_code == 200 and "示例项目1" in in_word(answer.content)
    assert "示例项目2" not in in_word(answer.content)
    wrong = [
        f"{ADDRESS}.exe",
        f"{ADDRESS}.pdf?f-chain=health",
        "/registers/site/booklet.pdf",
        "/registers/person/booklet.pdf",
    ]
    assert [Client().get(one).status_code for one in wrong] == [404] * 4


def test_one_entry_goes_out_with_its_records_and_steps_and_its_numbers_masked(actor: Callable[[str], Actor]) -> None:
    officer, reviewer = actor("zhoumin"), actor("zhengwei")
    firm = actions.add_entry(officer, register="listed", values=a_listed_firm(7), source="bureau").subject_id
    coached: dict[str, Value] = {
        "region": COUNTY,
        "coached_on": date(2026, 5, 2),
        "topic": "股权结构",
        "coach": "示例证券",
    }
    actions.add_happening(officer, register="listed-coaching", about=firm, values=coached, source="bureau")
    words = {"reason": "县里推荐", "evidence": "纪要", "was": "", "to": "silver"}
    actions.decide_level(reviewer, register="listed", subject_id=firm, decided_on=date(2026, 6, 1), **words)
    paper = in_word(made(entry_paper(reviewer, "listed", firm), "docx"))
    for words in ("咸宁示例新材料", "辅导记录（共1次）", "股权结构", "银种子", "县里推荐", "（盖章）"):
        assert words in paper
    assert "15412345678" not in paper


MONEY = {5_000_000_000: "5,000万元", 1_250_000_000: "1,250万元", 12_345_600: "123,456元", 150: "1.50元", 0: "0元"}


@pytest.mark.parametrize("fen", MONEY)
def test_money_on_paper_is_exact(fen: int) -> None:
    assert money_words(fen) == MONEY[fen]
