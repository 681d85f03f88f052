"""Tasks and indicators as officers find them: narrowed in the address, out as Excel, units added by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.accounts.models import Grant
from guiyan.insights.compute import compute_indicators
from guiyan.kernel.actors import Actor
from guiyan.plans.models import Document, Task
from tests.plans.factories import published_plan

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def document(scoped_db: object, actor: Callable[[str], Actor]) -> Document:
    return published_plan(actor("helin"))


def rows_of(answer: object) -> list[list[object]]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_tasks_are_narrowed_by_plan_unit_and_words(client_as: ClientAs, document: Document) -> None:
    leader = client_as("linzong")
    assert "共36项" in leader.get("/desk/tasks/").content.decode()
    plan = Task.objects.filter(document=document).order_by("number").values_list("plan", flat=True)[0]
    assert "共8项" in leader.get("/desk/tasks/", {"plan": plan}).content.decode()
    assert "建立外出务工人员清单" in leader.get("/desk/tasks/?q=清单&unit=4212-human-resources").content.decode()
    assert "没有符合条件的任务" in leader.get("/desk/tasks/?q=航天").content.decode()


def test_units_are_counted_once_and_the_same_on_every_page(client_as: ClientAs, document: Document) -> None:
    """A name for all counties counts as the counties, in the list, in the findings and on the task's own page."""
    task = next(x for x in Task.objects.all() if {"responsible"} == {part.role for part in x.units.all()})
    count = len({part.unit_code for part in task.units.all()})
    leader = client_as("helin")
    listed = leader.get("/desk/tasks/", {"q": task.title}).content.decode()
    page = leader.get(f"/desk/tasks/{task.pk}/").content.decode()
    found = leader.get("/desk/findings/").content.decode()
    assert count > 2 and f"等{count}个" in listed and f"{count}个责任单位，没有写谁牵头" in found
    assert sum(int(n) for n in re.findall(r"<b class=\"nb\">\D*(\d+)个</b>", page)) == count


def test_the_task_table_has_the_columns_officials_know(client_as: ClientAs, document: Document) -> None:
    rows = rows_of(client_as("helin").get("/desk/tasks/sheet/?q=外出务工人员清单"))
    assert rows[1] == ["序号", "重点任务", "具体内容", "牵头单位", "责任单位", "时限"]
    assert len(rows) == 4 and str(rows[2][0]).startswith("咸宁市大力推进")  # the plan across the table
    assert rows[3][1] == "建立外出务工人员清单"
    assert "各县市区人民政府" in str(rows[3][4]) and "责任单位" not in str(rows[3][2])


def test_the_indicators_go_out_with_their_definition(client_as: ClientAs, document: Document) -> None:
    rows = rows_of(client_as("helin").get("/desk/indicators/sheet/?way=computed"))
    assert {row[6] for row in rows[2:]} == {"从记录计算"}
    assert all(row[7] for row in rows[2:])


def test_indicators_say_how_their_figures_come(client_as: ClientAs, document: Document) -> None:
    text = client_as("linzong").get("/desk/indicators/?q=新增返乡创业").content.decode()
    assert "共1个" in text and "从记录计算" in text and "返乡创业" in text


def test_indicators_say_where_they_stand_and_what_nobody_reported(
    client_as: ClientAs, document: Document, at: Callable[[str], object]
) -> None:
    at("2026-06-08 09:00")
    compute_indicators(date(2026, 6, 8))
    leader = client_as("linzong")
    counted = re.sub(r"<[^>]+>|\s", "", leader.get("/desk/indicators/?q=新增返乡创业").content.decode())
    assert "每年不少于10,000人" in counted and "0人" in counted and "慢43.6个百分点" in counted
    grows = re.sub(r"<[^>]+>|\s", "", leader.get("/desk/indicators/?q=签约").content.decode())
    assert "每年增长不少于10%" in grows and "去年同期是0，算不出增长" in grows
    brackets = leader.get("/desk/indicators/?q=每个县").content.decode()
    assert "每个县（市、区）" in brackets and "每个县(市、区)" not in brackets


