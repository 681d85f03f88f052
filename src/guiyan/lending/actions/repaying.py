"""Repayments as the bank states them: each once by its serial, a mistake voided with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.texts import at_most
from guiyan.lending import states
from guiyan.lending.books import locked, renew, reschedule
from guiyan.lending.models import BankReport, Loan, Repayment
from guiyan.lending.money_words import words
from guiyan.lending.permissions import refuse_own, require_unit


@dataclass(frozen=True, slots=True)
class Stated:
    """One repayment in the bank's words. kind: repaid, or early (before it was due)."""

    kind: str
    on: date
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    serial: str


@transaction.atomic
def state_repayment(actor: Actor, *, loan: Loan, stated: Stated) -> Repayment:
    """Take one repayment into the loan's book; an early one writes a new schedule. Stated twice, it counts once."""
    require_unit(actor, "loan.decide", loan.bank_id)
    refuse_own(actor, loan.subject_id)
    row, _ = take(actor, locked(loan), stated)
    return row


def take(actor: Actor, loan: Loan, stated: Stated, report: BankReport | None = None) -> tuple[Repayment, bool]:
    """The repayment, and whether it is new; for a loan already locked by an action that checked its permission."""
    before = Repayment.objects.filter(bank_id=loan.bank_id, serial=stated.serial, void_at=None).first()
    if before is not None:
        return _same(before, loan, stated), False
    refuse_impossible(loan, stated)
    row = write(actor, loan, stated, report)
    _follow(loan, stated.kind == states.EARLY)
    audit.record(actor, "loan.repay", loan.ref, region=loan.region, detail={"repayment": row.pk, "kind": row.kind})
    if loan.settled_on is not None:
        publish("loan.settled", loan_id=loan.pk, case_ref=loan.case_ref)
    return row, True


def _same(before: Repayment, loan: Loan, stated: Stated) -> Repayment:
    amounts = (before.on, before.principal_fen, before.interest_fen, before.penalty_fen, before.kind)
    wanted = (stated.on, stated.principal_fen, stated.interest_fen, stated.penalty_fen, stated.kind)
    if before.loan_id != loan.pk or amounts != wanted:
        raise Refused(f"流水号“{stated.serial}”已经记过另一笔，日期或金额不一样。请核对流水号。", "serial-repeated")
    return before


def refuse_impossible(loan: Loan, stated: Stated) -> None:
    """What no bank can have received: on another day, more than is outstanding, nothing at all."""
    if not at_most(stated.serial, 60, "流水号"):
        raise Refused("请填写银行流水号。", "serial")
    if not loan.from_on <= stated.on <= calendar.today():
        raise Refused(f"还款日期应在放款日{loan.from_on}以后、今天以前（含）。", "day")
    if min(stated.principal_fen, stated.interest_fen, stated.penalty_fen) < 0:
        raise Refused("金额不能小于0元。", "amount")
    if stated.principal_fen + stated.interest_fen + stated.penalty_fen == 0:
        raise Refused("本金、利息、罚息不能都是0元。", "amount")
    if stated.principal_fen > loan.outstanding_fen:
        raise Refused(f"本金余额只有{words(loan.outstanding_fen)}，还不了{words(stated.principal_fen)}。", "too-much")
    if stated.kind == states.EARLY and not (stated.principal_fen and loan.from_on < stated.on <= loan.to_on):
        raise Refused("提前还款要有本金，日期应在放款日以后、到期日以前（含）。", "early")


def write(actor: Actor, loan: Loan, stated: Stated, report: BankReport | None = None) -> Repayment:
    try:
        with transaction.atomic():
            return Repayment.objects.create(
                loan=loan,
                kind=stated.kind,
                on=stated.on,
                principal_fen=stated.principal_fen,
                interest_fen=stated.interest_fen,
                penalty_fen=stated.penalty_fen,
                serial=stated.serial.strip(),
                report=report,
                recorded_at=calendar.now(),
                recorded_by_label=actor.label,
                region=loan.region,
                bank_id=loan.bank_id,
                guarantor_id=loan.guarantor_id,
                subject_id=loan.subject_id,
            )
    except IntegrityError as error:
        raise Refused(f"流水号“{stated.serial}”刚刚已经记过。", "serial-repeated") from error


def _follow(loan: Loan, changes_schedule: bool) -> None:
    if changes_schedule:
        try:
            reschedule(loan)
        except ValueError as error:
            raise Refused(
                "按还款计划，这一天没有这么多未到期的本金。有逾期的，请先记还款，再记提前还款。", "early"
            ) from error
    renew(loan)


@transaction.atomic
def void_repayment(actor: Actor, *, repayment: Repayment, reason: str) -> Repayment:
    """Take a wrongly stated repayment out of the book. Subsidy given for it is taken back in the next quarter."""
    require_unit(actor, "loan.decide", repayment.bank_id)
    refuse_own(actor, repayment.subject_id)
    loan = locked(repayment.loan)
    row = Repayment.objects.select_for_update().filter(pk=repayment.pk).first()
    if row is None:
        raise NotFound
    if row.void_at is not None:
        raise Refused("这一笔已经作废过。", "void-before")
    if row.kind == states.CLAIMED:
        raise Refused("担保代偿由担保机构登记，不能由银行作废。", "claimed")
    row.void_reason = at_most(reason, 300, "作废原因")
    if not row.void_reason:
        raise Refused("请写明作废的原因。", "reason")
    was_settled = loan.settled_on is not None
    row.void_at, row.void_by_label = calendar.now(), actor.label
    row.save(update_fields=["void_at", "void_reason", "void_by_label"])
    _follow(loan, row.kind == states.EARLY)
    audit.record(actor, "loan.void", loan.ref, region=loan.region, detail={"repayment": row.pk})
    if was_settled and loan.settled_on is None:
        publish("loan.reopened", loan_id=loan.pk, case_ref=loan.case_ref)
    return row
