"""The weekly report: page and Word say the same, for one week and place, on one sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document as Word

from guiyan.kernel.actors import Actor
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
PAGE = "/desk/reports/weekly/"
PARAGRAPHS_OF_ONE_SHEET = 12


@pytest.fixture(autouse=True)
def plan(scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]) -> None:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))


def test_page_and_word_say_the_same_on_one_sheet(client_as: ClientAs) -> None:
    leader = client_as("linzong")
    text = re.sub(r"<[^>]+>", "", leader.get(PAGE).content.decode())
    answer = leader.get(f"{PAGE}word/")
    paper = Word(io.BytesIO(answer.content))
    words = [p.text for p in paper.paragraphs if p.text]
    assert all(line.rstrip("。") in text for line in words)
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert all(cell in text for cell in cells)
    assert len(words) <= PARAGRAPHS_OF_ONE_SHEET and len(paper.tables[0].rows) <= 20


def test_a_week_is_chosen_by_any_of_its_days_the_last_full_one_first_and_none_lies_ahead(client_as: ClientAs) -> None:
    leader = client_as("linzong")
    assert "2026年5月25日" in leader.get(f"{PAGE}?week=2026-05-27").content.decode().replace(" ", "")
    assert "第24周" in leader.get(f"{PAGE}?week=2030-01-01").content.decode()
    for address in (PAGE, f"{PAGE}?week=nonsense"):
        full = leader.get(address).content.decode()
        assert "第23周，2026年6月1日—2026年6月7日" in full and "进行中" not in full
    assert (
        "第24周，2026年6月8日—2026年6月14日（进行中，截至6月8日）"
        in leader.get(f"{PAGE}?week=2026-06-08").content.decode()
    )


def test_a_county_has_its_own_report_without_the_citys_target(client_as: ClientAs) -> None:
    text = client_as("linzong").get(f"{PAGE}?place=421224000000").content.decode()
    assert "通山县返乡创业工作周报" in text and "10,000人" not in text
    assert client_as("linzong").get(f"{PAGE}?place=421000000000").status_code == 404
    assert client_as("linzong").get(f"{PAGE}?place=x").status_code == 404


def test_who_has_no_reports_is_refused(client_as: ClientAs) -> None:
    assert client_as("zhoumin").get(PAGE).status_code == 403
    assert client_as("zhoumin").get(f"{PAGE}word/").status_code == 403
