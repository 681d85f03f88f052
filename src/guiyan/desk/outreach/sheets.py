"""What a run found, as a workbook: counts by county, facts to ask for, the funnel. Nobody's name is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import audit
from guiyan.kernel.errors import Refused
from guiyan.outreach import queries, states
from guiyan.outreach.models import MatchRun

COUNTS = (("县（市、区）", 18), ("政策措施", 34), ("符合", 10), ("待补信息", 10), ("最高金额（元）", 18))
MISSING = (("政策措施", 34), ("要补的信息", 30), ("信息来源", 24), ("人（家）数", 10))
FUNNEL = (("政策措施", 34), ("县（市、区）", 18), *((label, 10) for label in states.STEPS.values()), ("不需要", 10))


@require_safe
def run_sheet(request: ActingRequest, run_id: int) -> FileResponse:
    run = queries.run_by_id(request.actor, run_id)
    if run.computed_at is None:
        raise Refused("还没有算完，算完再导出。", "running")
    audit.record(request.actor, "outreach.export", run.ref, region=run.region)
    about = f"{run.title}（{run.day.year}年{run.day.month}月{run.day.day}日）"
    sheets: list[tuple[str, str, Sequence[tuple[str, int]], Any]] = [
        ("各县", f"{about}各县符合情况", COUNTS, counts(run)),
        ("待补信息", f"{about}待补信息", MISSING, missing(run)),
    ]
    if run.told_to:
        sheets.append(("兑现", f"{about}兑现情况", FUNNEL, funnel(run)))
    return excel(f"{run.title}.xlsx", sheets)


def counts(run: MatchRun) -> Iterator[Sequence[Any]]:
    titles = queries.titles_of(run)
    for row in queries.count_table(run).rows:
        for cell in row.cells:
            if cell is not None:
                amount = Yuan(cell.amount_fen) if cell.amount_fen is not None else None
                yield row.name, titles[cell.measure], cell.yes, cell.unknown, amount


def missing(run: MatchRun) -> Iterator[Sequence[Any]]:
    for row in queries.missing_facts(run):
        yield row.title, row.label, row.source, row.people


def funnel(run: MatchRun) -> Iterator[Sequence[Any]]:
    for row in queries.funnel_of(run).rows:
        yield row.title, row.name, *(row.at(step) for step in states.STEPS), row.declined
