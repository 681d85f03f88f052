"""Loans: those an actor may see, searched and filtered, with their sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import visible
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.lending import states
from guiyan.lending.models import Loan
from guiyan.lending.permissions import units_acting
from guiyan.registers import queries as registers


def loans_for(actor: Actor) -> QuerySet[Loan]:
    """Of the officer's regions; to a bank its own, to a guarantor those it guarantees. Newest first."""
    rows = Loan.objects.select_related("bank", "guarantor")
    as_bank = visible(actor, "loan.view", rows, unit="bank_id")
    as_guarantor = visible(actor, "loan.view", rows, unit="guarantor_id")
    return (as_bank | as_guarantor).order_by("-id")


def loan_by_number(actor: Actor, number: str) -> Loan:
    found = loans_for(actor).filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def loan_of_case(case_ref: str) -> Loan | None:
    """Within the entered scope."""
    return Loan.objects.select_related("bank", "guarantor").filter(case_ref=case_ref).first()


def loan_seen(actor: Actor, case_ref: str) -> Loan | None:
    """The loan that came of a request, if there is one and the actor may see it."""
    return loans_for(actor).filter(case_ref=case_ref).first() if case_ref else None


def claims_waiting(actor: Actor) -> QuerySet[Loan]:
    """What banks asked of the guarantor that the actor acts for, and is not paid yet; oldest first."""
    mine = loans_for(actor).filter(guarantor_id__in=units_acting(actor, "loan.guarantee"))
    return mine.filter(STANDING[states.CLAIM_OPEN]()).order_by("claim_asked_on", "id")


def loans_of(subject_id: int) -> QuerySet[Loan]:
    """A person's own, under whichever of her merged entries; within the entered scope."""
    rows = Loan.objects.filter(subject_id__in=registers.same_as(subject_id))
    return rows.select_related("bank", "guarantor").order_by("-id")


@dataclass(frozen=True)
class LoanFilters:
    """As they stand in the address. standing: a key of states.STANDINGS; others empty for all."""

    words: str = ""
    standing: str = ""
    measure: str = ""
    bank: str = ""


def narrowed(rows: QuerySet[Loan], wanted: LoanFilters) -> QuerySet[Loan]:
    """words: the beginning of a number, a borrower's or firm's name, or the bank's own number."""
    if wanted.words:
        begins = Q(borrower__startswith=wanted.words) | Q(contract_no__startswith=wanted.words)
        rows = rows.filter(begins | Q(number__startswith=wanted.words.upper()) | Q(firm__startswith=wanted.words))
    if wanted.standing in STANDING:
        rows = rows.filter(STANDING[wanted.standing]())
    if wanted.measure:
        rows = rows.filter(measure=wanted.measure)
    return rows.filter(bank__code=wanted.bank) if wanted.bank else rows


def _running() -> Q:
    return Q(settled_on=None, claim_paid_on=None, claim_asked_on=None)


def _late() -> Q:
    return Q(next_due_on__lt=calendar.today())


STANDING: dict[str, Callable[[], Q]] = {
    states.CURRENT: lambda: _running() & (~_late() | Q(next_due_on=None)),
    states.OVERDUE: lambda: _running() & _late(),
    states.CLAIM_OPEN: lambda: Q(claim_asked_on__isnull=False, claim_paid_on=None, settled_on=None),
    states.CLAIM_PAID: lambda: Q(claim_paid_on__isnull=False),
    states.SETTLED: lambda: Q(settled_on__isnull=False, claim_paid_on=None),
}


@dataclass(frozen=True)
class Totals:
    count: int
    paid_out_fen: int
    outstanding_fen: int
    overdue_count: int
    overdue_fen: int


def totals(rows: QuerySet[Loan]) -> Totals:
    """In one query. overdue_fen: the principal outstanding of loans that are overdue."""
    left, late = F("principal_fen") - F("principal_paid_fen"), STANDING[states.OVERDUE]()
    sums = rows.order_by().aggregate(
        count=Count("id"),
        paid_out=Sum("principal_fen"),
        outstanding=Sum(left),
        overdue=Count("id", filter=late),
        overdue_fen=Sum(left, filter=late),
    )
    return Totals(
        sums["count"], sums["paid_out"] or 0, sums["outstanding"] or 0, sums["overdue"], sums["overdue_fen"] or 0
    )


def banks_seen(actor: Actor) -> list[Unit]:
    """The banks of the loans the actor may see, for the filter."""
    ids = loans_for(actor).order_by().values("bank_id").distinct()
    return list(Unit.objects.filter(pk__in=ids).order_by("code"))
