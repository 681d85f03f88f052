"""The money ledger: balances of every county, every transfer with its ground, budget in, money back in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases.queries.numbers import case_numbers
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.payments.forms import BudgetForm, RecoveryForm
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions, queries
from guiyan.ledger.models import Recovery, Transfer

KINDS = {
    "budget": "下达预算",
    "commit": "审定占用",
    "void": "撤销占用",
    "request": "申请拨付",
    "paid": "拨付到账",
    "returned": "退票",
    "recover": "追回入库",
}
SORTS = {"at": "at", "amount": "amount_fen"}
COLUMNS = (
    ("时间", 18), ("业务", 12), ("从", 14), ("到", 14), ("金额（元）", 16), ("县（市、区）", 14),
    ("办件编号", 24), ("依据", 40),
)  # fmt: skip


@require_safe
def ledger(request: ActingRequest) -> HttpResponse:
    require(request.actor, "ledger.view")
    return _page(request)


def _page(
    request: ActingRequest,
    budget: BudgetForm | None = None,
    receipt: tuple[Recovery, RecoveryForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    transfers, pager = paged(request, narrowed(request), "笔", 50)
    recoveries = queries.open_recoveries(request.actor)
    refs = [row.case_ref for row in (*transfers, *recoveries)]
    numbers = case_numbers(request.actor, refs, "ledger.view")
    context = {
        "rows": queries.pot_table(request.actor),
        "transfers": [_shown(t, numbers) for t in transfers],
        "pager": pager,
        "kinds": list(KINDS.items()),
        "q": words_of(request),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "kind")),
        "recoveries": [(r, numbers.get(r.case_ref, ""), _receipt_form(r, receipt)) for r in recoveries],
        "form": budget or _budget_form(request),
        "may_answer": holds(request.actor, "payment.result"),
        "may_open_cases": holds(request.actor, "case.view"),
        "today": calendar.today(),
    }
    return render(request, "desk/payments/ledger.html", context, status=status)


def narrowed(request: ActingRequest) -> QuerySet[Transfer]:
    """The transfers the address asks for: of one kind, by the beginning of their ground, in an order."""
    rows = queries.transfers_for(request.actor)
    kind, words = request.GET.get("kind", ""), words_of(request)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(basis__startswith=words)
    return ordered(request, rows, SORTS)


def _shown(transfer: Transfer, numbers: dict[str, str]) -> dict[str, Any]:
    return {
        "transfer": transfer,
        "kind": KINDS.get(transfer.kind, transfer.kind),
        "case_number": numbers.get(transfer.case_ref, ""),
    }


def _receipt_form(recovery: Recovery, sent: tuple[Recovery, RecoveryForm] | None) -> RecoveryForm:
    """The form as it was sent, for the recovery it was sent for; an empty one for the others."""
    if sent is not None and sent[0].id == recovery.id:
        return sent[1]
    return RecoveryForm(prefix=f"r{recovery.id}")


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """All transfers that the address asks for as Excel, written row by row."""
    require(request.actor, "ledger.view")
    audit.record(request.actor, "ledger.export", "ledger")
    name = f"资金台账-{calendar.today():%Y%m%d}.xlsx"
    return excel(name, [("流水", "资金台账流水", COLUMNS, _rows(request, narrowed(request)))])


def _rows(request: ActingRequest, rows: QuerySet[Transfer]) -> Iterator[tuple[Any, ...]]:
    places: dict[int, str] = {}
    numbers = case_numbers(request.actor, rows.order_by().values_list("case_ref", flat=True), "ledger.view")
    for t in rows.iterator(chunk_size=2000):
        if t.region not in places:
            places |= region_paths([t.region])
        kind, number = KINDS.get(t.kind, t.kind), numbers.get(t.case_ref, "")
        yield (
            t.at,
            kind,
            t.debit.title,
            t.credit.title,
            Yuan(t.amount_fen),
            places.get(t.region, ""),
            number,
            t.basis_shown,
        )


def _budget_form(request: ActingRequest, data: object = None) -> BudgetForm:
    return BudgetForm(data, actor=request.actor, programmes=list(queries.programmes().items()))


@require_POST
def add_budget(request: ActingRequest) -> HttpResponse:
    require(request.actor, "payment.result")
    form = _budget_form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
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
        return _page(request, form, status=409)
    messages.success(request, "预算已录入。")
    return redirect("payments:ledger")


@require_POST
def take_recovery(request: ActingRequest, recovery_id: int) -> HttpResponse:
    recovery = queries.recovery_by_id(request.actor, recovery_id)
    form = RecoveryForm(request.POST, prefix=f"r{recovery.id}")
    if not form.is_valid():
        return _page(request, receipt=(recovery, form), status=422)
    values = form.cleaned_data
    try:
        actions.record_recovery(
            request.actor, case_ref=recovery.case_ref, amount_fen=values["amount"], receipt=values["receipt"]
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, receipt=(recovery, form), status=409)
    messages.success(request, "入库凭证已登记。")
    return redirect("payments:ledger")
