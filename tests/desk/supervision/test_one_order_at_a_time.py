"""A unit that holds an order on a number gets no second for it, is told by when to answer, and by one setting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from guiyan.accounts.scope import scope_of
from guiyan.desk.todos import Todo, gather
from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import entered
from guiyan.plans import actions
from guiyan.plans.models import Indicator, SupervisionOrder, SupervisionProposal
from guiyan.plans.queries import supervision
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
People = Callable[[str], Actor]
LIST, LIGHTS, ORDERS = "/desk/supervision/proposals/", "/desk/supervision/proposals/lights/", "/desk/supervision/"
CITY, BUREAU = 421200000000, "4212-human-resources"


@pytest.fixture
def order(scoped_db: object, at: Callable[[str], object], actor: People) -> SupervisionOrder:
    """The leader wrote on the number for which the daily look had found a red light the day before."""
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    compute_indicators(date(2026, 6, 8))
    propose_orders(date(2026, 6, 8))
    given = {"text": "请核实进度。", "unit_codes": [BUREAU], "place": CITY, "title": "咸宁市新增返乡创业"}
    return actions.write_instruction(actor("linzong"), indicator=founders(), **given).orders.get()  # type: ignore[arg-type]


def founders() -> Indicator:
    return Indicator.objects.get(definition="new-returnee-businesses")


def red() -> SupervisionProposal:
    return SupervisionProposal.objects.get(kind="indicator", indicator=founders(), unit_code=BUREAU)


def words(client: Client, address: str) -> str:
    return re.sub(r"<[^>]+>", "", client.get(address).content.decode())


def work_of(actor: Actor) -> list[Todo]:
    with entered(scope_of(actor)):
        return gather(actor)


def test_no_second_order_is_proposed_and_the_page_says_why(order: SupervisionOrder, client_as: ClientAs) -> None:
    office, pk = client_as("duanyan"), founders().pk
    page = words(office, LIST)
    assert f"市人社局已有督办单{order.number}，6月15日前回复" in page
    assert f"{LIST}{red().pk}/" not in office.get(LIST).content.decode()
    assert "已有督办单" in words(office, f"{LIGHTS}?indicator={pk}")
    sent = {"indicator": pk, "proposal": [red().pk], "text": "请说明。", "decision": "order"}
    assert office.post(LIGHTS, sent).status_code == 409
    assert SupervisionOrder.objects.count() == 1


def test_nor_is_one_started_straight_from_the_number(order: SupervisionOrder, client_as: ClientAs) -> None:
    office, address = client_as("duanyan"), f"/desk/supervision/start/{founders().pk}/"
    assert "手里已有督办单" in words(office, address)
    answer = office.post(address, {"unit": BUREAU, "text": "请说明。", "place": CITY})
    assert answer.status_code == 409 and "办结以前不再发第二份" in answer.content.decode()
    assert office.post(address, {"unit": "4212-audit", "text": "请说明。", "place": CITY}).status_code == 302


def test_a_closed_order_makes_way_for_the_next(order: SupervisionOrder, actor: People) -> None:
    with pytest.raises(Refused, match="办结以前"):
        actions.order_from_proposal(actor("duanyan"), proposal=red(), text="请说明。")
    answered = actions.reply_to_order(actor("helin"), order=order, text="已核实。")
    assert red() not in supervision.proposals_for(actor("duanyan"))
    actions.judge_reply(actor("duanyan"), order=answered, accepted=True)
    assert red() in supervision.proposals_for(actor("duanyan"))
    assert actions.order_from_proposal(actor("duanyan"), proposal=red(), text="请说明。").unit_code == BUREAU


def test_while_one_is_open_the_daily_look_proposes_none(order: SupervisionOrder, actor: People) -> None:
    next_quarter = date(2026, 7, 6)
    propose_orders(next_quarter)
    assert SupervisionProposal.objects.filter(indicator=founders(), kind="indicator", unit_code=BUREAU).count() == 1
    actions.judge_reply(
        actor("duanyan"), order=actions.reply_to_order(actor("helin"), order=order, text="已核实。"), accepted=True
    )
    propose_orders(next_quarter)
    assert SupervisionProposal.objects.filter(indicator=founders(), kind="indicator", unit_code=BUREAU).count() == 2


def test_the_list_tells_days_left_the_day_and_who_began(order: SupervisionOrder, client_as: ClientAs) -> None:
    page = words(client_as("duanyan"), ORDERS)
    assert "剩5天" in page and "6月15日前回复" in page and "林正批示" in page
    assert "6月15日前回复" in words(client_as("linzong"), "/desk/cockpit/")


def test_what_waits_for_the_supervision_office_is_in_its_work(
    order: SupervisionOrder, actor: People, at: Callable[[str], object]
) -> None:
    found = {(x.todo, x.title) for x in work_of(actor("duanyan"))}
    assert ("定督办", "指标亮红灯") in found
    at("2026-06-17 09:00")
    actions.urge_late_orders(date(2026, 6, 17))
    (late,) = [x for x in work_of(actor("duanyan")) if x.who == order.number]
    assert (late.todo, late.light.words, late.can_act) == ("等承办单位回复", "超期2天", False)
    (owed,) = [x for x in work_of(actor("helin")) if x.who == order.number]
    assert (owed.todo, owed.light.words, owed.can_act) == ("回复督办", "超期2天", True)
    actions.reply_to_order(actor("helin"), order=SupervisionOrder.objects.get(), text="已核实。")
    (answered,) = [x for x in work_of(actor("duanyan")) if x.who == order.number]
    assert (answered.todo, answered.can_act) == ("认可督办回复", True)


def test_the_time_to_answer_is_one_setting_and_every_page_tells_it(
    order: SupervisionOrder, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "answer_days", lambda: 9)
    SupervisionOrder.objects.update(state="closed")
    office, pk = client_as("duanyan"), founders().pk
    addresses = (ORDERS, f"{LIST}{red().pk}/", f"{LIGHTS}?indicator={pk}", f"/desk/supervision/start/{pk}/")
    for address in addresses:
        found = re.findall(r"(\d+)个工作日内", words(office, address))
        assert set(found) == {"9"}, address
    told = re.findall(r"(\d+)个工作日内", words(client_as("linzong"), f"/desk/cockpit/{pk}/instruct/"))
    assert set(told) == {"9"}
    propose_orders(date(2026, 7, 20))
    late = SupervisionProposal.objects.filter(kind="figure")
    assert all("9个工作日内完成填报和审核" in x.text for x in late)
