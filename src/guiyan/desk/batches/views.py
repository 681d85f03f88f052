"""Batches: the list, summing up, one batch with its lines, the steps of three different people, the printed summary."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries, states
from guiyan.cases.queries import Batch
from guiyan.desk.batches.forms import OpinionForm, PrepareForm
from guiyan.desk.batches.offers import LOOKS, effect_words, offers_for
from guiyan.desk.batches.printing import signatures, yuan_in_words
from guiyan.desk.batches.returns import lights_of, returns_of, unpaid_in, with_count
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused

COLUMNS = (
    ("编号", 22), ("批次", 36), ("单位", 26), ("环节", 12), ("件数", 8), ("金额（元）", 16), ("汇总", 12),
    ("汇总时间", 18), ("签批", 12), ("签批日期", 12), ("公示编号", 18), ("公示截止", 12),
)  # fmt: skip
MOST_ROWS = 5000


@require_safe
def batch_list(request: ActingRequest) -> HttpResponse:
    """The batches of the actor's range, newest first."""
    require(request.actor, "case.view")
    state = request.GET.get("state", "")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = queries.batches_for(request.actor, state=state, after=after, before=before)
    keep = f"&state={state}" if state else ""
    lights = lights_of(page.rows)
    context = {
        "rows": [(batch, lights.get(batch.pk)) for batch in page.rows],
        "state": state,
        "state_options": list(queries.BATCH_LABELS.items()),
        "may_prepare": holds(request.actor, "batch.prepare"),
        "pager": {
            "next_href": f"?after={page.after}{keep}" if page.after else "",
            "previous_href": f"?before={page.before}{keep}" if page.before else "",
            "summary": f"本页{len(page.rows)}批，共{page.count_words}批",
        },
    }
    return render(request, "desk/batches/list.html", context)


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The batches asked for as Excel."""
    require(request.actor, "case.view")
    found = queries.batches_matching(request.actor, request.GET.get("state", "")).order_by("-pk")[:MOST_ROWS]
    rows = (
        (
            x.number, x.title, x.unit.name, x.state_label, x.line_count, Yuan(x.total_fen), x.prepared_by_label,
            x.prepared_at, x.signed_by_label, x.signed_on, x.notice_number, x.notice_until,
        )
        for x in found.iterator(500)
    )  # fmt: skip
    return excel("批次.xlsx", [("批次", "批次", COLUMNS, rows)])


@require_http_methods(["GET", "POST"])
def prepare(request: ActingRequest) -> HttpResponse:
    """Choose approved cases of one item and unit; POST sums them up."""
    require(request.actor, "batch.prepare")
    ready = queries.ready_for_batch(request.actor)
    form = PrepareForm(request.POST or None, ids=[case.pk for case in ready])
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["cases"])
        try:
            batch = actions.prepare_batch(request.actor, cases=[case for case in ready if str(case.pk) in chosen])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已汇总{batch.line_count}件，等待复核。")
            return redirect("batches:page", number=batch.number)
    places = local_paths(request.actor, (case.region for case in ready))
    groups = [
        {"title": f"{rows[0].title}，{rows[0].unit.short_name or rows[0].unit.name}", "rows": rows}
        for _, each in groupby(ready, key=lambda case: (case.unit_id, case.item))
        if (rows := list(each))
    ]
    context = {
        "ready_groups": groups,
        "places": places,
        "form": form,
        "crumbs": [("批次", reverse("batches:list")), ("汇总", "")],
    }
    return render(request, "desk/batches/prepare.html", context, status=409 if form.is_bound else 200)


@require_safe
def batch_page(request: ActingRequest, number: str) -> HttpResponse:
    """One batch: how far it is, its lines, what can be done."""
    batch = queries.batch_by_number(request.actor, number)
    return _page(request, batch)


def _page(request: ActingRequest, batch: Batch) -> HttpResponse:
    lines = queries.lines_of(batch, with_removed=True)
    unpaid = unpaid_in(batch)
    context = {
        "batch": batch,
        "lines": [line for line in lines if line.removed_at is None],
        "removed": [line for line in lines if line.removed_at is not None],
        "places": local_paths(request.actor, (line.region for line in lines)),
        "steps": queries.batch_steps(batch),
        "returns": returns_of(request.actor, batch, lines),
        "comparison": compared(request.actor, batch),
        "clocks": [with_count(clock, unpaid) for clock in workflow.clocks(batch) if clock.running],
        "log": queries.log_lines(batch),
        "offers": offers_for(request.actor, batch),
        "may_remove": batch.state == "open" and holds(request.actor, "batch.prepare"),
        "crumbs": [("批次", reverse("batches:list")), (batch.number, "")],
    }
    return render(request, "desk/batches/page.html", context)


def compared(actor: Actor, batch: Batch) -> dict[str, object] | None:
    """The newest comparison in a few words, and what stands in the way of the signature; None: nothing to compare."""
    run = queries.latest_run(batch)
    before = batch.state in states.BATCH_BEFORE_SIGNATURE
    why = queries.why_not_settled(batch) if before else ""
    if run is None:
        return {"why": why, "may_compare": True} if why else None
    page = queries.run_page(run)
    return {
        "run": run,
        "why": why,
        "lists": len(page.lists),
        "hits": sum(hit.outcome == "hit" for hit in page.hits),
        "settled": sum(bool(hit.verdict) for hit in page.hits),
        "open": page.open_count,
        "may_compare": before,
    }


def _recheck(actor: Actor, batch: Batch, words: str) -> str:
    actions.recheck_batch(actor, batch=batch, opinion=words)
    return "已复核，等待签批。"


def _sign(actor: Actor, batch: Batch, words: str) -> str:
    actions.sign_batch(actor, batch=batch, opinion=words)
    return "已签批，公示随即发布。"


def _request_payment(actor: Actor, batch: Batch, words: str) -> str:
    return f"已向财政申请拨付，支付申请编号{actions.request_batch_payment(actor, batch=batch)}。"


def _enrol(actor: Actor, batch: Batch, words: str) -> str:
    actions.enrol_batch(actor, batch=batch, opinion=words)
    return "已作出认定，证书已发给申请单位。"


def _return(actor: Actor, batch: Batch, words: str) -> str:
    actions.return_batch(actor, batch=batch, reason=words)
    return "已退回汇总。"


def _cancel(actor: Actor, batch: Batch, words: str) -> str:
    actions.cancel_batch(actor, batch=batch, reason=words)
    return "批次已取消，办件回到待汇总。"


STEPS: dict[str, Callable[[Actor, Batch, str], str]] = {
    "recheck": _recheck,
    "sign": _sign,
    "request_payment": _request_payment,
    "enrol": _enrol,
    "return_to_open": _return,
    "cancel": _cancel,
}


@require_http_methods(["GET", "POST"])
def step(request: ActingRequest, number: str, verb: str) -> HttpResponse:
    """GET: what the step does, with its opinion. POST: do it."""
    batch = queries.batch_by_number(request.actor, number)
    if verb not in STEPS:
        raise NotFound
    form = OpinionForm(request.POST if request.method == "POST" else None, verb=verb)
    if request.method == "POST" and form.is_valid():
        try:
            done = STEPS[verb](request.actor, batch, form.words)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("batches:page", number=number)
    if not form.is_bound and verb not in {one.verb for one in offers_for(request.actor, batch)}:
        raise NotAllowed(f"这批现在是“{batch.state_label}”，不能办这一步，或者不归您办。")
    label, kind, _ = LOOKS[verb]
    context = {
        "batch": batch,
        "form": form,
        "label": label,
        "kind": kind,
        "effect": effect_words(batch, verb),
        "crumbs": [("批次", reverse("batches:list")), (number, reverse("batches:page", args=[number])), (label, "")],
    }
    return render(request, "desk/batches/step.html", context, status=409 if form.is_bound else 200)


@require_POST
def remove(request: ActingRequest, number: str, case_id: int) -> HttpResponse:
    """Take one case out of an open batch."""
    batch = queries.batch_by_number(request.actor, number)
    case = queries.case_by_id(request.actor, case_id)
    try:
        batch = actions.remove_from_batch(request.actor, batch=batch, case=case, reason=request.POST.get("reason", ""))
        messages.success(request, f"已移出{case.applicant}，回到待汇总。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("batches:page", number=number)


@require_safe
def print_batch(request: ActingRequest, number: str) -> HttpResponse:
    """The summary sheet that is signed on paper too."""
    batch = queries.batch_by_number(request.actor, number)
    context = {
        "batch": batch,
        "lines": queries.lines_of(batch),
        "total_words": yuan_in_words(batch.total_fen),
        "signs": signatures(batch),
        "printed_at": calendar.now(),
    }
    return render(request, "desk/batches/print.html", context)
