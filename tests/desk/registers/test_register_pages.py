"""The registers' pages as officers see them: their own county, numbers masked, every reading logged."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions
from guiyan.registers.models import ComparisonList
from tests.registers.factories import (
    BORN,
    CHONGYANG_TOWN,
    a_firm,
    a_person,
    a_returnee,
    csv_file,
    id_number,
)

pytestmark = pytest.mark.usefixtures("scoped_db")

ClientAs = Callable[[str], Client]


@pytest.fixture
def liu() -> int:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared", at=date(2026, 5, 1))
    actions.record(SYSTEM, register="returnee", values=a_returnee(needs=("funds",)), source="visit")
    actions.record(SYSTEM, register="firm", values=a_firm(), source="market")
    return who


def last_audit() -> tuple[str, list[str], str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, targets, purpose FROM audit_entry ORDER BY id DESC LIMIT 1")
        return cursor.fetchone()  # type: ignore[no-any-return]


def test_a_register_is_listed_with_sources_and_freshness_and_the_reading_logged(client_as: ClientAs, liu: int) -> None:
    page = client_as("zhoumin").get("/desk/registers/person/?q=chunyan&columns=name&columns=id_number&columns=phone")
    text = page.content.decode()
    assert page.status_code == 200
    assert "刘春燕" in text and "154****5678" in text
    assert str(a_person()["id_number"]) not in text and "15412345678" not in text
    assert last_audit() == ("read:register.person", [f"subject:{liu}"], "名录列表")


def test_a_register_is_as_fresh_as_its_last_check_however_it_came_in(
    client_as: ClientAs, at: Callable[[str], object]
) -> None:
    at("2026-06-08 09:00")
    assert "没有导入过" in client_as("zhoumin").get("/desk/freshness/").content.decode()
    for serial, day in enumerate((date(2026, 1, 5), date(2026, 6, 5)), start=1):
        actions.record(SYSTEM, register="person", values=a_person(serial), source="shared", at=day)
    text = re.sub(r"<[^>]+>", "", client_as("zhoumin").get("/desk/freshness/").content.decode())
    assert "最近核对6月5日" in text and "2条里1条超过90天没有核对" in text
    assert "部分过期" in text and "已过期1条" in text and "还有87天" not in text
    actions.record(SYSTEM, register="person", values=a_person(3), source="shared", at=date(2026, 1, 6))
    text = re.sub(r"<[^>]+>", "", client_as("zhoumin").get("/desk/freshness/").content.decode())
    assert "过半过期" in text and "已过期2条" in text
    assert "没有核对" not in re.sub(r"<[^>]+>", "", client_as("caoyun").get("/desk/freshness/").content.decode())


def test_a_register_is_due_with_the_first_entry_that_becomes_stale(
    client_as: ClientAs, at: Callable[[str], object]
) -> None:
    at("2026-06-08 09:00")
    for serial, day in enumerate((date(2026, 3, 20), date(2026, 6, 5)), start=1):
        actions.record(SYSTEM, register="person", values=a_person(serial), source="shared", at=day)
    text = re.sub(r"<[^>]+>", "", client_as("zhoumin").get("/desk/freshness/").content.decode())
    assert "还有10天" in text and "6月18日" in text and "2条都在90天内核对过" in text


def test_a_village_officer_without_visits_is_sent_to_no_page_she_may_not_open(client_as: ClientAs) -> None:
    page = client_as("yuanmei").get("/desk/").content.decode()
    assert "现在没有待访的人" in page and "/desk/cases/" not in page and "/desk/visits/" in page


def test_an_officer_of_another_county_sees_neither_list_rows_nor_the_entry(client_as: ClientAs, liu: int) -> None:
    other = client_as("caoyun")
    assert "您管的地方还没有登记" in other.get("/desk/registers/person/").content.decode()
    assert other.get(f"/desk/registers/person/{liu}/").status_code == 404
    assert other.get(f"/desk/registers/person/{liu}/id_number/").status_code == 404


def test_an_entry_tells_the_source_of_every_value_and_what_belongs_to_it(client_as: ClientAs, liu: int) -> None:
    text = client_as("zhoumin").get(f"/desk/registers/returnee/{liu}/").content.decode()
    for words in ("入户调查", "2026年2月21日", "资金", "创办的经营主体", "通山县枫林谷民宿", "人员基础信息"):
        assert words in text


def test_a_founder_nobody_registered_is_named_without_a_link(client_as: ClientAs) -> None:
    firm = actions.record(SYSTEM, register="firm", values=a_firm(), source="market")
    text = client_as("zhoumin").get(f"/desk/registers/firm/{firm}/").content.decode()
    assert "<li>刘春燕</li>" in text and "/desk/registers/person/" not in text


def test_entries_are_counted_in_the_registers_own_word(client_as: ClientAs, liu: int) -> None:
    page = client_as("helin").get("/desk/registers/").content.decode()
    for words in ("1人", "1家", "0个", "0条"):
        assert f'<span class="nb">{words}</span>' in page


def test_a_number_in_full_needs_a_purpose_which_is_logged(client_as: ClientAs, liu: int) -> None:
    officer, number = client_as("zhoumin"), str(a_person()["id_number"])
    address = f"/desk/registers/person/{liu}/id_number/"
    assert number not in officer.get(address).content.decode()
    refused = officer.post(address, {"purpose_kind": "other"})
    assert refused.status_code == 422 and "请写明事由" in refused.content.decode()
    shown = officer.post(address, {"purpose_kind": "入户核实"})
    assert number in shown.content.decode() and shown.headers["Cache-Control"].startswith("no-store")
    assert last_audit() == ("read:person.id_number", [f"subject:{liu}"], "入户核实")
    assert client_as("huanglei").post(address, {"purpose_kind": "入户核实"}).status_code in (403, 404)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("空.csv", b"", "0字节"), ("图.xlsx", b"\x89PNG", "和后缀.xlsx不符"), ("旧.xls", b"\xd0\xcf\x11\xe0", "旧版.xls")],
)
def test_a_wrong_file_comes_back_with_plain_words(client_as: ClientAs, name: str, content: bytes, words: str) -> None:
    fields = {"file": SimpleUploadedFile(name, content), "source": "visit", "as_of": "2026-06-01"}
    page = client_as("helin").post("/desk/registers/person/import/", fields)
    assert page.status_code == 422 and words in page.content.decode()


def test_a_list_for_comparison_is_replaced_with_its_day(client_as: ClientAs, tmp_path: Path) -> None:
    officer = client_as("helin")
    head = ("身份证号", "姓名", "金额", "发放日期", "发放单位")
    good = csv_file(tmp_path / "a.csv", head, [[id_number(BORN, "女", 1), "示例", 5000, "2025-09-01", ""]]).read_bytes()
    bad = csv_file(tmp_path / "b.csv", head, [["1", "示例", 5000, "2025-09-01", ""]]).read_bytes()

    def send(content: bytes) -> tuple[int, str]:
        fields = {"file": SimpleUploadedFile("名单.csv", content), "as_of": "2026-05-31"}
        page = officer.post("/desk/lists/paid-before/", fields, follow=True)
        return page.status_code, page.content.decode()

    status, text = send(bad)
    assert "名单没有导入" in text and "有1位" in text and not ComparisonList.objects.exists()
    status, text = send(good)
    assert status == 200 and "名单已更新：1行" in text and "2026年5月31日" in text
    assert "没有改动" in send(good)[1]


def test_search_finds_people_and_firms_of_the_own_range_only(client_as: ClientAs, liu: int) -> None:
    elsewhere = a_person(9, name="刘春花", residence_region=CHONGYANG_TOWN)
    actions.record(SYSTEM, register="person", values=elsewhere, source="shared")
    text = client_as("zhoumin").get("/desk/registers/search/?q=春").content.decode()
    assert "刘春燕" in text and "刘春花" not in text
    assert "通山县枫林谷民宿" in client_as("zhoumin").get("/desk/registers/search/?q=枫林谷").content.decode()


@pytest.mark.parametrize("address", ["/desk/registers/person/template.xlsx", "/desk/lists/paid-before/template.xlsx"])
def test_templates_are_workbooks(client_as: ClientAs, address: str) -> None:
    assert client_as("helin").get(address).content.startswith(b"PK")
    assert client_as("zhoumin").get(address).status_code == 403


@pytest.mark.parametrize("address", ["/desk/registers/nothing/", "/desk/lists/nothing/", "/desk/registers/imports/99/"])
def test_what_is_not_there_is_not_found(client_as: ClientAs, address: str) -> None:
    assert client_as("helin").get(address).status_code == 404


def test_a_damaged_address_shows_the_list_from_its_beginning(client_as: ClientAs, liu: int) -> None:
    page = client_as("zhoumin").get("/desk/registers/firm/?after=%00x&sort=nothing&region=abc&f-kind=individual")
    assert page.status_code == 200 and "通山县枫林谷民宿" in page.content.decode()


def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    client_as: ClientAs, max_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    officer = client_as("zhoumin")
    for serial in (1, 2, 3):
        actions.record(SYSTEM, register="person", values=a_person(serial), source="shared")
        officer.get("/desk/registers/person/")
        with max_queries(40) as captured:
            officer.get("/desk/registers/person/")
        counts = len(captured)  # type: ignore[arg-type]
        if serial == 1:
            first = counts
    assert counts == first
