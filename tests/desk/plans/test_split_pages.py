"""The split of a target at the desk: it is told by how much it does not add up, by hand and from Excel."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Indicator, TargetSplit
from tests.plans.factories import published_plan
from tests.plans.test_splits import COUNTIES, TONGSHAN, ZONE, even

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
HEAD = ("区划代码", "地区", "去年", "目标", "单位")


@pytest.fixture
def founders(scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]) -> Indicator:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    return Indicator.objects.get(definition="new-returnee-businesses")


def typed(values: dict[int, Decimal | None], **more: str) -> dict[str, str]:
    return {**{f"share-{code}": f"{value or ''}" for code, value in values.items()}, "basis": "even", **more}


def excel(rows: list[tuple[object, ...]], head: tuple[str, ...] = HEAD) -> SimpleUploadedFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([head, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("目标.xlsx", out.getvalue())


def sheet_of(answer: object) -> list[list[object]]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def words(answer: object) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())  # type: ignore[attr-defined]


def address(indicator: Indicator, more: str = "") -> str:
    return f"/desk/indicators/{indicator.id}/split/{more}"


def test_counties_that_are_short_are_kept_and_not_put_up(client_as: ClientAs, founders: Indicator) -> None:
    helin = client_as("helin")
    assert helin.post(address(founders, "save/"), typed(even(9_400))).status_code == 302
    page = words(helin.get(address(founders)))
    assert "各县合计比全市目标少600人" in page and "报请下达</button>" not in page
    split = TargetSplit.objects.get()
    refused = helin.post(f"/desk/splits/{split.id}/propose/")
    assert refused.status_code == 409 and "不能报请下达：各县合计比全市目标少600人。" in words(refused)
    assert TargetSplit.objects.get().state == "draft"


def test_what_is_no_number_stays_on_the_page_with_the_reason(client_as: ClientAs, founders: Indicator) -> None:
    answer = client_as("helin").post(address(founders, "save/"), {**typed(even()), f"share-{TONGSHAN}": "一千六"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "一千六" in page and TargetSplit.objects.count() == 0


def test_the_way_from_the_draft_to_the_county(client_as: ClientAs, founders: Indicator) -> None:
    helin, panjian = client_as("helin"), client_as("panjian")
    assert "去年都没有数" in words(helin.get(f"{address(founders)}?basis=last_year"))
    assert "除不尽的4人给了" in words(helin.get(f"{address(founders)}?basis=even"))
    helin.post(address(founders, "save/"), typed(even()))
    split = TargetSplit.objects.get()
    assert helin.post(f"/desk/splits/{split.id}/propose/").status_code == 302
    assert helin.post(f"/desk/splits/{split.id}/issue/").status_code == 403
    page = words(panjian.get(address(founders)))
    assert "各县合计10,000人" in page and "现行的一版作为历史保留" in page
    assert panjian.post(f"/desk/splits/{split.id}/send-back/", {"reason": " "}).status_code == 409
    assert panjian.post(f"/desk/splits/{split.id}/issue/").status_code == 302
    assert "1,666人" in words(client_as("linzong").get(f"/desk/cockpit/{founders.id}/?place={TONGSHAN}"))


def test_a_rate_is_not_shared_out(client_as: ClientAs, founders: Indicator) -> None:
    """Each way would fill in the same figure, so one is offered."""
    rate = Indicator.objects.filter(kind="growth_rate", target__isnull=False)[0]
    helin = client_as("helin")
    assert "按名册人口" in words(helin.get(address(founders)))
    page = words(helin.get(address(rate)))
    assert "都填全市目标" in page and "按名册人口" not in page
    assert "增长和比例不相加" in words(helin.get(f"{address(rate)}?basis=even"))


def test_a_version_in_force_is_changed_with_a_reason_and_stays_to_be_read(
    client_as: ClientAs, founders: Indicator, actor: Callable[[str], Actor]
) -> None:
    issue(actor, founders)
    helin = client_as("helin")
    values = {**even(), TONGSHAN: Decimal(1_566), COUNTIES[0]: even()[COUNTIES[0]] + 100}  # type: ignore[operator]
    without = helin.post(address(founders, "save/"), typed(values))
    assert without.status_code == 422 and "调整要写明理由" in words(without)
    assert helin.post(address(founders, "save/"), typed(values, reason="通山县受灾")).status_code == 302
    second = TargetSplit.objects.get(state="draft")
    helin.post(f"/desk/splits/{second.id}/propose/")
    client_as("panjian").post(f"/desk/splits/{second.id}/issue/")
    page = words(helin.get(address(founders)))
    assert "2026年第2版，已下达" in page and "2026年第1版，已调整" in page and "通山县受灾" in page


def issue(actor: Callable[[str], Actor], indicator: Indicator) -> TargetSplit:
    split = actions.save_split(actor("helin"), indicator=indicator, year=2026, values=even())
    return actions.issue_split(actor("panjian"), split=actions.propose_split(actor("helin"), split=split))


def test_the_table_goes_out_and_comes_back_as_the_draft(client_as: ClientAs, founders: Indicator) -> None:
    helin = client_as("helin")
    out = sheet_of(helin.get(address(founders, "sheet/")))
    assert tuple(out[0]) == HEAD and len(out) == 8 and {row[4] for row in out[1:]} == {"人"}
    values = even()
    back = excel([(row[0], row[1], "", int(values[int(str(row[0]))] or 0), "人") for row in out[1:]])
    assert helin.post(address(founders, "upload/"), {"file": back}).status_code == 302
    split = TargetSplit.objects.get()
    assert actions.split_faults(split) == [] and split.shares.get(place=ZONE).value == 100


def test_a_table_that_does_not_add_up_says_by_how_much(client_as: ClientAs, founders: Indicator) -> None:
    helin = client_as("helin")
    rows = [(str(code), "", "", 1_700, "人") for code in COUNTIES]
    assert helin.post(address(founders, "upload/"), {"file": excel(rows)}).status_code == 302
    page = words(helin.get(address(founders)))
    assert "已存草稿。各县合计比全市目标多200人。" in page
    split = TargetSplit.objects.get()
    assert "不能报请下达：各县合计比全市目标多200人。" in words(helin.post(f"/desk/splits/{split.id}/propose/"))


def test_every_wrong_row_is_named_and_nothing_of_the_table_is_kept(client_as: ClientAs, founders: Indicator) -> None:
    rows: list[tuple[object, ...]] = [
        (str(TONGSHAN), "通山县", "", 100, "人"),
        (str(TONGSHAN), "通山县", "", 200, "人"),
        ("420100000000", "外市", "", 100, "人"),
        (str(COUNTIES[0]), "咸安区", "", "很多", "人"),
    ]
    answer = client_as("helin").post(address(founders, "upload/"), {"file": excel(rows)})
    page = words(answer)
    assert answer.status_code == 422 and "有3处要改，整个文件都没有写入" in page
    assert "第3行：通山县出现了两次" in page and "第4行：区划代码“420100000000”不是本市的" in page and "第5行：" in page
    assert TargetSplit.objects.count() == 0


def test_a_table_with_another_head_is_refused(client_as: ClientAs, founders: Indicator) -> None:
    file = excel([(str(TONGSHAN), 1)], head=("区划代码", "数"))
    answer = client_as("helin").post(address(founders, "upload/"), {"file": file})
    assert answer.status_code == 422 and "少了列：地区、去年、目标、单位" in words(answer)
    empty = client_as("helin").post(address(founders, "upload/"))
    assert empty.status_code == 422 and "请选择一个文件" in words(empty)


def test_counties_do_not_reach_the_page(client_as: ClientAs, founders: Indicator) -> None:
    assert client_as("tangjie").get(address(founders)).status_code == 403
    assert client_as("linzong").post(address(founders, "save/"), typed(even())).status_code == 403


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_asks_as_often_for_three_versions_as_for_one(
    client_as: ClientAs, founders: Indicator, actor: Callable[[str], Actor], max_queries: Limit, versions: int
) -> None:
    split = issue(actor, founders)
    for number in range(1, versions):
        again = actions.save_split(
            actor("helin"), indicator=founders, year=2026, values=even(), reason=f"第{number}次调整"
        )
        split = actions.issue_split(actor("panjian"), split=actions.propose_split(actor("helin"), split=again))
    assert split.version == versions
    client = client_as("helin")
    client.get(address(founders))
    with max_queries(60):
        client.get(address(founders))
