"""The lead of a task is settled on its page, or for several in the list of findings; what is the same is said once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.accounts.scope import scope_of
from guiyan.desk.plans.duties import duties
from guiyan.desk.todos import gather
from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import entered
from guiyan.plans.models import Task
from tests.cases.people import as_actor
from tests.plans.conflicting import two_plans
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
FINDINGS, TOGETHER = "/desk/findings/?kind=no-lead", "/desk/findings/leads/"
PAPER = {"basis": "示例市专班会议纪要2号", "on": "2026-03-12"}


@pytest.fixture
def officer(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor], client_as: ClientAs
) -> Client:
    at("2026-06-01 09:00")
    published_plan(actor("helin"))
    return client_as("helin")


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def open_tasks(count: int) -> list[Task]:
    """Tasks with several units of which none leads."""
    found = [task for task in Task.objects.order_by("number") if len({x.written_as for x in task.units.all()}) > 1]
    return found[:count]


def test_the_page_of_a_task_offers_its_units_with_the_first_of_the_document(officer: Client) -> None:
    (task,) = open_tasks(1)
    page = words(officer, f"/desk/tasks/{task.pk}/")
    assert "定牵头单位" in page and page.count("（原文排第一）") == 1
    first = task.units.order_by("position")[0]
    sent = {**PAPER, "lead": first.unit_code}
    assert officer.post(f"/desk/tasks/{task.pk}/lead/", sent).status_code == 302
    page = words(officer, f"/desk/tasks/{task.pk}/")
    assert (
        "依据示例市专班会议纪要2号" in page and "2026年3月12日" in page and "改牵头单位" in page and "未定" not in page
    )


def test_what_was_typed_stays_with_the_reason(officer: Client) -> None:
    (task,) = open_tasks(1)
    sent = {"lead": task.units.all()[0].unit_code, "basis": "会议纪要9号", "on": "三月"}
    answer = officer.post(f"/desk/tasks/{task.pk}/lead/", sent)
    assert answer.status_code == 422
    assert "不是日期" in answer.content.decode() and "会议纪要9号" in answer.content.decode()


def test_several_findings_are_closed_at_once(officer: Client) -> None:
    before = words(officer, FINDINGS)
    chosen = open_tasks(3)
    sent = {**PAPER, "task": [x.pk for x in chosen], "query": "kind=no-lead"}
    sent |= {f"lead-{x.pk}": x.units.order_by("position")[0].unit_code for x in chosen}
    answer = officer.post(TOGETHER, sent, follow=True)
    assert answer.redirect_chain[-1][0].endswith(FINDINGS)
    assert "已给3项任务定牵头单位" in answer.content.decode()
    assert all(f'id="task-{x.pk}"' in before for x in chosen)
    assert not any(f'id="task-{x.pk}"' in answer.content.decode() for x in chosen)


def test_nothing_ticked_or_no_paper_says_so_and_keeps_the_ticks(officer: Client) -> None:
    (task,) = open_tasks(1)
    none = officer.post(TOGETHER, {**PAPER, "query": "kind=no-lead"})
    assert none.status_code == 422 and "请至少勾选一项任务" in none.content.decode()
    unit = task.units.all()[0].unit_code
    sent = {"task": [task.pk], f"lead-{task.pk}": unit, "basis": "", "on": "2026-03-12", "query": "kind=no-lead"}
    bare = officer.post(TOGETHER, sent)
    assert bare.status_code == 422 and "依据的文件或会议纪要" in bare.content.decode()
    assert f'value="{task.pk}" form="leads" checked' in bare.content.decode()


def test_a_column_that_says_the_same_in_every_row_is_one_sentence(officer: Client) -> None:
    page = words(officer, "/desk/tasks/")
    assert "都没有写完成期限" in page and ">完成期限" not in page and "没有期限" not in page.split("<table")[1]
    (task,) = open_tasks(1)
    officer.post(f"/desk/tasks/{task.pk}/due/", {"due_on": "2026-05-20"})
    page = words(officer, "/desk/tasks/")
    assert "都没有写完成期限" not in page and "完成期限" in page and "超期12天" in page


def test_who_may_not_manage_plans_settles_nothing(officer: Client, client_as: ClientAs) -> None:
    (task,) = open_tasks(1)
    leader = client_as("linzong")
    assert leader.post(f"/desk/tasks/{task.pk}/lead/", PAPER).status_code == 403
    assert leader.post(TOGETHER, PAPER).status_code == 403
    assert "定牵头单位" not in words(leader, f"/desk/tasks/{task.pk}/")


def test_tasks_that_press_and_those_without_a_lead_are_in_the_officers_work(officer: Client) -> None:
    late, later = open_tasks(2)
    officer.post(f"/desk/tasks/{late.pk}/due/", {"due_on": "2026-05-20"})
    officer.post(f"/desk/tasks/{later.pk}/due/", {"due_on": "2026-09-30"})
    helin = as_actor("helin")
    with entered(scope_of(helin)):
        found = {(x.todo, x.light.state, x.href) for x in gather(helin)}
    assert ("跟进任务", "late", f"/desk/tasks/{late.pk}/") in found
    assert f"/desk/tasks/{later.pk}/" not in {href for _, _, href in found}
    assert ("定牵头单位", "idle", "/desk/findings/?kind=no-lead") in found


def test_the_task_table_names_who_was_settled(scoped_db: object, actor: Callable[[str], Actor]) -> None:
    two_plans(actor("helin"))
    task = Task.objects.get(title="办好创业活动")
    Task.objects.filter(pk=task.pk).update(lead_code="4212-finance", lead_name="市财政局")
    task = Task.objects.get(pk=task.pk)
    told = duties(task, {})
    assert (told.lead, told.others, told.count) == ("市财政局", ("市商务局",), 1)
