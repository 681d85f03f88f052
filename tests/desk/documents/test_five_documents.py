"""All five documents go from upload to publication over HTTP, also those of cities whose units nobody here knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.engine.documents import parse_file
from guiyan.kernel.actors import Actor
from guiyan.plans import actions, queries
from guiyan.plans.models import Document, Task
from guiyan.policies.models import MeasureConfirmation
from tests.plans.factories import confirm_all, imported_plan, published_plan

ClientAs = Callable[[str], Client]
FOLDER = Path(__file__).parents[4] / "shared" / "policy-documents"
FIVE = sorted(path.name for path in FOLDER.glob("*.txt"))


def uploaded(officer: Client, name: str) -> Document:
    answer = officer.post("/desk/documents/upload/", {"file": SimpleUploadedFile(name, (FOLDER / name).read_bytes())})
    assert answer.status_code == 302
    return Document.objects.get(file_name=name)


def decide_all(officer: Client, document: Document) -> None:
    """Keep every unknown name as written, then confirm all readings, page by page as the officer does."""
    page = officer.get(f"/desk/documents/{document.id}/?kind=unit").content.decode()
    for mention in [m for m in document.mentions.all() if m.is_unknown]:
        assert mention.name in page and "没有认出" in page
        officer.post(f"/desk/documents/{document.id}/units/{mention.id}/", {"outside": "1"})
    for kind in ("task", "indicator", "measure"):
        officer.post(f"/desk/documents/{document.id}/sure/", {"kind": kind})
        assert officer.get(f"/desk/documents/{document.id}/?kind={kind}").status_code == 200


@pytest.mark.parametrize("name", FIVE)
def test_a_document_goes_from_upload_to_publication(
    name: str, client_as: ClientAs, scoped_db: object, actor: Callable[[str], Actor]
) -> None:
    assert len(FIVE) == 5
    officer = client_as("helin")
    document = uploaded(officer, name)
    if any(m.is_unknown for m in document.mentions.all()):
        assert "个单位没有认出" in officer.get(f"/desk/documents/{document.id}/").content.decode()
        assert officer.post(f"/desk/documents/{document.id}/publish/").status_code == 409
    decide_all(officer, document)
    confirm_all(actor("helin"), document)
    asked = officer.get(f"/desk/documents/{document.id}/ask/publish/").content.decode()
    assert ("原文标明是送审稿" in asked) == name.startswith("wuhan")
    assert officer.post(f"/desk/documents/{document.id}/publish/").status_code == 302
    read = parse_file(name, (FOLDER / name).read_bytes())
    rows = list(Task.objects.filter(document=document).order_by("number"))
    assert Document.objects.get(id=document.id).state == "in_force"
    assert sorted((tuple(row.lead_names), tuple(row.unit_names)) for row in rows) == sorted(
        (task.lead_units, task.responsible_units) for task in read.tasks
    )
    unknown = document.mentions.filter(is_outside=True).first()
    if unknown is not None:
        kept = next(row for row in rows if unknown.name in (*row.lead_names, *row.unit_names))
        assert unknown.name in officer.get(f"/desk/tasks/?q={kept.title[:6]}").content.decode()


@pytest.mark.parametrize("form", ["", "?as=word"], ids=["excel", "word"])
@pytest.mark.parametrize("name", FIVE)
def test_the_task_table_is_read_again_as_the_same_tasks(
    name: str, form: str, client_as: ClientAs, scoped_db: object
) -> None:
    officer = client_as("helin")
    document = uploaded(officer, name)
    answer = officer.get(f"/desk/documents/{document.id}/task-table/{form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    again = parse_file("任务.docx" if form else "任务.xlsx", content)
    items = [x.values for x in document.items.filter(kind="task").order_by("number")]
    assert [(t.section_path[-1], list(t.lead_units), list(t.responsible_units)) for t in again.tasks] == [
        (x["title"], x["lead_units"], x["responsible_units"]) for x in items
    ]


def test_the_live_tasks_go_out_as_a_table_that_reads_the_same(
    client_as: ClientAs, scoped_db: object, actor: Callable[[str], Actor]
) -> None:
    published_plan(actor("helin"))
    tasks = list(Task.objects.order_by("document_id", "number"))
    for form, name in (("", "任务.xlsx"), ("?as=word", "任务.docx")):
        answer = client_as("helin").get(f"/desk/tasks/sheet/{form}")
        again = parse_file(name, b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        assert [(t.lead_units, t.responsible_units) for t in again.tasks] == [
            (tuple(task.lead_names), tuple(task.unit_names)) for task in tasks
        ]


def second_plan(officer: Client, actor: Actor) -> Document:
    document = uploaded(officer, "xianning-2016-four-crowds.txt")
    decide_all(officer, document)
    confirm_all(actor, document)
    return actions.publish_document(actor, document=document)


def test_a_superseded_document_keeps_its_tasks_and_ends_its_measures(
    client_as: ClientAs, scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]
) -> None:
    at("2026-06-08 09:00")
    officer, helin = client_as("helin"), actor("helin")
    old = published_plan(helin)
    alone = officer.get(f"/desk/documents/{old.id}/").content.decode()
    assert "标为被替代" not in alone and "导入替代它的新文件" in alone
    new = second_plan(officer, helin)
    assert "标为被替代" in officer.get(f"/desk/documents/{old.id}/").content.decode()
    place, task = f"/desk/documents/{old.id}/supersede/", old.tasks.order_by("number")[0]
    page = officer.get(place).content.decode()
    assert f"{old.tasks.count()}项不再列入执行中" in page and new.title in page
    wrong = officer.post(place, {"by": new.id, "since": "2026-06-09", "reason": "新方案"})
    assert wrong.status_code == 409 and "替代日期还没有到" in wrong.content.decode()
    assert officer.post(place, {"by": old.id, "since": "2026-06-08", "reason": "新方案"}).status_code == 422
    assert MeasureConfirmation.objects.filter(document_id=old.id, ended_at=None).exists()
    assert officer.post(place, {"by": new.id, "since": "2026-06-08", "reason": "新方案"}).status_code == 302
    old.refresh_from_db()
    assert (old.state, old.superseded_by_id, str(old.ended_on)) == ("superseded", new.id, "2026-06-08")
    assert not MeasureConfirmation.objects.filter(document_id=old.id, ended_at=None).exists()
    assert task not in queries.tasks() and task in queries.tasks(ended=True)
    assert "文件已被替代" in officer.get(f"/desk/tasks/{task.id}/").content.decode()
    assert task.title in officer.get("/desk/tasks/?state=ended").content.decode()
    assert "2026年6月8日" in officer.get(f"/desk/documents/{old.id}/").content.decode()


def test_a_document_expires_the_day_after_its_last(
    client_as: ClientAs, scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]
) -> None:
    from django.utils import timezone

    from guiyan.kernel import calendar, jobs
    from guiyan.plans.tasks import expire_due

    at("2026-06-08 09:00")
    document = published_plan(actor("helin"))
    Document.objects.filter(id=document.id).update(valid_until="2026-06-08")
    in_force = MeasureConfirmation.objects.filter(document_id=document.id, ended_at=None)
    expire_due(timezone.localtime(calendar.now()))
    jobs.run_pending()
    assert Document.objects.get(id=document.id).state == "in_force" and in_force.exists()
    at("2026-06-09 00:01")
    expire_due(timezone.localtime(calendar.now()))
    document.refresh_from_db()
    assert (document.state, str(document.ended_on)) == ("expired", "2026-06-08")
    jobs.run_pending()
    assert not in_force.exists()
    assert "已到期" in client_as("helin").get(f"/desk/documents/{document.id}/").content.decode()


def test_a_document_under_review_cannot_be_superseded(
    client_as: ClientAs, scoped_db: object, actor: Callable[[str], Actor]
) -> None:
    document = imported_plan(actor("helin"))
    page = client_as("helin").get(f"/desk/documents/{document.id}/supersede/").content.decode()
    assert "不在执行中" in page
