"""Late reports are listed by the unit that owes them, and one order a unit goes out after one look."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client

from guiyan.insights.proposals import propose_orders
from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import ReportedFigure, SupervisionOrder, SupervisionProposal
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
LIST, TOGETHER = "/desk/supervision/proposals/?kind=figure", "/desk/supervision/proposals/together/"
UNIT = "421224-investment-promotion"


@pytest.fixture
def office(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor], client_as: ClientAs
) -> Client:
    """The supervision office on a day when May and June were not reported by anybody."""
    at("2026-05-18 09:00")
    published_plan(actor("helin"))
    at("2026-07-20 09:00")
    actions.open_figures(date(2026, 7, 20))
    propose_orders(date(2026, 7, 20))
    return client_as("duanyan")


def late(unit: str = UNIT) -> list[SupervisionProposal]:
    return list(SupervisionProposal.objects.filter(kind="figure", unit_code=unit).order_by("id"))


def sent(proposals: list[SupervisionProposal], **more: str) -> dict[str, object]:
    return {"proposal": [x.pk for x in proposals], "unit": UNIT, "text": "请3个工作日内补报。", **more}


def test_a_unit_stands_once_however_much_it_owes(office: Client, max_queries: Limit) -> None:
    units = set(SupervisionProposal.objects.filter(kind="figure").values_list("unit_code", flat=True))
    assert len(late()) > 1
    with max_queries(26):
        text = office.get(LIST).content.decode()
    assert len(re.findall(r'name="unit"', text)) == len(units)
    assert f">{len(late())}个数<" in text and "6月5日" in text


def test_one_look_shows_every_report_and_one_order_names_them_all(office: Client) -> None:
    page = office.get(f"{TOGETHER}?unit={UNIT}").content.decode()
    assert page.count(" checked") == len(late()) and "一个单位一份督办单" in page
    assert office.post(TOGETHER, sent(late(), decision="order")).status_code == 302
    order = SupervisionOrder.objects.get()
    assert order.unit_code == UNIT and order.proposals.count() == len(late())
    assert "2026年5月" in order.demand and "2026年6月" in order.demand and "请3个工作日内补报。" in order.demand
    assert order.demand.splitlines()[0] in office.get(f"/desk/supervision/{order.number}/").content.decode()
    again = office.post(TOGETHER, sent(late(), decision="order"))
    assert again.status_code == 409 and "已经有人处理" in again.content.decode()
    assert SupervisionOrder.objects.count() == 1


def test_several_units_get_an_order_each_or_none_does(office: Client) -> None:
    both = [*late(), *late("421223-investment-promotion")]
    refused = office.post(TOGETHER, sent(both, decision="order", text=" "))
    assert refused.status_code == 409 and "请写督办要求" in refused.content.decode()
    assert SupervisionOrder.objects.count() == 0
    assert office.post(TOGETHER, sent(both, decision="order")).status_code == 302
    assert SupervisionOrder.objects.count() == 2


def test_what_came_in_meanwhile_is_not_ticked(office: Client) -> None:
    figure = ReportedFigure.objects.filter(id=int(late()[0].cause.removeprefix("figure:")))
    figure.update(state="checked")
    page = office.get(f"{TOGETHER}?unit={UNIT}").content.decode()
    assert page.count(" checked") == len(late()) - 1 and "待锁定" in page


def test_all_are_left_with_one_reason_which_they_need(office: Client) -> None:
    assert office.post(TOGETHER, sent(late(), decision="dismiss", reason=" ")).status_code == 409
    assert office.post(TOGETHER, sent(late(), decision="dismiss", reason="系统刚启用")).status_code == 302
    assert {x.dismissed for x in late()} == {"系统刚启用"} and SupervisionOrder.objects.count() == 0
    assert office.post(TOGETHER, sent([], decision="order")).status_code == 409
    assert "没有要处理的迟报" in office.get(f"{TOGETHER}?unit=nowhere").content.decode()


def test_only_the_supervision_office_decides(office: Client, client_as: ClientAs) -> None:
    for username in ("linzong", "tangjie"):
        assert client_as(username).get(TOGETHER).status_code == 403
        assert client_as(username).post(TOGETHER, sent(late(), decision="order")).status_code == 403
