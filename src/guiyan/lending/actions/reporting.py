"""Taking a bank's report: good rows count, bad ones are told by their row; the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.turns import take_turn
from guiyan.lending.actions.repaying import Stated, take
from guiyan.lending.books import locked
from guiyan.lending.models import BankReport, Loan, Statement
from guiyan.lending.permissions import require_unit
from guiyan.lending.reading import ReportRow, RowFault, read_row, rows_of

MOST_ERRORS = 1_000


@dataclass(slots=True)
class ReportSummary:
    """What a report did. errors: [row, column, what, what would be right]."""

    report: BankReport
    taken: int = 0
    repeated: int = 0
    balances: int = 0
    errors: list[list[Any]] = field(default_factory=list)
    seen_before: bool = False

    def refuse(self, number: int, cells: list[str]) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append([number, *cells])


@transaction.atomic
def import_report(actor: Actor, *, bank: Unit, name: str, content: bytes) -> ReportSummary:
    """Take the repayments and balances that a bank's file states. Refused when the file cannot be read at all."""
    require_unit(actor, "loan.decide", bank.pk)
    digest = hashlib.sha256(content).hexdigest()
    take_turn(f"lending.report:{bank.pk}")
    before = BankReport.objects.filter(bank=bank, sha256=digest).first()
    if before is not None:
        return ReportSummary(
            before, 0, before.taken + before.repeated, before.balances, before.errors, seen_before=True
        )
    rows = rows_of(name, content)
    summary = ReportSummary(_new_report(actor, bank, name, digest))
    _take_all(actor, summary, _readable(summary, rows))
    return _closed(actor, summary)


def _new_report(actor: Actor, bank: Unit, name: str, digest: str) -> BankReport:
    return BankReport.objects.create(
        bank=bank,
        name=name[:200],
        sha256=digest,
        taken_at=calendar.now(),
        taken_by_label=actor.label,
        taken=0,
        repeated=0,
        balances=0,
        region=bank.region,
    )


def _readable(summary: ReportSummary, rows: list[tuple[int, dict[str, Any]]]) -> list[ReportRow]:
    """By day, so that a loan's book is written in its order however the bank sorts its file."""
    good = list[ReportRow]()
    for number, row in rows:
        try:
            good.append(read_row(number, row))
        except RowFault as fault:
            summary.refuse(number, fault.cells)
    return sorted(good, key=lambda row: (row.on, row.number))


def _take_all(actor: Actor, summary: ReportSummary, good: list[ReportRow]) -> None:
    numbers = {row.contract_no for row in good}
    loans = {one.contract_no: one for one in Loan.objects.filter(bank=summary.report.bank, contract_no__in=numbers)}
    for row in good:
        try:
            with transaction.atomic():
                _take_row(actor, summary, _loan_of(row, loans), row)
        except RowFault as fault:
            summary.refuse(row.number, fault.cells)
        except Refused as refusal:
            summary.refuse(row.number, ["整行", refusal.message, "请核对后改好这一行再传"])


def _loan_of(row: ReportRow, loans: dict[str, Loan]) -> Loan:
    loan = loans.get(row.contract_no)
    if loan is None:
        raise RowFault("借据号", f"没有登记过借据号{row.contract_no}", "应为本行登记过放款的借据号")
    if row.borrower and row.borrower != loan.borrower:
        raise RowFault("借款人", "与登记的借款人不同", f"应为{loan.borrower}")
    return loan


def _take_row(actor: Actor, summary: ReportSummary, loan: Loan, row: ReportRow) -> None:
    """Counts only what the row's own transaction keeps."""
    if loan.subject_id in actor.subject_ids:
        raise Refused("这是您本人的贷款，请由其他同事报送。", "own_case")
    is_new = False
    if row.kind:
        stated = Stated(row.kind, row.on, row.principal_fen, row.interest_fen, row.penalty_fen, row.serial)
        _, is_new = take(actor, locked(loan), stated, summary.report)
    if row.balance_fen is not None:
        _state_balance(summary, loan, row, row.balance_fen)
    summary.taken += is_new
    summary.repeated += bool(row.kind) and not is_new
    summary.balances += row.balance_fen is not None


def _state_balance(summary: ReportSummary, loan: Loan, row: ReportRow, balance_fen: int) -> None:
    if balance_fen > loan.principal_fen:
        raise RowFault("本金余额（元）", "比放款的本金还多", "应为当天的本金余额")
    Statement.objects.create(
        loan=loan,
        report=summary.report,
        on=row.on,
        balance_fen=balance_fen,
        region=loan.region,
        bank_id=loan.bank_id,
        guarantor_id=loan.guarantor_id,
        subject_id=loan.subject_id,
    )


def _closed(actor: Actor, summary: ReportSummary) -> ReportSummary:
    summary.errors.sort(key=lambda cells: int(cells[0]))
    report = summary.report
    report.taken, report.repeated, report.balances = summary.taken, summary.repeated, summary.balances
    report.errors = summary.errors
    report.save(update_fields=["taken", "repeated", "balances", "errors"])
    told = {"taken": report.taken, "errors": len(report.errors)}
    audit.record(actor, "loan.report", f"bank_report:{report.pk}", region=report.region, detail=told)
    return summary
