"""What was sent to a bank or guarantor: theirs to read and answer, the office's to follow."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.lending import states
from guiyan.lending.models import BankReport, Loan, Referral
from guiyan.lending.permissions import units_acting


def referrals_for(actor: Actor) -> QuerySet[Referral]:
    """Of the officer's regions, or sent to the actor's own unit. Newest first."""
    return visible(actor, "loan.view", Referral.objects.select_related("unit"), subject=None).order_by("-id")


def referral_by_id(actor: Actor, referral_id: int) -> Referral:
    found = referrals_for(actor).filter(pk=referral_id).first()
    if found is None:
        raise NotFound
    return found


def referrals_of_case(case_ref: str) -> list[Referral]:
    """Every round, oldest first; within the entered scope."""
    return list(Referral.objects.filter(case_ref=case_ref).select_related("unit").order_by("id"))


def waiting_for(actor: Actor) -> QuerySet[Referral]:
    """What waits for an answer of the actor's own unit."""
    as_bank, as_guarantor = units_acting(actor, "loan.decide"), units_acting(actor, "loan.guarantee")
    return referrals_for(actor).filter(decision="", unit_id__in=as_bank | as_guarantor).order_by("id")


def waiting_to_pay_out(actor: Actor) -> QuerySet[Referral]:
    """Approved by the actor's bank, agreed by the guarantor, not paid out yet."""
    agreed = Referral.objects.filter(case_ref=OuterRef("case_ref"), role=states.GUARANTOR, decision=states.APPROVED)
    paid = Loan.objects.filter(case_ref=OuterRef("case_ref"))
    mine = referrals_for(actor).filter(
        role=states.BANK, decision=states.APPROVED, unit_id__in=units_acting(actor, "loan.decide")
    )
    return mine.filter(Exists(agreed), ~Exists(paid)).order_by("id")


def banks_acting(actor: Actor) -> list[Unit]:
    """The banks for which the actor states repayments."""
    return list(Unit.objects.filter(pk__in=units_acting(actor, "loan.decide"), kind=states.BANK).order_by("code"))


def reports_for(actor: Actor) -> QuerySet[BankReport]:
    """Reports of the actor's bank, or of banks of the officer's regions."""
    rows = BankReport.objects.select_related("bank")
    return visible(actor, "loan.view", rows, unit="bank_id").order_by("-id")
