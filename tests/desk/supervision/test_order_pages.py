"""An order is answered by its unit, judged by the supervision office, and printed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Indicator, SupervisionOrder
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def order(scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]) -> SupervisionOrder:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    return instructed(actor, "请核实进度。")


def instructed(actor: Callable[[str], Actor], text: str) -> SupervisionOrder:
    indicator = Indicator.objects.get(definition="new-returnee-businesses")
    actions.write_instruction(
        actor("linzong"),
        text=text,
        unit_codes=["4212-human-resources"],
        place=421200000000,
        title="咸宁市新增返乡创业",
        indicator=indicator,
        figure="189人",
    )
    return SupervisionOrder.objects.order_by("-id")[0]


def test_the_unit_replies_and_the_office_accepts(client_as: ClientAs, order: SupervisionOrder) -> None:
    address = f"/desk/supervision/{order.number}/"
    assert "写回复" in client_as("helin").get(address).content.decode()
    empty = client_as("helin").post(f"{address}reply/", {"text": ""})
    assert empty.status_code == 422 and "请写明核查情况" in empty.content.decode()
    assert client_as("helin").post(f"{address}reply/", {"text": "已核实，进度正常。"}).status_code == 302
    again = client_as("helin").post(f"{address}reply/", {"text": "第二个窗口里又写了一次。"})
    assert again.status_code == 409 and "第二个窗口里又写了一次。" in again.content.decode()
    assert client_as("duanyan").post(f"{address}judge/", {"judgement": "accept"}).status_code == 302
    order.refresh_from_db()
    assert order.state == "closed"


def test_a_reply_is_sent_back_only_with_a_reason(client_as: ClientAs, order: SupervisionOrder) -> None:
    address = f"/desk/supervision/{order.number}/"
    client_as("helin").post(f"{address}reply/", {"text": "已核实。"})
    office = client_as("duanyan")
    assert office.post(f"{address}judge/", {"judgement": "return"}).status_code == 422
    assert office.post(f"{address}judge/", {"judgement": "return", "reason": "没有写措施"}).status_code == 302
    assert "没有写措施" in office.get(address).content.decode()
    order.refresh_from_db()
    assert order.state == "opened"


def test_who_may_not_reply_or_judge_is_refused(client_as: ClientAs, order: SupervisionOrder) -> None:
    address = f"/desk/supervision/{order.number}/"
    assert client_as("duanyan").post(f"{address}reply/", {"text": "代答"}).status_code in (403, 404)
    assert client_as("helin").post(f"{address}judge/", {"judgement": "accept"}).status_code in (403, 404)
    assert client_as("zhoumin").get(address).status_code in (403, 404)
    assert client_as("zhoumin").get("/desk/supervision/").status_code == 403


def test_the_order_stands_on_one_sheet(client_as: ClientAs, order: SupervisionOrder) -> None:
    text = client_as("duanyan").get(f"/desk/supervision/{order.number}/print/").content.decode()
    for words in (order.number, "林正", "市人社局", "2026年6月15日", "请核实进度。", "189人", 'id="print-now"'):
        assert words in text


def test_the_list_is_searched_counted_and_goes_out(
    client_as: ClientAs, order: SupervisionOrder, actor: Callable[[str], Actor], max_queries: Limit
) -> None:
    office = client_as("duanyan")
    with max_queries(26):
        assert order.number in office.get("/desk/supervision/?q=新增&sort=-at").content.decode()
    assert "没有符合条件的督办单" in office.get("/desk/supervision/?q=航天").content.decode()
    instructed(actor, "再核实。")
    instructed(actor, "第三次核实。")
    with max_queries(26):
        assert "共3份" in office.get("/desk/supervision/").content.decode()
    assert b"".join(office.get("/desk/supervision/sheet/").streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
