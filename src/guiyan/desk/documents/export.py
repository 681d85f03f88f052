"""The readings of a document as a workbook, in the manner of a task table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.words import KINDS, amount_words, summary
from guiyan.desk.plans.task_blocks import TaskRow
from guiyan.desk.plans.task_table import sent
from guiyan.desk.sheets import excel
from guiyan.kernel import audit
from guiyan.plans import queries
from guiyan.plans.models import Document, ReviewItem

TASKS = (("序号", 6), ("重点任务", 28), ("主要内容", 60), ("牵头单位", 24), ("责任单位", 44), ("核对", 10))
INDICATORS = (("序号", 6), ("指标", 34), ("目标", 24), ("方案", 34), ("核对", 10))
MEASURES = (("序号", 6), ("政策措施", 40), ("给谁", 22), ("给什么", 18), ("原文", 60), ("核对", 10))


@require_safe
def task_table(request: ActingRequest, document_id: int) -> FileResponse:
    """The tasks of a document, those dropped left out, as a task table in Excel or (`?as=word`) in Word."""
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    items = [item for item in queries.items_of(document, "task") if item.decision != "dropped"]
    audit.record(request.actor, "document.export", f"document:{document.id}", region=document.region)
    rows = [_task_row(document, item) for item in items]
    return sent(document.title, rows, as_word=request.GET.get("as") == "word")


def _task_row(document: Document, item: ReviewItem) -> TaskRow:
    values = item.values
    words = document.text[item.start : item.words_end]
    lead, others = tuple(values.get("lead_units") or ()), tuple(values.get("responsible_units") or ())
    return TaskRow(item.plan, values["title"], words, lead, others, None)


@require_safe
def sheet(request: ActingRequest, document_id: int) -> FileResponse:
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    items = list(queries.items_of(document))
    audit.record(request.actor, "document.export", f"document:{document.id}", region=document.region)
    return excel(
        f"{document.title}.xlsx",
        [
            (KINDS["task"], document.title, TASKS, _tasks(document, items)),
            (KINDS["indicator"], document.title, INDICATORS, _indicators(items)),
            (KINDS["measure"], document.title, MEASURES, _measures(document, items)),
        ],
    )


def _tasks(document: Document, items: list[ReviewItem]) -> Iterator[tuple[Any, ...]]:
    for number, x in enumerate((x for x in items if x.kind == "task"), start=1):
        lead, others = x.values.get("lead_units") or [], x.values.get("responsible_units") or []
        yield (
            number,
            x.values.get("title"),
            x.words_in(document.text),
            "、".join(lead),
            "、".join(others),
            x.get_decision_display(),
        )


def _indicators(items: list[ReviewItem]) -> Iterator[tuple[Any, ...]]:
    for number, x in enumerate((x for x in items if x.kind == "indicator"), start=1):
        yield number, x.values.get("name"), summary(x), x.plan, x.get_decision_display()


def _measures(document: Document, items: list[ReviewItem]) -> Iterator[tuple[Any, ...]]:
    for number, x in enumerate((x for x in items if x.kind == "measure"), start=1):
        what, words = amount_words(x.values), document.text[x.start : x.end]
        yield number, x.values.get("title"), x.values.get("beneficiary"), what, words, x.get_decision_display()
