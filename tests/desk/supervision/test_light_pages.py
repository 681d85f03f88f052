"""Red lights are listed by indicator with today's figures, and an order a place goes out after one look."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client

from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.plans.models import Indicator, SupervisionOrder, SupervisionProposal
from guiyan.registers import actions as registers
from tests.plans.factories import published_plan
from tests.registers.factories import a_returnee

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
LIST, LIGHTS = "/desk/supervision/proposals/", "/desk/supervision/proposals/lights/"
FOUNDERS, PARKS = "new-returnee-businesses", "parks-per-county"


@pytest.fixture
def office(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor], client_as: ClientAs
) -> Client:
    """The supervision office twelve days after the red lights were found."""
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    compute_indicators(date(2026, 6, 8))
    propose_orders(date(2026, 6, 8))
    at("2026-06-20 09:00")
    values = {"home_region": 421224104000, "business_registered_on": date(2026, 6, 12), "registration_checked": True}
    registers.record(SYSTEM, register="returnee", values={**a_returnee(1), **values}, source="shared")
    compute_indicators(date(2026, 6, 20))
    return client_as("duanyan")


def red(definition: str) -> list[SupervisionProposal]:
    return list(SupervisionProposal.objects.filter(kind="indicator", indicator__definition=definition).order_by("id"))


def sent(definition: str, **more: str) -> dict[str, object]:
    found = red(definition)
    return {
        "indicator": found[0].indicator_id,
        "proposal": [x.pk for x in found],
        "text": "请5日内说明。",
        "decision": "order",
        **more,
    }


def words(answer: object) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())  # type: ignore[attr-defined]


def test_an_indicator_stands_once_with_the_figures_of_today(office: Client, max_queries: Limit) -> None:
    with max_queries(34):
        page = office.get(LIST)
    about = set(SupervisionProposal.objects.filter(kind="indicator").values_list("indicator", flat=True))
    text = words(page)
    assert text.count("看一遍再发督办单") == min(len(about), 10) > 1 and "全市和6个县市区滞后" in text
    assert "截至6月20日" in text and "1人" in text and "首次发现" in text and "时间过去46.8%" in text


def test_one_look_shows_every_place_and_each_gets_its_order(office: Client) -> None:
    page = office.get(f"{LIGHTS}?indicator={red(PARKS)[0].indicator_id}").content.decode()
    assert page.count(" checked") == len(red(PARKS)) > 1
    assert office.post(LIGHTS, sent(PARKS)).status_code == 302
    orders = list(SupervisionOrder.objects.order_by("id"))
    assert {x.unit_code for x in orders} == {x.unit_code for x in red(PARKS)} and all(x.order for x in red(PARKS))
    assert all(x.demand.startswith("截至6月20日") and x.demand.endswith("请5日内说明。") for x in orders)
    again = office.post(LIGHTS, sent(PARKS))
    assert again.status_code == 409 and "已经有人处理" in again.content.decode()
    assert SupervisionOrder.objects.count() == len(orders)


def test_without_words_no_order_goes_out_and_without_a_reason_none_is_left(office: Client) -> None:
    assert office.post(LIGHTS, sent(PARKS, text=" ")).status_code == 409
    assert office.post(LIGHTS, sent(PARKS, decision="dismiss", reason="")).status_code == 409
    assert SupervisionOrder.objects.count() == 0
    assert office.post(LIGHTS, sent(PARKS, decision="dismiss", reason="数据在补")).status_code == 302
    assert {x.dismissed for x in red(PARKS)} == {"数据在补"}
    assert "没有要处理的红灯" in office.get(f"{LIGHTS}?indicator={red(PARKS)[0].indicator_id}").content.decode()


def test_what_is_red_no_more_is_not_ticked_and_says_so(office: Client) -> None:
    Indicator.objects.filter(definition=FOUNDERS).update(target=1)
    (found,) = red(FOUNDERS)
    assert " checked" not in office.get(f"{LIGHTS}?indicator={found.indicator_id}").content.decode()
    assert "今天已经不是红灯" in office.get(f"{LIST}{found.pk}/").content.decode()


def test_one_alone_is_worded_as_of_today(office: Client) -> None:
    (found,) = red(FOUNDERS)
    text = office.get(f"{LIST}{found.pk}/").content.decode()
    assert "截至6月8日" in found.text and "截至6月20日，全市新增返乡创业1人" in text


def test_only_the_supervision_office_decides(office: Client, client_as: ClientAs) -> None:
    for username in ("linzong", "tangjie"):
        assert client_as(username).get(LIGHTS).status_code == 403
        assert client_as(username).post(LIGHTS, sent(FOUNDERS)).status_code == 403
