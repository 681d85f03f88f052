"""The list of cases as Excel: what the page's filters ask for, without names and numbers of persons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import queries
from guiyan.cases.queries import Case, CaseFilters
from guiyan.desk.sheets import Yuan, excel

MOST_ROWS = 20_000
CHUNK = 500
COLUMNS = (
    ("办件编号", 24), ("事项", 28), ("区划", 22), ("经办单位", 24), ("环节", 12), ("来源", 12), ("金额（元）", 14),
    ("提交时间", 18), ("哪个时限", 12), ("到期", 12), ("转给谁办", 20),
)  # fmt: skip


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The cases asked for, newest first, written as they are read."""
    require(request.actor, "case.view")
    found = queries.cases_matching(request.actor, CaseFilters.from_query(request.GET.dict()))
    rows = written(found.order_by("-pk")[:MOST_ROWS])
    return excel("办件.xlsx", [("办件", "办件", COLUMNS, rows)])


def written(cases: QuerySet[Case]) -> Iterator[tuple[Any, ...]]:
    """Rows of the sheet; places are looked up once a chunk."""
    left = cases.iterator(CHUNK)
    while some := list(islice(left, CHUNK)):
        places = region_paths(case.region for case in some)
        for case in some:
            yield (
                case.number, case.title, places.get(case.region, ""), case.unit.name, case.state_label,
                case.entry_label, Yuan(case.amount_fen) if case.amount_fen is not None else None, case.submitted_at,
                case.due_clock, case.due_on, case.handler_label,
            )  # fmt: skip
