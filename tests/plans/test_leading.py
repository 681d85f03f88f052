"""Who leads a task that its document leaves open is settled on a paper, and with that the finding is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from guiyan.insights.proposals import propose_orders
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions
from guiyan.plans.models import SupervisionProposal, Task
from guiyan.plans.queries import tasks
from guiyan.plans.queries.findings import findings_on, tasks_without_lead
from tests.plans.conflicting import two_plans
from tests.plans.test_findings import DAY

OPEN, BOTH = "办好创业活动", "培育企业"
MINUTES = "示例市专班会议纪要2号"


@pytest.fixture
def helin(scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]) -> Actor:
    at("2026-06-01 09:00")
    two_plans(actor("helin"))
    return actor("helin")


def task(title: str) -> Task:
    return tasks().get(title=title)


def settle(officer: Actor, title: str, unit: str = "4212-commerce", **more: object) -> Task:
    given = {"basis": MINUTES, "on": date(2026, 3, 12), **more}
    return actions.set_task_lead(officer, task=task(title), unit_code=unit, **given)  # type: ignore[arg-type]


def kinds(title: str) -> set[str]:
    return {x.kind for x in findings_on(DAY) if x.title == title}


def test_a_settled_lead_closes_the_finding_and_is_logged(helin: Actor) -> None:
    assert kinds(OPEN) == {"no-lead"} and [x.title for x in tasks_without_lead()] == [OPEN]
    settle(helin, OPEN)
    assert kinds(OPEN) == set() and tasks_without_lead() == []
    assert (task(OPEN).lead_name, task(OPEN).lead_basis, task(OPEN).lead_on) == ("市商务局", MINUTES, date(2026, 3, 12))
    assert AuditEntry.objects.filter(action="plan.lead").count() == 1


def test_one_of_two_that_the_document_names_is_settled_too(helin: Actor) -> None:
    assert "leads" in kinds(BOTH)
    settle(helin, BOTH, "4212-finance")
    assert "leads" not in kinds(BOTH)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"unit": "4212-audit"}, "列出的单位里选"),
        ({"basis": " "}, "依据的文件或会议纪要"),
        ({"on": None}, "日期"),
        ({"on": date(2026, 6, 2)}, "不能晚于今天"),
    ],
)
def test_without_unit_paper_or_day_nothing_is_settled(helin: Actor, more: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        settle(helin, OPEN, **more)  # type: ignore[arg-type]
    assert task(OPEN).lead_code == ""


def test_several_are_settled_on_one_paper_or_none_is(helin: Actor) -> None:
    wrong = {task(OPEN): "4212-commerce", task(BOTH): "4212-audit"}
    with pytest.raises(Refused, match="列出的单位里选"):
        actions.set_leads(helin, chosen=wrong, basis=MINUTES, on=date(2026, 3, 12))
    assert task(OPEN).lead_code == ""
    right = {task(OPEN): "4212-commerce", task(BOTH): "4212-finance"}
    assert actions.set_leads(helin, chosen=right, basis=MINUTES, on=date(2026, 3, 12)) == 2
    assert (task(OPEN).lead_code, task(BOTH).lead_code) == ("4212-commerce", "4212-finance")
    with pytest.raises(Refused, match="至少勾选一项"):
        actions.set_leads(helin, chosen={}, basis=MINUTES, on=date(2026, 3, 12))


def test_a_lead_without_a_part_in_the_task_any_more_leads_it_no_more(helin: Actor) -> None:
    settle(helin, OPEN)
    task(OPEN).units.filter(unit_code="4212-commerce").delete()
    task(OPEN).units.update(written_as="")
    assert task(OPEN).decided_lead == ""


def test_a_late_task_is_proposed_to_the_unit_that_was_settled(helin: Actor) -> None:
    late = settle(helin, OPEN, "4212-finance")
    actions.set_task_due(helin, task=late, due_on=date(2026, 5, 20))
    propose_orders(DAY)
    assert SupervisionProposal.objects.get(kind="task").unit_code == "4212-finance"


def test_only_who_manages_plans_settles_it(helin: Actor, actor: Callable[[str], Actor]) -> None:
    with pytest.raises(NotAllowed):
        settle(actor("linzong"), OPEN)
