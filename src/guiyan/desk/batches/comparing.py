"""Comparison of a batch or of chosen cases: the result with each hit to settle, on paper, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries, states
from guiyan.cases.list_words import told_line
from guiyan.cases.queries import ComparisonHit, ComparisonRun, RunPage
from guiyan.desk.sheets import excel
from guiyan.kernel import audit, calendar
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import Refused

LIST_COLUMNS = (
    ("名单", 28),
    ("作用", 10),
    ("名单日期", 13),
    ("名单行数", 11),
    ("比对", 9),
    ("比对到", 9),
    ("已处理", 9),
    ("说明", 30),
)
HIT_COLUMNS = (
    ("序号", 7),
    ("姓名", 12),
    ("办件编号", 24),
    ("经营主体", 28),
    ("名单", 24),
    ("结果", 10),
    ("名单内容", 44),
    ("认定", 12),
    ("处理意见", 36),
    ("处理人", 16),
    ("处理时间", 18),
)
SIGNS = ("比对人", "复核人", "单位负责人")
OUTCOMES = {"hit": "比对到", "nobody": "没法比对"}


@require_POST
def compare_batch(request: ActingRequest, number: str) -> HttpResponse:
    """Compare the batch again with the lists as they are now."""
    batch = queries.batch_by_number(request.actor, number)
    try:
        run = actions.compare_batch(request.actor, batch=batch)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("batches:page", number=number)
    messages.success(request, f"已比对{run.case_count}件。")
    return redirect("batches:comparison", run_id=run.pk)


@require_POST
def compare_chosen(request: ActingRequest) -> HttpResponse:
    """Compare the cases chosen on the page where a batch is summed up, before they are."""
    require(request.actor, "batch.prepare")
    chosen = set(request.POST.getlist("cases"))
    cases = [case for case in queries.ready_for_batch(request.actor) if str(case.pk) in chosen]
    try:
        run = actions.compare_cases(request.actor, cases=cases)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("batches:prepare")
    return redirect("batches:comparison", run_id=run.pk)


@require_safe
def comparison(request: ActingRequest, run_id: int) -> HttpResponse:
    """The result: every list with what it found, then the hits one by one."""
    page = read_page(request, run_id)
    batch = page.run.batch
    crumbs = [("批次", reverse("batches:list"))]
    if batch is not None:
        crumbs.append((batch.number, reverse("batches:page", args=[batch.number])))
    may_settle = decide(request.actor, "batch.prepare", page.run, subject=None).allowed
    context = {
        **context_of(page),
        "crumbs": [*crumbs, ("名单比对", "")],
        "is_newest": batch is None or queries.latest_run(batch) == page.run,
        "may_settle": may_settle and (batch is None or batch.state == states.BATCH_OPEN),
        "may_compare": batch is not None and batch.state in states.BATCH_BEFORE_SIGNATURE,
    }
    return render(request, "desk/batches/comparison.html", context)


@require_POST
def settle(request: ActingRequest, run_id: int, hit_id: int) -> HttpResponse:
    """An opinion on one hit; a true one takes the case out of its batch."""
    run = queries.run_by_id(request.actor, run_id)
    hit = queries.hit_by_id(run, hit_id)
    verdict, opinion = request.POST.get("verdict", ""), request.POST.get("opinion", "")
    try:
        settled = actions.settle_hit(request.actor, hit=hit, verdict=verdict, opinion=opinion)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        out = "，已移出本批" if verdict == "true" and run.batch_id else ""
        messages.success(request, f"{settled.case.applicant}：{settled.verdict_label}{out}。")
    return redirect(f"{reverse('batches:comparison', args=[run_id])}#hit-{hit_id}")


@require_safe
def print_comparison(request: ActingRequest, run_id: int) -> HttpResponse:
    """The result sheet that is signed and filed."""
    page = read_page(request, run_id)
    return render(
        request,
        "desk/batches/comparison_print.html",
        {**context_of(page), "signs": SIGNS, "printed_at": calendar.now()},
    )


@require_safe
def export(request: ActingRequest, run_id: int) -> FileResponse:
    """The same as a workbook: lists, hits."""
    page = read_page(request, run_id)
    run = page.run
    audit.record(request.actor, "comparison.export", run.ref, region=run.region, detail={"hits": len(page.hits)})
    title = f"{run.title}名单比对结果"
    return excel(
        f"{title}.xlsx",
        [
            ("名单", f"{title}（{long_day(localtime(run.compared_at).date())}）", LIST_COLUMNS, list_rows(page)),
            ("比对到的", f"{title}：比对到的和没法比对的", HIT_COLUMNS, hit_rows(page)),
        ],
    )


def read_page(request: ActingRequest, run_id: int) -> RunPage:
    """The page's content; that it was read is logged with whom it tells of."""
    run = queries.run_by_id(request.actor, run_id)
    page = queries.run_page(run)
    told = [run.ref, *dict.fromkeys(f"case:{hit.case_id}" for hit in page.hits)]
    audit.record_read(request.actor, "comparison", told, "比对结果", region=run.region)
    return page


def context_of(page: RunPage) -> dict[str, Any]:
    settled, found = page.settled, page.found
    lists = [
        {"list": one, "found": found[one.list_id], "settled": settled[one.list_id], "words": words_of(one, page.run)}
        for one in page.lists
    ]
    hits: list[dict[str, Any]] = [
        {"hit": hit, "told": told_lines(hit), "is_out": hit.case_id in page.removed} for hit in page.hits
    ]
    return {
        "run": page.run,
        "batch": page.run.batch,
        "lists": lists,
        "hits": hits,
        "may_change": [one for one in hits if may_change(one["hit"]) and not one["is_out"]],
        "gone": page.gone,
        "open_count": page.open_count,
        "holding": [one["list"] for one in lists if one["list"].holds],  # type: ignore[attr-defined]
        "people": len({hit.case_id for hit in page.hits if hit.outcome == "hit"}),
    }


def may_change(hit: ComparisonHit) -> bool:
    """Hits that hold nothing up: those that only warn, and those settled as false."""
    return hit.verdict != "true" and hit.effect != "inform" and not hit.must_settle


def words_of(one: Any, run: ComparisonRun) -> str:
    """What is not as it should be with a list, or how many could not be compared with it."""
    if one.is_missing:
        return "还没有导入，不能算没有"
    left = run.case_count - one.compared
    words = ["已经过期，结果不作数"] if one.is_stale and one.required else ["很久没有更新"] if one.is_stale else []
    return "；".join([*words, *([f"{left}件没法比对"] if left else [])])


def told_lines(hit: ComparisonHit) -> list[str]:
    """What the list says, a line a row: 2024年5月6日，5,000元，通山县人社局."""
    return [line for line in map(told_line, hit.rows) if line] or [hit.note]


def list_rows(page: RunPage) -> Iterator[list[object]]:
    settled = page.settled
    for one in page.lists:
        row = [one.title, one.effect_label, one.as_of, one.row_count, one.compared, one.hits]
        yield [*row, settled[one.list_id], words_of(one, page.run)]


def hit_rows(page: RunPage) -> Iterator[list[object]]:
    for hit in page.hits:
        row: list[object] = [hit.line_no, hit.case.applicant, hit.case.number, hit.case.firm, hit.title]
        row += [OUTCOMES[hit.outcome], "；".join(told_lines(hit)), hit.verdict_label, hit.opinion]
        yield [*row, hit.settled_by_label, hit.settled_at]
