"""The leader sees where the plan stands, goes down to the record, and writes an instruction."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from guiyan.desk.cockpit.tiles import tile
from guiyan.insights.compute import compute_indicators
from guiyan.insights.standing import standings_of
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.plans.models import Indicator, Instruction, SupervisionOrder
from guiyan.registers import actions as registers
from tests.plans.factories import published_plan
from tests.registers.factories import a_returnee

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
TONGSHAN = 421224000000


@pytest.fixture
def founders(scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]) -> Indicator:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    founder(1)
    compute_indicators(date(2026, 6, 8))
    return Indicator.objects.get(definition="new-returnee-businesses")


def founder(serial: int) -> None:
    values = {
        **a_returnee(serial),
        "home_region": TONGSHAN + 104000,
        "business_registered_on": date(2026, 3, 1),
        "registration_checked": True,
        "jobs_led": 2,
    }
    registers.record(SYSTEM, register="returnee", values=values, source="shared")


def test_the_cockpit_lists_each_place_once_and_says_whose_plan(client_as: ClientAs, founders: Indicator) -> None:
    text = client_as("linzong").get("/desk/cockpit/").content.decode()
    assert "涵盖楚商回乡、返乡创业、校友回归各方案的承诺" in text
    assert text.count(f"?place={TONGSHAN}") == 1
    total, counted = Indicator.objects.count(), Indicator.objects.exclude(dataset="").count()
    assert f"{total}个指标：{counted}个自动算，{total - counted}个等填报" in text and "还没有数" in text
    assert "含在咸安区内" in text and "进度滞后" in text and "超期" not in text
    assert all(words in text for words in ("申请", "受理", "审定", "公示", "到账", "去年同期"))


def test_the_late_come_first_and_the_rest_is_one_click_away(client_as: ClientAs, founders: Indicator) -> None:
    text = client_as("linzong").get("/desk/cockpit/").content.decode()
    tiles = re.findall(r'class="tile[^"]*" href="/desk/cockpit/(\d+)/".*?light-(\w+)', text, re.S)
    lights = [light for _, light in tiles]
    assert len(tiles) == 8 and lights == sorted(lights, key=["late", "warn", "ok", "idle"].index)
    assert f"全部{Indicator.objects.count()}个指标" in text and "/desk/indicators/?light=late" in text


def test_a_growth_stands_with_the_numbers_of_both_years(client_as: ClientAs, founders: Indicator) -> None:
    for serial, on in enumerate((date(2026, 2, 1), date(2026, 3, 1), date(2025, 3, 1))):
        values = {
            "name": f"示例项目{serial}",
            "kind": "chushang",
            "stage": "signed",
            "region": TONGSHAN,
            "signed_on": on,
        }
        registers.record(SYSTEM, register="project", values=values, source="bureau")
    compute_indicators(date(2026, 6, 8))
    growth, leader = Indicator.objects.get(definition="chushang-signed-growth"), client_as("linzong")
    found = standings_of([growth], on=date(2026, 6, 8))[0]
    told = tile(found)
    assert (told["note"], told["percent"], told["beside"]) == ("2个／去年同期1个，基数小", None, "")
    for address in (f"/desk/cockpit/{growth.id}/", "/desk/indicators/", "/desk/reports/weekly/"):
        assert "2个／去年同期1个" in re.sub(r"<[^>]+>", "", leader.get(address).content.decode()), address


def test_before_any_plan_is_in_force_the_cockpit_says_so(client_as: ClientAs, scoped_db: object) -> None:
    assert "还没有可以计算的指标" in client_as("linzong").get("/desk/cockpit/").content.decode()


def test_the_way_down_names_city_county_and_town(client_as: ClientAs, founders: Indicator) -> None:
    address = f"/desk/cockpit/{founders.id}/?place={TONGSHAN + 104000}"
    text = client_as("linzong").get(address).content.decode()
    assert "?place=421200000000" in text and f"?place={TONGSHAN}" in text
    assert "没有分解的目标" in text and "10,000人" not in text


def test_the_chart_of_the_city_below_has_the_target_of_the_one_above(client_as: ClientAs, founders: Indicator) -> None:
    leader = client_as("linzong")
    far = leader.get(f"/desk/cockpit/{founders.id}/").content.decode()
    assert "目标进度" not in far and "目标每年不少于10,000人，比实绩大得多，没有画出来" in far
    Indicator.objects.filter(pk=founders.pk).update(sample_target=10)
    city = leader.get(f"/desk/cockpit/{founders.id}/").content.decode()
    assert "目标进度" in leader.get("/desk/cockpit/").content.decode() and "目标进度" in city
    assert "目标（每年不少于）" in city and '<span class="nb">10人</span>' in city
    assert "目标进度" not in leader.get(f"/desk/cockpit/{founders.id}/?place={TONGSHAN}").content.decode()


def test_the_records_behind_a_figure_are_read_on_record(client_as: ClientAs, founders: Indicator) -> None:
    text = client_as("linzong").get(f"/desk/cockpit/{founders.id}/?place={TONGSHAN}").content.decode()
    assert str(a_returnee(1)["name"]) in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, targets FROM audit_entry ORDER BY id DESC LIMIT 1")
        action, targets = cursor.fetchone()
    assert action == f"read:indicator:{founders.id}" and len(targets) == 1


def test_an_instruction_starts_an_order_and_keeps_its_form_when_refused(
    client_as: ClientAs, founders: Indicator
) -> None:
    leader, address = client_as("linzong"), f"/desk/cockpit/{founders.id}/instruct/"
    assert "写批示" in leader.get(f"{address}?place={TONGSHAN}").content.decode()
    refused = leader.post(address, {"place": TONGSHAN, "text": "请核实进度。"})
    assert refused.status_code == 422
    assert "请至少选一个承办单位" in refused.content.decode() and "请核实进度。" in refused.content.decode()
    sent = {"place": TONGSHAN, "text": "请核实进度。", "units": ["421224-human-resources"]}
    assert leader.post(address, sent).status_code == 302
    assert SupervisionOrder.objects.get().title == "通山县新增返乡创业"
    assert "10,000" not in Instruction.objects.get().figure


def test_only_a_leader_writes_and_only_readers_look(client_as: ClientAs, founders: Indicator) -> None:
    address = f"/desk/cockpit/{founders.id}/instruct/"
    sent = {"place": TONGSHAN, "text": "请核实。", "units": ["421224-human-resources"]}
    assert client_as("duanyan").post(address, sent).status_code == 403
    assert client_as("duanyan").get("/desk/cockpit/").status_code == 200
    assert client_as("zhoumin").get("/desk/cockpit/").status_code == 403
    assert SupervisionOrder.objects.count() == 0


def test_three_records_ask_no_more_than_one(client_as: ClientAs, founders: Indicator, max_queries: Limit) -> None:
    leader = client_as("linzong")
    for serials in ((), (2, 3)):
        for serial in serials:
            founder(serial)
        with max_queries(50):
            leader.get(f"/desk/cockpit/{founders.id}/?place={TONGSHAN}")
        with max_queries(50):
            leader.get("/desk/cockpit/")
