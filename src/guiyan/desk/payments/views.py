"""Pages of the treasury officer: what to pay, the file, the answers, the ledger."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.payments.forms import BudgetForm, RecoveryForm, ResultForm
from guiyan.kernel import audit
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions, queries, sheets
from guiyan.ledger.models import PaymentRequest
from guiyan.ledger.exchange import outbox_folder

ROWS = 30


@require_GET
def request_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "payment.view")
    rows = queries.requests_for(request.actor)
    view = request.GET.get("view", "open")
    rows = {"open": queries.unsettled, "returned": queries.with_returns}.get(view, lambda x: x)(rows)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    tabs = [
        {"label": label, "href": f"?view={key}", "current": key == view}
        for key, label in (("open", "等回执"), ("returned", "有退票"), ("all", "全部"))
    ]
    return render(request, "desk/payments/list.html", {"page": page, "tabs": tabs, "view": view})


@require_GET
def request_page(request: ActingRequest, number: str) -> HttpResponse:
    found = queries.request_by_number(request.actor, number)
    return _request_page(request, found, ResultForm())


def _request_page(request: ActingRequest, found: PaymentRequest, form: ResultForm, status: int = 200) -> HttpResponse:
    lines = list(found.lines.select_related("result").order_by("line_no"))
    context = {
        "found": found,
        "lines": lines,
        "file": getattr(found, "file", None),
        "result_files": list(found.result_files.order_by("-id")),
        "pending": sum(not hasattr(x, "result") for x in lines),
        "paid_fen": sum(x.amount_fen for x in lines if hasattr(x, "result") and x.result.outcome == "paid"),
        "form": form,
        "may_answer": holds(request.actor, "payment.result"),
    }
    return render(request, "desk/payments/request.html", context, status=status)


@require_GET
def download(request: ActingRequest, number: str) -> HttpResponse | FileResponse:
    """The payment file: it holds full account numbers, so reading it is logged."""
    found = queries.request_by_number(request.actor, number)
    require(request.actor, "payment.result", found)
    sent = getattr(found, "file", None)
    if sent is None:
        raise Refused("支付文件正在生成，请过几秒再下载。", "not-yet")
    audit.record_read(request.actor, "payment_file", [f"payment_request:{found.id}"], "送财政支付")
    return FileResponse((outbox_folder() / sent.name).open("rb"), as_attachment=True, filename=sent.name)


@require_GET
def result_template(request: ActingRequest, number: str) -> HttpResponse:
    """A result file with this request's lines filled in, for treasuries without an export of their own."""
    found = queries.request_by_number(request.actor, number)
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(sheets.RESULT_HEAD)
    for x in found.lines.filter(result__isnull=True).order_by("line_no"):
        sheet.writerow([found.number, x.line_no, x.payee, f"{x.amount_fen / 100:.2f}", "", "", "", ""])
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


@require_GET
def error_file(request: ActingRequest, number: str, file_id: int) -> HttpResponse:
    found = queries.request_by_number(request.actor, number)
    taken = found.result_files.get(id=file_id)
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(["行号", "列名", "错在哪里", "应当怎样"])
    sheet.writerows(taken.errors)
    return _csv(target.getvalue(), f"{found.number}-错误行.csv")


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(name)}"
    return answer


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


@require_GET
def ledger(request: ActingRequest) -> HttpResponse:
    require(request.actor, "ledger.view")
    return _ledger_page(request, None)


def _ledger_page(request: ActingRequest, form: BudgetForm | None, status: int = 200) -> HttpResponse:
    accounts = queries.pot_table(request.actor)
    page = Paginator(queries.transfers_for(request.actor), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": accounts,
        "page": page,
        "recoveries": queries.open_recoveries(request.actor),
        "form": form or _budget_form(request),
        "recovery_form": RecoveryForm(),
        "may_answer": holds(request.actor, "payment.result"),
    }
    return render(request, "desk/payments/ledger.html", context, status=status)


def _budget_form(request: ActingRequest, data: object = None) -> BudgetForm:
    return BudgetForm(data, actor=request.actor, programmes=list(queries.programmes().items()))


@require_POST
def add_budget(request: ActingRequest) -> HttpResponse:
    require(request.actor, "payment.result")
    form = _budget_form(request, request.POST)
    if not form.is_valid():
        return _ledger_page(request, form, status=422)
    values = form.cleaned_data
    try:
        actions.set_budget(
            request.actor,
            programme=values["programme"],
            region=values["region"],
            amount_fen=values["amount"],
            source_doc=values["source_doc"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _ledger_page(request, form, status=422)
    messages.success(request, "预算已录入。")
    return redirect("payments:ledger")


@require_POST
def take_recovery(request: ActingRequest, recovery_id: int) -> HttpResponseRedirect:
    recovery = queries.recovery_by_id(request.actor, recovery_id)
    form = RecoveryForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        actions.record_recovery(
            request.actor, case_ref=recovery.case_ref, amount_fen=values["amount"], receipt=values["receipt"]
        )
        messages.success(request, "入库凭证已登记。")
    else:
        messages.error(request, "没有登记：请填写入库金额（元）和凭证号。")
    return redirect("payments:ledger")
