"""The loans an officer, bank or guarantor may see: the list with its sums, one loan's book, both as Excel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.loans.forms import ClaimForm, RepaymentForm
from guiyan.desk.loans.telling import log_of, may_open_case
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.lending import queries, states
from guiyan.lending.models import Instalment, Loan
from guiyan.lending.money_words import percent_words
from guiyan.lending.permissions import units_acting

SORTS = {"due": "next_due_on", "amount": "principal_fen", "from": "from_on"}
MOST_ROWS = 20_000
COLUMNS = (
    ("贷款编号", 22), ("借款人", 14), ("经营主体", 24), ("贷款种类", 24), ("银行", 24), ("担保机构", 20),
    ("借据号", 18), ("放款日", 12), ("到期日", 12), ("本金（元）", 14), ("年利率", 10), ("还款方式", 20),
    ("已还本金（元）", 14), ("已还利息（元）", 14), ("本金余额（元）", 14), ("下次应还", 12),
    ("还款情况", 12), ("所在地", 24),
)  # fmt: skip
SCHEDULE_COLUMNS = (
    ("期数", 6),
    ("应还日", 12),
    ("本金（元）", 14),
    ("利息（元）", 14),
    ("合计（元）", 14),
    ("情况", 12),
)
LINE_WORDS = {
    "paid": ("已还", "green"),
    "late": ("逾期", "red"),
    "next": ("下一期", "blue"),
    "later": ("没到期", "plain"),
}


@require_safe
def loan_list(request: ActingRequest) -> HttpResponse:
    """Narrowed by what the address says; the sums are of all that is listed, not of the page."""
    require(request.actor, "loan.view")
    filters, rows = asked(request)
    listed, pager = paged(request, ordered(request, rows, SORTS), "笔")
    today = calendar.today()
    context = {
        "rows": [{"loan": row, **standing_of(row)} for row in listed],
        "totals": queries.totals(rows),
        "pager": pager,
        "q": filters.words,
        "standing": filters.standing,
        "bank": filters.bank,
        "standings": [("", "全部"), *states.STANDINGS.items()],
        "banks": [("", "全部"), *((unit.code, unit.short_name) for unit in queries.banks_seen(request.actor))],
        "is_narrowed": bool(filters.words or filters.standing or filters.bank),
        "today": today,
    }
    return render(request, "desk/loans/list.html", context)


def asked(request: ActingRequest) -> tuple[queries.LoanFilters, Any]:
    filters = queries.LoanFilters(
        words=words_of(request), standing=request.GET.get("standing", ""), bank=request.GET.get("bank", "")[:80]
    )
    return filters, queries.narrowed(queries.loans_for(request.actor), filters)


def standing_of(loan: Loan) -> dict[str, str]:
    code = loan.standing_on(calendar.today())
    return {"label": states.STANDINGS[code], "tone": states.TONES[code]}


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The loans of the list as Excel."""
    require(request.actor, "loan.view")
    _, rows = asked(request)
    found = list(rows[:MOST_ROWS])
    audit.record(request.actor, "loan.export", "loans", detail={"rows": len(found)})
    return excel("贷款台账.xlsx", [("贷款", f"贷款台账，截至{calendar.today()}", COLUMNS, _lines(found))])


def _lines(loans: list[Loan]) -> Iterable[tuple[object, ...]]:
    places = region_paths(one.region for one in loans)
    for x in loans:
        yield (
            x.number, x.borrower, x.firm, x.title, x.bank.name, x.guarantor.name if x.guarantor else "",
            x.contract_no, x.from_on, x.to_on, Yuan(x.principal_fen), percent_words(x.rate_percent), x.method_label,
            Yuan(x.principal_paid_fen), Yuan(x.interest_paid_fen), Yuan(x.outstanding_fen), x.next_due_on,
            standing_of(x)["label"], places.get(x.region, ""),
        )  # fmt: skip


def loan_of(actor: Actor, number: str) -> Loan:
    """One loan that the actor may see at the desk."""
    require(actor, "loan.view")
    return queries.loan_by_number(actor, number)


@require_safe
def loan_page(request: ActingRequest, number: str) -> HttpResponse:
    return page_of(request, loan_of(request.actor, number))


def page_of(request: ActingRequest, loan: Loan, bound: forms.Form | None = None, verb: str = "") -> HttpResponse:
    """What was typed stays on the page with the reason why it was not taken."""
    book, subsidies = queries.book_of(loan), queries.subsidies_of_loan(loan)
    context = {
        "loan": loan,
        **standing_of(loan),
        "rate": percent_words(loan.rate_percent),
        "subsidy_rate": percent_words(loan.subsidy_percent) if loan.subsidy_percent else "",
        "book": book,
        "revision": f"第{loan.revision}版" if loan.revision > 1 else "",
        "lines": plan_rows(book),
        "early": [one.instalment for one in book.lines if one.instalment.early],
        "subsidies": subsidies,
        "subsidy_fen": sum(row.amount_fen for row in subsidies if row.quarter_list.confirmed_at),
        "log": log_of(loan, book, subsidies),
        "case_number": loan.case_number if may_open_case(request.actor, loan) else "",
        **acts_of(request.actor, loan),
        "show": verb,
        "repay_form": bound if verb == "repay" else RepaymentForm(),
        "claim_form": bound if verb == "claim" else ClaimForm(),
        "paid_form": bound if verb == "claim-paid" else RepaymentForm(paid_for=True),
    }
    return render(request, "desk/loans/page.html", context, status=422 if bound is not None else 200)


def plan_rows(book: queries.Book) -> list[tuple[int, Instalment, str, str]]:
    """The instalments numbered, with how each stands; what was repaid before it was due is none of them."""
    due = [one for one in book.lines if not one.instalment.early]
    return [(number, one.instalment, *LINE_WORDS[one.state]) for number, one in enumerate(due, 1)]


def acts_of(actor: Actor, loan: Loan) -> dict[str, bool]:
    """What the actor may do now; nobody touches a loan of her own."""
    own, code = loan.subject_id in actor.subject_ids, loan.standing_on(calendar.today())
    as_bank = not own and loan.bank_id in units_acting(actor, "loan.decide")
    as_surety = not own and loan.guarantor_id in units_acting(actor, "loan.guarantee")
    return {
        "may_state": as_bank and loan.settled_on is None,
        "may_void": as_bank,
        "may_claim": as_bank and code == states.OVERDUE and loan.guarantor_id is not None,
        "may_pay_claim": as_surety and code == states.CLAIM_OPEN,
    }


@require_safe
def schedule_sheet(request: ActingRequest, number: str) -> FileResponse:
    """The schedule in force as Excel."""
    loan = loan_of(request.actor, number)
    rows = (
        (number, x.due_on, Yuan(x.principal_fen), Yuan(x.interest_fen), Yuan(x.total_fen), words)
        for number, x, words, _ in plan_rows(queries.book_of(loan))
    )
    title = f"{loan.borrower}还款计划（第{loan.revision}版），借据号{loan.contract_no}"
    return excel(f"{loan.number}-还款计划.xlsx", [("还款计划", title, SCHEDULE_COLUMNS, rows)])
