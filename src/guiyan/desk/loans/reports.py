"""A bank's monthly report: the template with its open loans, the upload, what was taken and what was sent back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.loans.forms import ReportForm
from guiyan.desk.paging import paged
from guiyan.desk.sheets import plain_excel
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.lending import actions, queries
from guiyan.lending.reading import HEAD
from guiyan.registers.importing.faults import inert

SHOWN_ERRORS = 50
MOST_LOANS = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: ActingRequest) -> HttpResponse:
    """GET: the reports taken. POST: take one, for whoever acts for a bank."""
    require(request.actor, "loan.view")
    if request.method == "POST":
        return _take(request, bank_of(request.actor))
    return _list(request, ReportForm())


def _list(request: ActingRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    rows, pager = paged(request, queries.reports_for(request.actor), "份")
    may_send = holds(request.actor, "loan.decide")
    differences = queries.differing_loans(request.actor)
    context = {"rows": rows, "pager": pager, "form": form, "may_send": may_send, "differences": differences}
    return render(request, "desk/loans/reports.html", context, status=status)


def bank_of(actor: Actor) -> Unit:
    """The bank for which the actor states repayments."""
    found = queries.banks_acting(actor)
    if not found:
        raise NotAllowed
    return found[0]


def _take(request: ActingRequest, bank: Unit) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, 422)
    upload = form.cleaned_data["file"]
    try:
        taken = actions.import_report(request.actor, bank=bank, name=upload.name, content=upload.read())
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _list(request, form, 422)
    if taken.seen_before:
        messages.info(request, "这个文件已经导入过，没有重复记账。")
    else:
        wrong = f"，退回{len(taken.errors)}行" if taken.errors else ""
        repeated = f"，以前记过{taken.repeated}笔" if taken.repeated else ""
        messages.success(request, f"已记{taken.taken}笔还款，核对{taken.balances}笔余额{repeated}{wrong}。")
    return redirect("loans:report", report_id=taken.report.pk)


@require_safe
def template(request: ActingRequest) -> FileResponse:
    """The columns of a report with the bank's open loans filled in, one row each."""
    bank_of(request.actor)
    return plain_excel("还款报表模板.xlsx", "还款报表", HEAD, _open_rows(request.actor))


def _open_rows(actor: Actor) -> Iterable[tuple[object, ...]]:
    loans = queries.loans_for(actor).filter(settled_on=None).order_by("contract_no")[:MOST_LOANS]
    for loan in loans:
        yield (loan.contract_no, loan.borrower, "", "", "还款", "", "", "", "")


@require_safe
def report_page(request: ActingRequest, report_id: int) -> HttpResponse:
    require(request.actor, "loan.view")
    row = queries.report_by_id(request.actor, report_id)
    context = {"row": row, "errors": row.errors[:SHOWN_ERRORS], "error_count": len(row.errors)}
    return render(request, "desk/loans/report.html", context)


@require_safe
def error_file(request: ActingRequest, report_id: int) -> HttpResponse:
    """The rows sent back, to be put right and sent again."""
    require(request.actor, "loan.view")
    row = queries.report_by_id(request.actor, report_id)
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(["行号", "列名", "错在哪里", "应当怎样"])
    sheet.writerows([number, *map(inert, words)] for number, *words in row.errors)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'还款报表{row.pk}-退回的行.csv')}"
    return answer
