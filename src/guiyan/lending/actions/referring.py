"""Sending a request to a bank or guarantor, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction

from guiyan.accounts.models import Unit
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import at_most
from guiyan.lending import states
from guiyan.lending.models import Referral
from guiyan.lending.money_words import words
from guiyan.lending.permissions import refuse_own, require_unit
from guiyan.lending.schedule import MOST_MONTHS

MOST_RATE = Decimal(24)
PERMISSION = {states.BANK: "loan.decide", states.GUARANTOR: "loan.guarantee"}


@dataclass(frozen=True, slots=True)
class Request:
    """The request as it goes out. shown: [{"label", "value"}], all that the unit needs; advice: see `Referral`."""

    case_ref: str
    case_number: str
    title: str
    measure: str
    subject_id: int
    beneficiary_id: int
    borrower: str
    wish_fen: int
    wish_months: int
    cap_fen: int
    region: int
    shown: Sequence[Mapping[str, str]] = ()
    advice: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def refer(actor: Actor, *, role: str, unit: Unit, request: Request) -> Referral:
    """Send a request to a bank or guarantor. That the actor may do so is for the case's own action to say.

    Refused when the unit is of another kind, when one is waiting already, or for more than the measure allows.
    """
    if unit.kind != role:
        raise Refused(f"{unit.short_name or unit.name}不是{states.ROLES[role]}，不能送审。", "unit-kind")
    refuse_more_than(request.cap_fen, request.wish_fen)
    try:
        with transaction.atomic():
            sent = Referral.objects.create(
                role=role,
                unit=unit,
                case_ref=request.case_ref,
                case_number=request.case_number,
                title=request.title,
                measure=request.measure,
                subject_id=request.subject_id,
                beneficiary_id=request.beneficiary_id,
                borrower=request.borrower,
                wish_fen=request.wish_fen,
                wish_months=request.wish_months,
                cap_fen=request.cap_fen,
                shown=[dict(one) for one in request.shown],
                advice=dict(request.advice),
                sent_at=calendar.now(),
                sent_by_label=actor.label,
                region=request.region,
            )
    except IntegrityError as error:
        raise Refused(f"这件已经送{states.ROLES[role]}，还没有答复。", "sent-before") from error
    audit.record(actor, "loan.refer", f"referral:{sent.pk}", region=sent.region, detail={"unit": unit.code})
    return sent


def refuse_more_than(cap_fen: int, wish_fen: int) -> None:
    """Of a wish above what the measure allows."""
    if cap_fen and wish_fen > cap_fen:
        raise Refused(f"这项贷款最高{words(cap_fen)}（含），现在填的是{words(wish_fen)}。请改小金额。", "above-cap")


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
    """The bank's answer (amount, yearly rate, term) or the guarantor's (with or without a counter-guarantee).

    A refusal always has its reason; so has a guarantor's answer, which may follow the advice or not.
    """
    require_unit(actor, PERMISSION[referral.role], referral.unit_id)
    refuse_own(actor, referral.subject_id)
    row = _open_one(referral)
    row.reason = at_most(reason, 300, "理由")
    if not row.reason and (not approve or row.role == states.GUARANTOR):
        raise Refused("请写明理由，申请人和经办单位会看到。", "reason")
    if approve and row.role == states.BANK:
        _take_terms(row, amount_fen, rate_percent, months)
    elif approve:
        _take_guarantee(row, counter_guarantee)
    row.decision = states.APPROVED if approve else states.DECLINED
    row.decided_at, row.decided_by_label = calendar.now(), actor.label
    row.save()
    audit.record(actor, "loan.answer", f"referral:{row.pk}", region=row.region, detail={"decision": row.decision})
    return row


def _open_one(referral: Referral) -> Referral:
    row = Referral.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=referral.pk).first()
    if row is None:
        raise NotFound
    if row.decision:
        raise Refused(f"这件已经答复过：{row.decision_label}。不能再改。", "answered")
    return row


def _take_terms(row: Referral, amount_fen: int, rate_percent: Decimal | None, months: int) -> None:
    if not 0 < amount_fen <= row.wish_fen:
        raise Refused(f"同意金额应在0元以上、申请的{words(row.wish_fen)}以下（含）。", "amount")
    if rate_percent is None or not 0 <= rate_percent <= MOST_RATE:
        raise Refused(f"年利率应在0%—{MOST_RATE}%之间，例如3.1。", "rate")
    if not 1 <= months <= MOST_MONTHS:
        raise Refused(f"期限应在1个月—{MOST_MONTHS}个月之间。", "months")
    row.amount_fen, row.rate_percent, row.months = amount_fen, rate_percent, months


def _take_guarantee(row: Referral, counter_guarantee: str) -> None:
    if counter_guarantee not in states.COUNTER_GUARANTEE:
        raise Refused("请选免除反担保，或者要求反担保。", "counter-guarantee")
    row.counter_guarantee = counter_guarantee


@transaction.atomic
def withdraw_referral(actor: Actor, *, case_ref: str, reason: str) -> None:
    """End the round of a case: what waits for an answer, and what was agreed to and not paid out, counts no more.

    Permission is the case's own action's.
    """
    live = Referral.objects.select_for_update().filter(case_ref=case_ref, decision__in=("", states.APPROVED))
    for row in live.order_by("id"):
        row.reason = at_most(reason, 300, "理由") if not row.decision else row.reason
        row.decision, row.decided_by_label = states.WITHDRAWN, row.decided_by_label or actor.label
        row.decided_at = row.decided_at or calendar.now()
        row.save()
        audit.record(actor, "loan.withdraw", f"referral:{row.pk}", region=row.region)
