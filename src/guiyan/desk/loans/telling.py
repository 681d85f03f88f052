"""A loan's story for its page (经过): everything that was stated of it, newest first."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from guiyan.accounts.permissions import decide
from guiyan.kernel.actors import Actor
from guiyan.lending.models import Loan, Subsidy
from guiyan.lending.money_words import words
from guiyan.lending.queries import Book

MOST = 40
Entry = tuple[datetime | date, str, str]


def log_of(loan: Loan, book: Book, subsidies: list[Subsidy]) -> list[dict[str, str]]:
    """From the rows of the book: paid out, repaid, voided, claimed, subsidised."""
    found: list[Entry] = [(loan.recorded_at, f"放款{words(loan.principal_fen)}", loan.recorded_by_label)]
    for row in book.repayments:
        label = f"{row.get_kind_display()}{words(row.total_fen)}"
        found.append((row.recorded_at, label, f"{row.recorded_by_label}，流水号{row.serial}"))
        if row.void_at is not None:
            found.append((row.void_at, f"作废：{label}", f"{row.void_by_label}，{row.void_reason}"))
    for subsidy in subsidies:
        sheet = subsidy.quarter_list
        if sheet.confirmed_at is not None:
            label = f"{sheet.label}贴息{words(abs(subsidy.amount_fen))}"
            found.append((sheet.confirmed_at, label if subsidy.amount_fen >= 0 else f"扣回{label}", "已复核"))
    if loan.claim_asked_on is not None:
        found.append((loan.claim_asked_on, f"银行申请代偿{words(loan.claim_fen or 0)}", loan.claim_reason))
    found.sort(key=_moment, reverse=True)
    return [{"state": "done", "title": title, "note": f"{_when(at)}，{note}"} for at, title, note in found[:MOST]]


def _moment(entry: Entry) -> tuple[date, str]:
    at = entry[0]
    return (localtime(at).date(), f"{localtime(at):%H:%M:%S}") if isinstance(at, datetime) else (at, "")


def _when(at: datetime | date) -> str:
    day = localtime(at).date() if isinstance(at, datetime) else at
    return f"{day.year}年{day.month}月{day.day}日"


def may_open_case(actor: Actor, loan: Loan) -> bool:
    """An officer of the place; the bank and the guarantor know the request by what they were shown."""
    return bool(loan.case_ref) and decide(actor, "case.view", loan, unit=None).allowed
