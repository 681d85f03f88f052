"""What was sent to a bank or guarantor: theirs to read and answer, the office's to follow."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import states
from guiyan.lending.models import BankReport, Loan, Referral
from guiyan.lending.permissions import units_acting

MOST = 200


def referrals_for(actor: Actor) -> QuerySet[Referral]:
    """Of the officer's regions, or sent to the actor's own unit. Newest first."""
    return visible(actor, "loan.view", Referral.objects.select_related("unit"), subject=None).order_by("-id")


REQUEST_VIEWS = {"waiting": "待答复", "agreed": "已同意", "over": "没有同意或已撤回", "all": "全部"}


def requests_for(actor: Actor, view: str, words: str = "") -> QuerySet[Referral]:
    """What was sent to the actor's unit, or in the officer's regions; words: a borrower's name or a case's number."""
    rows = referrals_for(actor)
    if words:
        rows = rows.filter(Q(borrower__startswith=words) | Q(case_number__startswith=words.upper()))
    if view == "waiting":
        return rows.filter(decision="").order_by("id")
    wanted = {"agreed": (states.APPROVED,), "over": (states.DECLINED, states.WITHDRAWN)}.get(view)
    return rows.filter(decision__in=wanted) if wanted else rows


def request_counts(actor: Actor) -> dict[str, int]:
    """How many requests each view has, in one query."""
    of = referrals_for(actor).order_by().values_list("decision").annotate(count=Count("id"))
    counts: dict[str, int] = dict(of)
    over = counts.get(states.DECLINED, 0) + counts.get(states.WITHDRAWN, 0)
    waiting, agreed = counts.get("", 0), counts.get(states.APPROVED, 0)
    return {"waiting": waiting, "agreed": agreed, "over": over, "all": sum(counts.values())}


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


def waiting_to_pay_out(actor: Actor) -> list[Referral]:
    """Approved by the actor's bank, agreed by the guarantor, not paid out yet; oldest first.

    What the guarantor said stands behind its own wall, so it is asked as the system, of the actor's own bank alone.
    """
    banks = units_acting(actor, "loan.decide")
    agreed = Referral.objects.filter(case_ref=OuterRef("case_ref"), role=states.GUARANTOR, decision=states.APPROVED)
    paid = Loan.objects.filter(case_ref=OuterRef("case_ref"))
    mine = Referral.objects.filter(role=states.BANK, decision=states.APPROVED, unit_id__in=banks)
    with entered(Scope.system()):
        return list(mine.filter(Exists(agreed), ~Exists(paid)).select_related("unit").order_by("id")[:MOST])


def banks_acting(actor: Actor) -> list[Unit]:
    """The banks for which the actor states repayments."""
    return list(Unit.objects.filter(pk__in=units_acting(actor, "loan.decide"), kind=states.BANK).order_by("code"))


def reports_for(actor: Actor) -> QuerySet[BankReport]:
    """Reports of the actor's bank, or of banks of the officer's regions."""
    rows = BankReport.objects.select_related("bank")
    return visible(actor, "loan.view", rows, unit="bank_id").order_by("-id")


def report_by_id(actor: Actor, report_id: int) -> BankReport:
    found = reports_for(actor).filter(pk=report_id).first()
    if found is None:
        raise NotFound
    return found
