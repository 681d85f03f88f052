"""Reported figures at the desk: filled one by one or from Excel, checked, locked; what is not locked says so."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as Word
from python_calamine import CalamineWorkbook

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.actions import Given
from guiyan.plans.models import Indicator, ReportedFigure
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
TONGSHAN, CHONGYANG = 421224000000, 421223000000
HEAD = ("编号", "指标", "地区", "期间", "数值", "分子", "分母", "单位", "说明")


@pytest.fixture
def packaged(scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]) -> Indicator:
    at("2026-05-18 09:00")
    published_plan(actor("helin"))
    at("2026-06-08 09:00")
    actions.open_figures(date(2026, 6, 8))
    return Indicator.objects.get(definition="chushang-packaged-projects")


def own(indicator: Indicator, place: int = TONGSHAN) -> ReportedFigure:
    return ReportedFigure.objects.get(indicator=indicator, place=place)


def do(client: Client, figure: ReportedFigure, **posted: str) -> object:
    return client.post(f"/desk/figures/{figure.id}/do/", posted)


def words(answer: object) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())  # type: ignore[attr-defined]


def table(rows: list[tuple[object, ...]]) -> SimpleUploadedFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEAD, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("填报.xlsx", out.getvalue())


def test_fill_check_lock_unlock_through_the_pages(client_as: ClientAs, packaged: Indicator) -> None:
    figure, tangjie, fangyu, lulin = own(packaged), client_as("tangjie"), client_as("fangyu"), client_as("lulin")
    empty = do(tangjie, figure, verb="fill", value="", note="漏填")
    assert empty.status_code == 422 and "没有发生的填0" in words(empty) and "漏填" in empty.content.decode()  # type: ignore[attr-defined]
    assert do(tangjie, figure, verb="fill", value="18").status_code == 302  # type: ignore[attr-defined]
    assert "18个" in words(fangyu.get(f"/desk/figures/{figure.id}/"))
    assert do(tangjie, figure, verb="check").status_code == 403  # type: ignore[attr-defined]
    assert do(fangyu, figure, verb="return", reason="").status_code == 409  # type: ignore[attr-defined]
    assert do(fangyu, figure, verb="check").status_code == 302  # type: ignore[attr-defined]
    assert do(lulin, figure, verb="lock").status_code == 302  # type: ignore[attr-defined]
    assert do(lulin, figure, verb="unlock", reason="漏报2个").status_code == 302  # type: ignore[attr-defined]
    page = words(tangjie.get(f"/desk/figures/{figure.id}/"))
    assert "漏报2个" in page and "新的不盖旧的" in page and own(packaged).state == "open"


def test_another_countys_figure_is_not_there(client_as: ClientAs, packaged: Indicator) -> None:
    other = own(packaged, CHONGYANG)
    assert client_as("tangjie").get(f"/desk/figures/{other.id}/").status_code == 404
    assert do(client_as("tangjie"), other, verb="fill", value="1").status_code == 404  # type: ignore[attr-defined]


def test_the_table_holds_what_is_to_be_filled_and_comes_back(client_as: ClientAs, packaged: Indicator) -> None:
    tangjie = client_as("tangjie")
    content = b"".join(tangjie.get("/desk/figures/template/").streaming_content)  # type: ignore[attr-defined]
    out = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(out[0]) == HEAD and {row[2] for row in out[1:]} == {"通山县"} and len(out) == 3
    rows = [(*row[:4], 3 + n, "", "", row[7], "从表里填") for n, row in enumerate(out[1:])]
    assert tangjie.post("/desk/figures/upload/", {"file": table(rows)}).status_code == 302
    filled = ReportedFigure.objects.filter(place=TONGSHAN).order_by("id")
    assert [(x.state, x.value) for x in filled] == [("filled", 3), ("filled", 4)]


def test_one_wrong_row_and_nothing_is_written(client_as: ClientAs, packaged: Indicator) -> None:
    mine, other = own(packaged), own(packaged, CHONGYANG)
    rows: list[tuple[object, ...]] = [
        (str(mine.id), "", "", "", 7, "", "", "个", ""),
        (str(other.id), "", "", "", 7, "", "", "个", ""),
    ]
    answer = client_as("tangjie").post("/desk/figures/upload/", {"file": table(rows)})
    page = words(answer)
    assert answer.status_code == 422 and f"第3行：编号{other.id}不在待填报的清单里" in page and "第2行" not in page
    assert own(packaged).state == "open"
    half = table([(str(mine.id), "", "", "", 7.5, "", "", "个", "")])
    answer = client_as("tangjie").post("/desk/figures/upload/", {"file": half})
    assert answer.status_code == 422 and "第2行" in words(answer) and "应为整数" in words(answer)


def test_what_is_not_locked_says_so_on_the_cockpit_and_in_the_weekly_report(
    client_as: ClientAs, packaged: Indicator, actor: Callable[[str], Actor]
) -> None:
    figure = actions.fill_figure(actor("tangjie"), figure=own(packaged), given=Given(Decimal(18)))
    figure = actions.check_figure(actor("fangyu"), figure=figure, passed=True)
    linzong, page, name = client_as("linzong"), "/desk/reports/weekly/?week=2026-06-08", packaged.name
    cockpit = words(linzong.get("/desk/cockpit/"))
    assert f"{name}—100个未锁定（6个县里0个已锁定）" in cockpit and "1个未锁定" in cockpit
    assert f"未锁定：{name}（6个县里0个已锁定）；没有填报的" in words(linzong.get(page))
    actions.lock_figure(actor("lulin"), figure=figure, accepted=True)
    assert f"未锁定：{name}（6个县里1个已锁定）" in words(linzong.get(page))
    county = words(linzong.get(f"{page}&place={TONGSHAN}"))
    assert f"填报的指标2个；已锁定：{name}18个；没有填报的1个。" in county
    paper = Word(io.BytesIO(linzong.get(f"/desk/reports/weekly/word/?week=2026-06-08&place={TONGSHAN}").content))
    assert f"填报的指标2个；已锁定：{name}18个；没有填报的1个。" in [p.text for p in paper.paragraphs]


@pytest.mark.parametrize("most", [1, 3])
def test_the_list_asks_as_often_for_three_figures_as_for_one(
    client_as: ClientAs, packaged: Indicator, max_queries: Limit, most: int
) -> None:
    kept = ReportedFigure.objects.filter(indicator=packaged).order_by("id")[:most]
    ReportedFigure.objects.exclude(id__in=[x.id for x in kept]).delete()
    client = client_as("lulin")
    client.get("/desk/figures/?view=all")
    with max_queries(45):
        answer = client.get("/desk/figures/?view=all")
    assert answer.content.decode().count(packaged.name) >= most
