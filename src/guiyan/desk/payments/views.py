"""Payment requests: what to pay, the file for the treasury, its answers. The ledger is in `ledger_views`."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases.queries.numbers import batch_titles, case_numbers
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.payments.forms import ResultForm
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import audit
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.ledger import actions, queries, sheets
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentLine, PaymentRequest
from guiyan.registers.importing.faults import inert

VIEWS = (("open", "等回执"), ("returned", "有退票"), ("all", "全部"))
SORTS = {"at": "requested_at", "amount": "total_fen"}
REQUEST_COLUMNS = (
    ("编号", 22), ("批次", 36), ("申请时间", 18), ("笔数", 8), ("成功", 8), ("退票", 8), ("金额（元）", 16),
)  # fmt: skip
LINE_COLUMNS = (
    ("行号", 6), ("收款人", 14), ("开户行", 28), ("账号尾号", 10), ("金额（元）", 14), ("办件编号", 24),
    ("结果", 10), ("回单号", 20), ("入账日期", 12), ("退票原因", 30),
)  # fmt: skip


@require_safe
def request_list(request: ActingRequest) -> HttpResponse:
    """Requests by what is still missing; searched by number, sorted; all of it in the address."""
    require(request.actor, "payment.view")
    rows, view, words = narrowed(request)
    listed, pager = paged(request, rows, "份")
    batches = batch_titles(request.actor, [row.batch_ref for row in listed], "payment.view")
    tabs = [{"label": label, "href": f"?view={key}", "current": key == view} for key, label in VIEWS]
    context = {
        "rows": [(row, batches.get(row.batch_ref, ("", ""))[1]) for row in listed],
        "pager": pager,
        "tabs": tabs,
        "view": view,
        "q": words,
    }
    return render(request, "desk/payments/list.html", context)


def narrowed(request: ActingRequest) -> tuple[QuerySet[PaymentRequest], str, str]:
    """The requests the address asks for, in its order; which view it is, and what is searched for."""
    rows = queries.requests_for(request.actor)
    view, words = request.GET.get("view", ""), words_of(request)
    view = view if view in dict(VIEWS) else "open"
    if words:
        rows = rows.filter(number__startswith=words.upper())
    rows = {"open": queries.unsettled, "returned": queries.with_returns}.get(view, lambda x: x)(rows)
    return ordered(request, rows, SORTS), view, words


@require_safe
def requests_sheet(request: ActingRequest) -> FileResponse:
    """The requests asked for as Excel: how many and how much, no names."""
    require(request.actor, "payment.view")
    found: list[Any] = list(narrowed(request)[0][:5000])  # with the counts of their lines
    batches = batch_titles(request.actor, [row.batch_ref for row in found], "payment.view")
    rows = (
        (
            x.number, batches.get(x.batch_ref, ("", ""))[1], x.requested_at, x.line_count, x.paid_lines,
            x.returned_lines, Yuan(x.total_fen),
        )
        for x in found
    )  # fmt: skip
    return excel("支付申请.xlsx", [("拨付", "支付申请", REQUEST_COLUMNS, rows)])


@require_safe
def request_page(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.request_by_number(request.actor, number)
    return _request_page(request, found, ResultForm())


def _request_page(request: ActingRequest, found: PaymentRequest, form: ResultForm, status: int = 200) -> HttpResponse:
    lines = list(found.lines.select_related("result").order_by("line_no"))
    numbers = case_numbers(request.actor, [line.case_ref for line in lines], "payment.view")
    batch = batch_titles(request.actor, [found.batch_ref], "payment.view").get(found.batch_ref)
    context = {
        "found": found,
        "lines": [(line, numbers.get(line.case_ref, "")) for line in lines],
        "batch": batch,
        "file": getattr(found, "file", None),
        "result_files": list(found.result_files.order_by("-id")),
        "pending": sum(not hasattr(x, "result") for x in lines),
        "paid_fen": sum(x.amount_fen for x in lines if hasattr(x, "result") and x.result.outcome == "paid"),
        "returned": sum(hasattr(x, "result") and x.result.outcome == "returned" for x in lines),
        "form": form,
        "may_answer": holds(request.actor, "payment.result"),
        "may_open_cases": holds(request.actor, "case.view"),
    }
    return render(request, "desk/payments/request.html", context, status=status)


@require_safe
def line_sheet(request: ActingRequest, number: str) -> FileResponse:
    """The lines of a request as Excel: accounts by their last four digits only."""
    found = queries.request_by_number(request.actor, number)
    lines = found.lines.select_related("result").order_by("line_no")
    numbers = case_numbers(request.actor, lines.values_list("case_ref", flat=True), "payment.view")
    audit.record(request.actor, "payment.export", f"payment_request:{found.id}", region=found.region)
    rows = (_line_row(line, numbers.get(line.case_ref, "")) for line in lines.iterator(chunk_size=2000))
    return excel(f"{found.number}.xlsx", [("收款名单", f"支付申请{found.number}", LINE_COLUMNS, rows)])


def _line_row(line: PaymentLine, case_number: str) -> tuple[object, ...]:
    own = (line.line_no, line.payee, line.bank, line.account_tail, Yuan(line.amount_fen), case_number)
    result = getattr(line, "result", None)
    if result is None:
        return (*own, "等回执", "", "", "")
    return (*own, result.get_outcome_display(), result.receipt_no, result.on, result.reason_shown)


@require_safe
def download(request: ActingRequest, number: str) -> HttpResponse | FileResponse:
    """The payment file: it holds full account numbers, so reading it is logged."""
    found = queries.request_by_number(request.actor, number)
    require(request.actor, "payment.result", found)
    sent = getattr(found, "file", None)
    if sent is None:
        raise Refused("支付文件正在生成，请过几秒再下载。", "not-yet")
    audit.record_read(request.actor, "payment_file", [f"payment_request:{found.id}"], "送财政支付")
    return FileResponse((outbox_folder() / sent.name).open("rb"), as_attachment=True, filename=sent.name)


@require_safe
def result_template(request: ActingRequest, number: str) -> HttpResponse:
    """A result file with this request's lines filled in, for treasuries without an export of their own."""
    found = queries.request_by_number(request.actor, number)
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(sheets.RESULT_HEAD)
    for x in found.lines.filter(result__isnull=True).order_by("line_no"):
        sheet.writerow([found.number, x.line_no, inert(x.payee), f"{x.amount_fen / 100:.2f}", "", "", "", ""])
    return _csv(target.getvalue(), f"{found.number}-结果.csv")


@require_POST
def take_results(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.request_by_number(request.actor, number)
    form = ResultForm(request.POST, request.FILES)
    if not form.is_valid():
        return _request_page(request, found, form, status=422)
    upload = form.cleaned_data["file"]
    try:
        taken = actions.import_result(request.actor, request=found, name=upload.name, content=upload.read())
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _request_page(request, found, form, status=422)
    if taken.seen_before:
        messages.info(request, "这个文件已经导入过，没有重复记账。")
    else:
        wrong = f"，{len(taken.errors)}行有问题" if taken.errors else ""
        messages.success(
            request, f"已记：成功{taken.paid}笔，退票{taken.returned}笔，还有{taken.pending}笔等回执{wrong}。"
        )
    return redirect("payments:request", number=number)


@require_safe
def error_file(request: ActingRequest, number: str, file_id: int) -> HttpResponse:
    found = queries.request_by_number(request.actor, number)
    taken = found.result_files.filter(id=file_id).first()
    if taken is None:
        raise NotFound("这份申请没有这个结果文件。")
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(["行号", "列名", "错在哪里", "应当怎样"])
    sheet.writerows([row, *map(inert, words)] for row, *words in taken.errors)
    return _csv(target.getvalue(), f"{found.number}-错误行.csv")


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
