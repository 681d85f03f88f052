"""A what-if as a workbook: what is changed, and the figures by county, age and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.desk.sheets import Yuan, excel
from guiyan.desk.whatif.showing import Shown, shown
from guiyan.insights.whatif.reading import Row
from guiyan.kernel import audit
from guiyan.kernel.errors import Refused
from guiyan.outreach import queries
from guiyan.outreach.models import WhatIfRun

FIGURES = (
    ("政策措施", 34), ("分组", 18), ("现行符合", 10), ("改后符合", 10), ("新进", 8), ("退出", 8), ("现行判断不了", 12),
    ("改后判断不了", 12), ("现行金额（元）", 18), ("改后金额（元）", 18), ("相差（元）", 18),
)  # fmt: skip
CHANGES = (("政策措施", 34), ("条件或内容", 34), ("改的是", 20), ("现行", 20), ("改为", 20))
STOPS = (("政策措施", 34), ("停在哪一步", 34), ("人（家）数", 12), ("是否已经结束", 14))
NOTES = (("说明", 100),)


@require_safe
def run_sheet(request: ActingRequest, run_id: int) -> FileResponse:
    run = queries.what_if_by_id(request.actor, run_id)
    if run.computed_at is None:
        raise Refused("还没有算完，算完再导出。", "running")
    audit.record(request.actor, "whatif.export", run.ref, region=run.region)
    found = shown(request.actor, run)
    sheets: list[tuple[str, str, Sequence[tuple[str, int]], Any]] = [
        ("说明", run.title, NOTES, ([words] for words in (found.sentence, *found.cautions))),
        ("改了什么", f"{run.title}：改了什么", CHANGES, changes(run)),
        ("合计", f"{run.title}：合计", FIGURES, totals(found)),
    ]
    for place, title in enumerate(("按县", "按年龄", "按月份")):
        sheets.append((title, f"{run.title}：{title}", FIGURES, grouped(found, place)))
    sheets.append(("没有拿到的", f"{run.title}：没有拿到的停在哪一步", STOPS, stops(found)))
    return excel(f"{run.title}.xlsx", sheets)


def changes(run: WhatIfRun) -> Iterator[Sequence[Any]]:
    for one in run.said:
        yield one["measure"] or "几项合计", one["within"], one["label"], one["today"], one["changed"]
    if run.changed_day != run.day:
        yield "", "", "按哪一天算", run.day, run.changed_day


def totals(found: Shown) -> Iterator[Sequence[Any]]:
    for section in found.sections:
        yield figures(section.answer.title, section.answer.total, section.answer.money)


def grouped(found: Shown, place: int) -> Iterator[Sequence[Any]]:
    for section in found.sections:
        if place < len(section.groupings):
            for row in section.groupings[place].rows:
                yield figures(section.answer.title, row, section.answer.money)


def figures(title: str, row: Row, money: str) -> Sequence[Any]:
    sums = [Yuan(row.fen_before), Yuan(row.fen_after), Yuan(row.fen_more)] if money else [None, None, None]
    return (
        title, row.label, row.before, row.after, row.came, row.left, row.unknown_before, row.unknown_after, *sums,
    )  # fmt: skip


def stops(found: Shown) -> Iterator[Sequence[Any]]:
    for section in found.sections:
        for stop in section.take_up.stops if section.take_up else ():
            yield section.answer.title, stop.step, stop.people, "是" if stop.over else "否"
