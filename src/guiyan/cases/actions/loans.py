"""Loans: qualified requests go to a bank and a guarantor at once; their answers, the pay-out and the end move the case.

Who answers acts for the bank or guarantor (`lending`); what follows for the case is the system's doing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.cases import borrowing, states
from guiyan.cases.actions.comparing import compare_again
from guiyan.cases.actions.moving import locked, move, refuse_if_blocked
from guiyan.cases.actions.review import refuse_unmet
from guiyan.cases.actions.telling_loans import (
    tell_agreed,
    tell_not_agreed,
    tell_paid_out,
    tell_recalled,
    tell_referred,
    tell_settled,
    tell_unlent,
)
from guiyan.cases.actions.verdicts import take_verdict
from guiyan.cases.delegated import delegated_words
from guiyan.cases.models import Case
from guiyan.cases.money_words import yuan
from guiyan.cases.permissions import require_competence
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.lending import actions as lending
from guiyan.lending import queries as lending_queries
from guiyan.lending import states as lending_states
from guiyan.lending.actions.referring import PERMISSION
from guiyan.lending.models import Loan, Referral
from guiyan.lending.permissions import require_unit

LONGEST_REASON = 300


@transaction.atomic
def refer_case(actor: Actor, *, case: Case, bank_id: int, guarantor_id: int, opinion: str = "") -> Case:
    """Qualified, by another person than accepted: send it to a bank and a guarantor, who decide at the same time.

    The rule is asked again on today's facts; a clear “no” cannot be sent on.
    """
    require(actor, "case.review", case)
    case = locked(case)
    under = require_competence(actor, "case.review", case)
    refuse_if_blocked(actor, case, "refer")
    bank = _chosen(case, lending_states.BANK, bank_id)
    guarantor = _chosen(case, lending_states.GUARANTOR, guarantor_id)
    compare_again(case)
    refuse_unmet(case, take_verdict(case, "reviewed"))
    for role, unit in ((lending_states.BANK, bank), (lending_states.GUARANTOR, guarantor)):
        lending.refer(actor, role=role, unit=unit, request=borrowing.request_for(case, role))
    by = delegated_words(under) if under else ""
    moved = move(actor, case, "refer", reason=opinion.strip(), on_behalf=by)
    tell_referred(moved, bank, guarantor)
    return moved


def _chosen(case: Case, role: str, unit_id: int) -> Unit:
    unit = next((one for one in borrowing.lenders_for(case, role) if one.pk == unit_id), None)
    if unit is None:
        raise Refused(f"请从名单里选一家{lending_states.ROLES[role]}。", "unit")
    return unit


@transaction.atomic
def recall_case(actor: Actor, *, case: Case, reason: str) -> Case:
    """Take it back from a bank and guarantor that have not both answered: to send it elsewhere, or to end it."""
    require(actor, "case.review", case)
    case = locked(case)
    require_competence(actor, "case.review", case)
    refuse_if_blocked(actor, case, "recall")
    said = _said(reason, "请写明为什么收回。")
    with entered(Scope.system()):
        lending.withdraw_referral(actor, case_ref=case.ref, reason=said)
    moved = move(actor, case, "recall", reason=said)
    tell_recalled(moved, said)
    return moved


@transaction.atomic
def end_unlent(actor: Actor, *, case: Case, reason: str) -> Case:
    """Tell the applicant that it came to nothing this time, and why: what a bank decides is no decision of an office.

    Refused before a bank or guarantor has said no: whoever is not qualified is refused by a written decision.
    """
    require(actor, "case.review", case)
    case = locked(case)
    require_competence(actor, "case.review", case)
    refuse_if_blocked(actor, case, "end_unlent")
    said = _said(reason, "请写明为什么没有贷到，还可以怎么办。")
    with entered(Scope.system()):
        if not lending_queries.referrals_of_case(case.ref):
            raise Refused("还没有送过银行和担保机构。不符合条件的，请作不予发放决定。", "not-referred")
    moved = move(actor, case, "end_unlent", reason=said)
    tell_unlent(moved, said)
    return moved


@transaction.atomic
def answer_referral(
    actor: Actor,
    *,
    referral: Referral,
    approve: bool,
    amount_fen: int = 0,
    rate_percent: Decimal | None = None,
    months: int = 0,
    counter_guarantee: str = "",
    reason: str = "",
) -> Referral:
    """The bank's or the guarantor's answer. Both agree: the bank may pay out. One declines: back to the office."""
    require_unit(actor, PERMISSION[referral.role], referral.unit_id)
    case = _case_of(referral, states.DECIDING)
    row = lending.answer_referral(
        actor,
        referral=referral,
        approve=approve,
        amount_fen=amount_fen,
        rate_percent=rate_percent,
        months=months,
        counter_guarantee=counter_guarantee,
        reason=reason,
    )
    with entered(Scope.system()):
        _follow(case, row)
    return row


def _follow(case: Case, row: Referral) -> None:
    if row.decision == lending_states.DECLINED:
        _fall_back(case, row.unit, row.reason)
        return
    agreed = {
        one.role: one for one in lending_queries.referrals_of_case(case.ref) if one.decision == lending_states.APPROVED
    }
    if agreed.keys() != lending_states.ROLES.keys():
        return
    bank, guarantor = agreed[lending_states.BANK], agreed[lending_states.GUARANTOR]
    case.amount_fen = bank.amount_fen or 0
    case.save(update_fields=["amount_fen"])
    tell_agreed(move(SYSTEM, case, "grant", reason=terms_words(bank)), bank, guarantor)


def terms_words(bank: Referral) -> str:
    """示例银行：8万元，年利率3.1%，24个月."""
    return f"{_name(bank.unit)}：{bank.terms_words}"


def _fall_back(case: Case, unit: Unit, reason: str) -> None:
    lending.withdraw_referral(SYSTEM, case_ref=case.ref, reason="另一家没有同意，不用再答复")
    said = at_most(f"{_name(unit)}：{reason}", LONGEST_REASON + 100, "理由")
    tell_not_agreed(move(SYSTEM, case, "fall_back", reason=said), unit, reason)


@transaction.atomic
def record_loan(
    actor: Actor,
    *,
    referral: Referral,
    contract_no: str,
    from_on: date,
    principal_fen: int,
    method: str,
    basis: str = lending_states.BY_MONTH,
) -> Loan:
    """The bank states that it paid out: the loan with its schedule stands, the applicant is told when to repay."""
    require_unit(actor, "loan.decide", referral.unit_id)
    case = _case_of(referral, states.GRANTED)
    loan = lending.record_loan(
        actor,
        referral=referral,
        contract_no=contract_no,
        from_on=from_on,
        principal_fen=principal_fen,
        method=method,
        basis=basis,
        firm=case.firm,
    )
    with entered(Scope.system()):
        case.amount_fen = principal_fen
        case.save(update_fields=["amount_fen"])
        tell_paid_out(move(SYSTEM, case, "pay_out", reason=f"{_name(loan.bank)}，{yuan(principal_fen)}"), loan)
    return loan


@transaction.atomic
def give_up_payout(actor: Actor, *, referral: Referral, reason: str) -> Case:
    """The bank agreed and does not pay out after all: back to the office, with the reason."""
    require_unit(actor, "loan.decide", referral.unit_id)
    case = _case_of(referral, states.GRANTED)
    said = _said(reason, "请写明为什么不放款。")
    with entered(Scope.system()):
        live = [one for one in lending_queries.referrals_of_case(case.ref) if one.pk == referral.pk]
        if not live or live[0].decision != lending_states.APPROVED or live[0].role != lending_states.BANK:
            raise Refused("这件现在不等您放款。", "not-approved")
        _fall_back(case, live[0].unit, said)
    case.refresh_from_db()
    return case


def settle_case(case_id: int) -> None:
    """The last of the principal came: the case rests. Twice changes nothing."""
    case = locked(Case(pk=case_id))
    if case.state == states.LENT:
        tell_settled(move(SYSTEM, case, "settle"))


def reopen_case(case_id: int) -> None:
    """The bank took back what had settled the loan."""
    case = locked(Case(pk=case_id))
    if case.state == states.SETTLED:
        move(SYSTEM, case, "reopen", reason="银行更正了还款记录，这笔贷款还没有还清")


def _case_of(referral: Referral, state: str) -> Case:
    """The case of a referral, held until the transaction ends, if it still waits for what is about to be done."""
    with entered(Scope.system()):
        found = Case.objects.filter(pk=int(referral.case_ref.removeprefix("case:"))).first()
        if found is None:
            raise NotFound
        case = locked(found)
    if case.state != state:
        raise Refused(f"这件现在是“{case.state_label}”，不用再办这一步。请刷新页面再看。", "wrong_state")
    return case


def _name(unit: Unit) -> str:
    return unit.short_name or unit.name


def _said(text: str, otherwise: str) -> str:
    said = at_most(text, LONGEST_REASON, "理由")
    if not said:
        raise Refused(otherwise, "reason")
    return said
