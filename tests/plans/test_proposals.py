"""What is late is proposed once a cause, ordered once, and urged when the answer is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans import actions
from guiyan.plans.models import Indicator, SupervisionOrder, SupervisionProposal, Task
from tests.plans.factories import published_plan

DAY = date(2026, 6, 8)
People = Callable[[str], Actor]
At = Callable[[str], object]


@pytest.fixture
def founders(scoped_db: object, at: At, actor: People) -> Indicator:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    compute_indicators(DAY)
    return Indicator.objects.get(definition="new-returnee-businesses")


def of(indicator: Indicator) -> SupervisionProposal:
    return SupervisionProposal.objects.get(indicator=indicator, kind="indicator")


def test_a_red_light_is_proposed_once_to_the_unit_that_answers_for_it(founders: Indicator) -> None:
    assert propose_orders(DAY) > 0
    assert propose_orders(DAY) == 0 and propose_orders(date(2026, 6, 30)) == 0
    assert of(founders).unit_code == "4212-human-resources" and "目标不少于10,000人" in of(founders).text


def test_a_proposal_becomes_one_order_and_never_two(founders: Indicator, actor: People) -> None:
    propose_orders(DAY)
    order = actions.order_from_proposal(actor("duanyan"), proposal=of(founders), text="请查明原因。")
    with pytest.raises(Refused, match="已由段岩处理"):
        actions.order_from_proposal(actor("duanyan"), proposal=of(founders), text="请查明原因。")
    again = actions.start_order(
        actor("duanyan"), cause=order.cause, title="再来一次", text="再查。", unit_code=order.unit_code, about=founders
    )
    assert again.pk == order.pk and SupervisionOrder.objects.filter(cause=order.cause).count() == 1


def test_what_is_left_needs_a_reason_and_does_not_come_back(founders: Indicator, actor: People) -> None:
    propose_orders(DAY)
    with pytest.raises(Refused, match="理由"):
        actions.dismiss_proposal(actor("duanyan"), proposal=of(founders), reason=" ")
    actions.dismiss_proposal(actor("duanyan"), proposal=of(founders), reason="数据回传滞后，已在补")
    assert propose_orders(DAY) == 0


def test_an_overdue_task_is_proposed_and_a_finished_one_is_not(founders: Indicator, actor: People) -> None:
    late, done = Task.objects.order_by("number")[:2]
    for task in (late, done):
        actions.set_task_due(actor("helin"), task=task, due_on=date(2026, 6, 1))
    actions.finish_task(actor("helin"), task=done, note="已建立")
    propose_orders(DAY)
    assert set(SupervisionProposal.objects.filter(kind="task").values_list("task_id", flat=True)) == {late.pk}


def test_a_late_order_is_urged_once_then_answered_and_closed(founders: Indicator, actor: People, at: At) -> None:
    propose_orders(DAY)
    order = actions.order_from_proposal(actor("duanyan"), proposal=of(founders), text="请查明原因。")
    at("2026-06-25 09:00")
    assert actions.urge_late_orders(date(2026, 6, 25)) == 1
    assert actions.urge_late_orders(date(2026, 6, 25)) == 0
    order.refresh_from_db()
    assert order.state == "overdue"
    order = actions.reply_to_order(actor("helin"), order=order, text="已核查，下周补录。")
    assert actions.judge_reply(actor("duanyan"), order=order, accepted=True).state == "closed"
