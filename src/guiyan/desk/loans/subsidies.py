"""The quarter's list of interest subsidies: reckoned by one person, confirmed by another, then handed on as Excel."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.loans.forms import PrepareForm
from guiyan.desk.paging import paged
from guiyan.desk.sheets import Yuan, excel
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.lending import actions, queries
from guiyan.lending.models import Subsidy, SubsidyList
from guiyan.lending.money_words import percent_words, words
from guiyan.lending.permissions import watches_places
from guiyan.lending.subsidising import Quarter

COLUMNS = (
    ("贷款编号", 22), ("借款人", 14), ("经营主体", 24), ("银行", 26), ("借据号", 18), ("本金（元）", 14),
    ("年利率", 10), ("按时付的利息（元）", 16), ("计贴息的利息（元）", 16), ("贴息比例", 10), ("应贴（元）", 14),
)  # fmt: skip


def refuse_lenders(actor: Actor) -> None:
    """Lists of a county are for offices; a bank sees what its own loans earned on their pages."""
    require(actor, "loan.view")
    if not watches_places(actor):
        raise NotAllowed


@require_safe
def subsidy_list(request: ActingRequest) -> HttpResponse:
    refuse_lenders(request.actor)
    return _list(request, PrepareForm(None, choices_for(request.actor)))


def _list(request: ActingRequest, form: PrepareForm, status: int = 200) -> HttpResponse:
    rows, pager = paged(request, queries.subsidy_lists_for(request.actor), "份")
    places = region_paths(row.region for row in rows)
    context = {
        "rows": [(row, places.get(row.region, "")) for row in rows],
        "pager": pager,
        "form": form,
        "may_prepare": holds(request.actor, "loan.subsidise"),
        "has_choices": bool(form.fields["what"].choices),  # type: ignore[attr-defined]
    }
    return render(request, "desk/loans/subsidies.html", context, status=status)


def choices_for(actor: Actor) -> list[tuple[str, str]]:
    """The quarters that are over and not confirmed, county by county, the oldest first."""
    counties = queries.counties_with_subsidy(actor)
    places = region_paths(counties)
    return [
        (f"{county}.{quarter.code}", f"{places.get(county, county)}，{quarter.label}")
        for county in counties
        for quarter in queries.next_quarters(county)
    ]


@require_POST
def prepare(request: ActingRequest) -> HttpResponse:
    refuse_lenders(request.actor)
    require(request.actor, "loan.subsidise")
    form = PrepareForm(request.POST, choices_for(request.actor))
    if not form.is_valid():
        return _list(request, form, 422)
    county, _, quarter = form.cleaned_data["what"].partition(".")
    try:
        sheet = actions.prepare_list(request.actor, region=int(county), quarter=Quarter.from_code(quarter))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _list(request, form, 422)
    messages.success(request, f"算好了：{sheet.line_count}笔，应贴{words(sheet.total_fen)}，等另一人复核。")
    return redirect("loans:subsidy", list_id=sheet.pk)


def sheet_of(actor: Actor, list_id: int) -> SubsidyList:
    refuse_lenders(actor)
    return queries.subsidy_list_by_id(actor, list_id)


@require_safe
def subsidy_page(request: ActingRequest, list_id: int) -> HttpResponse:
    found = sheet_of(request.actor, list_id)
    rows, pager = paged(request, queries.subsidy_rows(found), "笔")
    allowed = found.confirmed_at is None and decide(request.actor, "loan.confirm", found, unit=None, subject=None)
    context = {
        "sheet": found,
        "place": region_paths([found.region]).get(found.region, ""),
        "rows": [(row, percent_words(row.rate_percent)) for row in rows],
        "pager": pager,
        "may_confirm": bool(allowed),
        "same_person": found.prepared_by_id is not None and found.prepared_by_id == request.actor.user_id,
        "own": found.rows.filter(subject_id__in=request.actor.subject_ids).exists(),
    }
    return render(request, "desk/loans/subsidy.html", context)


@require_POST
def confirm(request: ActingRequest, list_id: int) -> HttpResponse:
    found = sheet_of(request.actor, list_id)
    try:
        actions.confirm_list(request.actor, sheet=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已确认{found.line_count}笔，共{words(found.total_fen)}。可以导出送财政。")
    return redirect("loans:subsidy", list_id=list_id)


@require_safe
def sheet(request: ActingRequest, list_id: int) -> FileResponse:
    """The list as Excel; only a confirmed one is handed on."""
    found = sheet_of(request.actor, list_id)
    if found.confirmed_at is None:
        raise Refused("这份清单还没有复核，复核以后才能导出送财政。", "not-confirmed")
    audit.record(request.actor, "loan.export", f"subsidy_list:{found.pk}", region=found.region)
    place = region_paths([found.region]).get(found.region, "")
    title = f"{place}{found.label}贷款贴息清单，{found.line_count}笔，{words(found.total_fen)}"
    rows = _lines(queries.subsidy_rows(found).iterator(chunk_size=2000))
    return excel(f"贷款贴息{found.quarter}.xlsx", [("贴息清单", title, COLUMNS, rows)])


def _lines(rows: Iterable[Subsidy]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        x = row.loan
        yield (
            x.number, x.borrower, x.firm, x.bank.name, x.contract_no, Yuan(x.principal_fen),
            percent_words(x.rate_percent), Yuan(row.interest_fen), Yuan(row.basis_fen),
            percent_words(row.rate_percent), Yuan(row.amount_fen),
        )  # fmt: skip