def test_a_unit_is_added_by_name_once_and_removed_again(client_as: ClientAs, document: Document) -> None:
    officer, task = client_as("helin"), document.tasks.order_by("number")[0]
    address = f"/desk/tasks/{task.id}/units/"
    assert officer.post(address, {"unit": "咸宁市审计局"}).status_code == 302
    added = task.units.get(role="added")
    twice = officer.post(address, {"unit": "咸宁市审计局"})
    assert twice.status_code == 409 and "已经在这项任务里" in twice.content.decode()
    wrong = officer.post(address, {"unit": "市航天局"})
    assert wrong.status_code == 422 and 'value="市航天局"' in wrong.content.decode()
    officer.post(f"{address}{added.id}/remove/")
    assert not task.units.filter(role="added").exists()


def test_a_leader_reads_tasks_and_may_not_change_them(client_as: ClientAs, document: Document) -> None:
    task = document.tasks.order_by("number")[0]
    page = client_as("linzong").get(f"/desk/tasks/{task.id}/")
    assert page.status_code == 200 and "增列单位" not in page.content.decode()
    assert client_as("linzong").post(f"/desk/tasks/{task.id}/units/", {"unit": "咸宁市审计局"}).status_code == 403
    assert client_as("sunli").get("/desk/tasks/").status_code == 403


def test_the_lists_ask_no_more_for_more_rows(client_as: ClientAs, document: Document, max_queries: Limit) -> None:
    leader = client_as("linzong")
    for address in ("/desk/tasks/?q=外出务工人员清单", "/desk/tasks/?q=清单", "/desk/tasks/", "/desk/indicators/"):
        with max_queries(26):
            leader.get(address)


def test_an_office_that_did_not_review_the_document_reads_its_tasks_all_the_same(
    client_as: ClientAs, document: Document
) -> None:
    """What was read of the document stands behind the reviewing office's wall; the task it became is public."""
    Grant.objects.filter(post__user__username="linzong").update(regions=[421224000000])
    task = document.tasks.first()
    assert task is not None
    rows = rows_of(client_as("linzong").get("/desk/tasks/sheet/?q=外出务工人员清单"))
    assert rows[3][1] == "建立外出务工人员清单" and rows[3][2]
    assert client_as("linzong").get(f"/desk/tasks/{task.pk}/").status_code == 200


def test_a_task_says_how_far_it_is_and_the_list_is_narrowed_by_it(
    client_as: ClientAs, document: Document, at: Callable[[str], object]
) -> None:
    at("2026-06-08 09:00")
    late, soon, done = document.tasks.order_by("number")[:3]
    Task.objects.filter(pk=late.pk).update(due_on=date(2026, 6, 4))
    Task.objects.filter(pk=soon.pk).update(due_on=date(2026, 6, 11))
    Task.objects.filter(pk=done.pk).update(done_on=date(2026, 6, 1), done_note="台账已建立")
    leader = client_as("linzong")
    text = re.sub(r"<[^>]+>", "", leader.get("/desk/tasks/").content.decode())
    assert all(words in text for words in ("超期4天", "剩3天", "已完成", "台账已建立", "没有期限"))
    counts = {
        state: leader.get(f"/desk/tasks/?state={state}").content.decode() for state in ("late", "undated", "done")
    }
    assert "共1项" in counts["late"] and "共33项" in counts["undated"] and "共1项" in counts["done"]
    assert "共35项" in leader.get("/desk/tasks/?state=open").content.decode()
    assert "超期4天" in leader.get(f"/desk/tasks/{late.pk}/").content.decode()


def test_many_units_are_one_line_a_level_and_a_collective_is_said_once(client_as: ClientAs, document: Document) -> None:
    leader = client_as("linzong")
    text = leader.get("/desk/tasks/?q=外出务工人员清单").content.decode()
    assert "未定" in text and re.search(r"<summary>[^<]+等\d+个</summary>", text)
    task = document.tasks.get(title="建立外出务工人员清单")
    page = re.sub(r"<[^>]+>", "", leader.get(f"/desk/tasks/{task.pk}/").content.decode())
    assert page.count("原文写作“各县市区人民政府”") == 1 and re.search(r"市级\d+个：", page)
