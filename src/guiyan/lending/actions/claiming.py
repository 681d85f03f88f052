"""When a borrower does not pay: the bank asks the guarantor, the guarantor pays (代偿). It keeps the debt standing."""

from __future__ import annotations

from django.db import transaction

from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.texts import at_most
from guiyan.lending import states
from guiyan.lending.actions.repaying import Stated, refuse_impossible, write
from guiyan.lending.books import locked, renew
from guiyan.lending.models import Loan
from guiyan.lending.money_words import words
from guiyan.lending.permissions import refuse_own, require_unit


@transaction.atomic
def ask_claim(actor: Actor, *, loan: Loan, amount_fen: int, reason: str) -> Loan:
    """The bank asks the guarantor for an overdue loan: the principal outstanding or less, with its reason."""
    require_unit(actor, "loan.decide", loan.bank_id)
    refuse_own(actor, loan.subject_id)
    row = locked(loan)
    if row.guarantor_id is None:
        raise Refused("这笔贷款没有担保机构。", "no-guarantor")
    if row.claim_asked_on is not None:
        raise Refused("已经申请过代偿，没有重复申请。", "asked-before")
    if row.standing_on(calendar.today()) != states.OVERDUE:
        raise Refused("没有逾期的贷款，不能申请代偿。", "not-overdue")
    if not 0 < amount_fen <= row.outstanding_fen:
        raise Refused(f"代偿金额应在0元以上、本金余额{words(row.outstanding_fen)}以下（含）。", "amount")
    row.claim_reason = at_most(reason, 300, "申请代偿的理由")
    if not row.claim_reason:
        raise Refused("请写明催收情况和申请代偿的理由。", "reason")
    row.claim_asked_on, row.claim_fen = calendar.today(), amount_fen
    row.save(update_fields=["claim_asked_on", "claim_fen", "claim_reason"])
    audit.record(actor, "loan.ask_claim", row.ref, region=row.region, detail={"fen": amount_fen})
    return row


@transaction.atomic
def pay_claim(actor: Actor, *, loan: Loan, stated: Stated) -> Loan:
    """The guarantor states what it paid to the bank for the borrower, within what was asked. It earns no subsidy."""
    require_unit(actor, "loan.guarantee", loan.guarantor_id)
    refuse_own(actor, loan.subject_id)
    row = locked(loan)
    if row.claim_asked_on is None or row.claim_paid_on is not None:
        raise Refused("没有等待代偿的申请。", "no-claim")
    if stated.principal_fen > (row.claim_fen or 0) or stated.on < row.claim_asked_on:
        raise Refused(f"代偿本金应在申请的{words(row.claim_fen or 0)}以内，日期应在申请以后。", "amount")
    refuse_impossible(row, stated)
    write(actor, row, stated)
    row.claim_paid_on = stated.on
    row.save(update_fields=["claim_paid_on"])
    renew(row)
    audit.record(actor, "loan.pay_claim", row.ref, region=row.region, detail={"fen": stated.principal_fen})
    if row.settled_on is not None:
        publish("loan.settled", loan_id=row.pk, case_ref=row.case_ref)
    return row
