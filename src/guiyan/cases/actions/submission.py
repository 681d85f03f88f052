"""Submitting: once, whatever is clicked twice; compared with lists first; the rule's answer kept as it was."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from guiyan.cases import answers, borrowing, contents, declared, materials, states
from guiyan.cases.actions.answering import keep_answers
from guiyan.cases.actions.comparing import compare_again
from guiyan.cases.actions.moving import behalf, locked, move
from guiyan.cases.actions.once import once_key, refuse_second
from guiyan.cases.actions.telling import tell_submitted, tell_supplied
from guiyan.cases.actions.verdicts import take_verdict
from guiyan.cases.models import Case, Supplement
from guiyan.cases.numbering import case_number
from guiyan.cases.permissions import require_applicant
from guiyan.cases.reckoning import is_reckoned
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import actions as lending
from guiyan.lending.actions.referring import refuse_more_than
from guiyan.registers import queries as registers


@transaction.atomic
def submit_case(
    actor: Actor,
    *,
    case: Case,
    token: str,
    values: Mapping[str, object] | None = None,
    confirmed: str | None = None,
) -> Case:
    """Submit a draft. `token` is the one the form was shown with: a second click with it gives the same case.

    confirmed: the mark of what was looked over (`contents.mark_of`); None where the form itself is what is sent.
    Refused when the draft is another by now, when something on the form or among the materials is missing, or when
    this person has applied before.
    """
    require_applicant(actor, case)
    refuse_part(case)
    case = locked(case)
    if token != case.submission_token:
        raise Refused("这一页已经过期，请重新打开草稿再提交。填过的内容都在。", "token")
    if case.state != states.DRAFT:
        return case
    if confirmed is not None and confirmed != contents.mark_of(case):
        raise Refused("核对以后草稿又改过，还没有提交。下面是现在的内容，请重新核对，再提交。", "changed")
    if values is not None:
        keep_answers(actor, case, values)
    refuse_unfinished(case)
    return send(actor, case)


def refuse_part(case: Case) -> None:
    """A draft that is written with others is sent, or given up, with them."""
    if case.joint is not None and case.state == states.DRAFT:
        raise Refused(f"这份草稿和“{case.joint.title}”里的别的事项一起填，请在那里一起提交或者放弃。", "joint")


def send(actor: Actor, case: Case) -> Case:
    """Submit a locked draft in which nothing is missing. Refused when this person has applied before."""
    with entered(Scope.system()):
        holder = registers.lock_canonical(case.beneficiary_id)
    item, measure = declared.item_of(case), declared.measure_of(case)
    refuse_second(item, measure, holder, besides=case)
    case.once_key, case.submitted_at = once_key(item, measure, holder), calendar.now()
    case.amount_fen = asked_fen(case)
    case.green = item.green_channel or (case.joint is not None and declared.bundle_of(case.joint).green_channel)
    case.number = case_number(declared.number_prefix(), case.unit.region)
    case.save()
    compare_again(case)
    verdict = take_verdict(case, "submitted")
    if is_reckoned(case) and verdict is not None:
        case.amount_fen = verdict.reckoning.get("paid_most_fen") or 0
        case.save(update_fields=["amount_fen"])
    moved = move(actor, case, "submit", facts={"materials_missing": 0}, on_behalf=behalf(actor, case))
    tell_submitted(moved, moved.unit.short_name or moved.unit.name)
    return moved


@transaction.atomic
def resubmit_case(actor: Actor, *, case: Case, values: Mapping[str, object] | None = None) -> Case:
    """Answer the notice of what to add; what was asked for must be there, and nothing else may have changed."""
    require_applicant(actor, case)
    case = locked(case)
    if case.state == states.SUBMITTED:
        return case
    supplement = Supplement.objects.select_for_update().filter(case=case).first()
    if supplement is None or case.state != states.SUPPLEMENT:
        raise Refused(f"这件现在是“{case.state_label}”，没有要补的。", "state")
    if values is not None:
        keep_answers(actor, case, values)
    refuse_unfinished(case)
    lacking = materials.not_added_since(case, supplement)
    if lacking:
        raise Refused(f"还没有补交：{'、'.join(lacking)}。", "materials")
    supplement.answered_at = calendar.now()
    supplement.save(update_fields=["answered_at"])
    moved = move(actor, case, "resubmit", facts={"materials_missing": 0}, on_behalf=behalf(actor, case))
    tell_supplied(moved, moved.unit.short_name or moved.unit.name)
    return moved


def asked_fen(case: Case) -> int:
    """What a loan's form asks for, within the measure's cap; else what the measure gives."""
    if borrowing.is_loan(case):
        wish = borrowing.wish_of(case)
        refuse_more_than(wish.cap_fen, wish.fen)
        return wish.fen
    return declared.benefit_fen(declared.measure_of(case), declared.day_of(case))


def refuse_unfinished(case: Case) -> None:
    """Say everything that is missing at once, not one thing a time."""
    wrong = list(answers.problems(case).values()) + [f"请交{one}" for one in materials.lacking(case)]
    if wrong:
        raise Refused("；".join(wrong) + "。", "unfinished")


@transaction.atomic
def withdraw_case(actor: Actor, *, case: Case, reason: str = "") -> Case:
    """Take the request back before it is accepted, or a loan before it is paid out; a new one may follow.

    A bank and guarantor that were asked for a loan need not answer any more.
    """
    require_applicant(actor, case)
    refuse_part(case)
    case = locked(case)
    if case.state in states.WITH_THE_BANK:
        with entered(Scope.system()):
            lending.withdraw_referral(actor, case_ref=case.ref, reason="申请人撤回了申请")
    return move(actor, case, "withdraw", reason=reason.strip(), on_behalf=behalf(actor, case))
