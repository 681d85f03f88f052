"""A loan is paid out: its terms, its schedule, how much of it lies within the measure's cap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from guiyan.engine.rules.model import Version
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.lending import states
from guiyan.lending.books import renew, write_schedule
from guiyan.lending.models import Loan, Referral
from guiyan.lending.money_words import words
from guiyan.lending.numbering import loan_number
from guiyan.lending.permissions import refuse_own, require_unit
from guiyan.lending.schedule import months_later
from guiyan.registers import queries as registers


@transaction.atomic
def record_loan(
    actor: Actor,
    *,
    referral: Referral,
    contract_no: str,
    from_on: date,
    principal_fen: int,
    method: str,
    basis: str = states.BY_MONTH,
    firm: str = "",
) -> Loan:
    """Record that the bank paid out what it approved, or less. Writes the schedule and publishes `loan.paid_out`.

    referral: the bank's own, approved; where the request also went to a guarantor, that one must have agreed.
    """
    require_unit(actor, "loan.decide", referral.unit_id)
    refuse_own(actor, referral.subject_id)
    approved = _approved(referral)
    contract_no = at_most(contract_no, 40, "借据号")
    _refuse_wrong_terms(approved, contract_no, from_on, principal_fen, method, basis)
    with entered(Scope.system()):
        registers.lock_canonical(approved.beneficiary_id)
        guarantee = _guarantee(approved.case_ref)
        version = _version(approved.measure, from_on)
        covered = _covered(approved, principal_fen, from_on)
        number = loan_number(approved.region)
    assert approved.rate_percent is not None and approved.months is not None  # the table's approved rows have both
    loan = Loan(
        number=number,
        case_ref=approved.case_ref,
        case_number=approved.case_number,
        title=approved.title,
        measure=approved.measure,
        subject_id=approved.subject_id,
        beneficiary_id=approved.beneficiary_id,
        is_firm=approved.beneficiary_id != approved.subject_id,
        borrower=approved.borrower,
        firm=firm,
        bank=approved.unit,
        guarantor=guarantee.unit if guarantee else None,
        counter_guarantee=guarantee.counter_guarantee if guarantee else "",
        contract_no=contract_no,
        principal_fen=principal_fen,
        rate_percent=approved.rate_percent,
        from_on=from_on,
        months=approved.months,
        to_on=months_later(from_on, approved.months),
        method=method,
        basis=basis,
        covered_fen=covered,
        subsidy_percent=Decimal(version.benefit.rate_percent or 0) if version else Decimal(0),
        recorded_at=calendar.now(),
        recorded_by_label=actor.label,
        region=approved.region,
    )
    _save(loan)
    write_schedule(loan)
    renew(loan)
    audit.record(actor, "loan.record", loan.ref, region=loan.region, detail={"fen": principal_fen})
    publish("loan.paid_out", loan_id=loan.pk, case_ref=loan.case_ref)
    return loan


def _approved(referral: Referral) -> Referral:
    row = Referral.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=referral.pk).first()
    if row is None:
        raise NotFound
    if row.role != states.BANK or row.decision != states.APPROVED:
        raise Refused("银行还没有同意这笔贷款，不能登记放款。", "not-approved")
    return row


def _refuse_wrong_terms(
    approved: Referral, contract_no: str, from_on: date, principal_fen: int, method: str, basis: str
) -> None:
    if not contract_no:
        raise Refused("请填写借据号。", "contract")
    if approved.decided_at is None or not approved.decided_at.date() <= from_on <= calendar.today():
        raise Refused("放款日应在银行同意以后、今天以前（含）。", "day")
    if not 0 < principal_fen <= (approved.amount_fen or 0):
        raise Refused(f"放款金额应在0元以上、同意的{words(approved.amount_fen or 0)}以下（含）。", "amount")
    if method not in states.METHODS or basis not in states.BASES:
        raise Refused("请在列出的里面选还款方式和计息方式。", "method")


def _guarantee(case_ref: str) -> Referral | None:
    """The guarantor's agreement; None where the request never went to one."""
    asked = Referral.objects.filter(case_ref=case_ref, role=states.GUARANTOR).select_related("unit").order_by("-id")
    last = asked.exclude(decision=states.WITHDRAWN).first()
    if last is not None and last.decision != states.APPROVED:
        raise Refused("担保机构还没有同意，不能放款。", "no-guarantee")
    return last


def _version(measure_id: str, on: date) -> Version | None:
    measure = releases.current().measures.get(measure_id)
    standing = [one for one in measure.versions if one.valid_from <= on] if measure else []
    return standing[-1] if standing else None


def _covered(approved: Referral, principal_fen: int, on: date) -> int:
    """What is left of the measure's cap beside the borrower's other loans of it that still run."""
    others = Loan.objects.filter(
        beneficiary_id__in=registers.same_as(approved.beneficiary_id), measure=approved.measure, settled_on=None
    )
    running = others.aggregate(fen=Sum(F("principal_fen") - F("principal_paid_fen")))["fen"] or 0
    return principal_fen if not approved.cap_fen else max(min(principal_fen, approved.cap_fen - running), 0)


def _save(loan: Loan) -> None:
    try:
        with transaction.atomic():
            loan.save()
    except IntegrityError as error:
        if "lending_loan_contract" in str(error):
            raise Refused(f"借据号“{loan.contract_no}”已经登记过，不能重复登记。", "contract-repeated") from error
        raise Refused("这个办件已经登记过放款，没有重复登记。", "recorded-before") from error
