"""Review by a second person (审办分离): further checks with the clock stopped, the pass that claims money, refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import declared, states
from guiyan.cases.actions.comparing import compare_again
from guiyan.cases.actions.deciding import write_decision
from guiyan.cases.actions.moving import locked, move, refuse_if_blocked
from guiyan.cases.actions.reporting import tell_registers
from guiyan.cases.actions.telling import tell_approved, tell_further_check, tell_refused, tell_resumed
from guiyan.cases.actions.verdicts import take_verdict
from guiyan.cases.delegated import delegated_words
from guiyan.cases.models import Case, CaseVerdict, Delegation
from guiyan.cases.money_words import yuan
from guiyan.cases.permissions import require_competence
from guiyan.cases.reckoning import bounds_of, is_reckoned, step_of
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.ledger import actions as ledger
from guiyan.registers import queries as registers


@transaction.atomic
def suspend_case(actor: Actor, *, case: Case, reason: str) -> Case:
    """Start a further check (补充核查): the clock stands, for a reason the applicant reads."""
    require(actor, "case.review", case)
    require_competence(actor, "case.review", case)
    reason = at_most(reason, 300, "补充核查的原因")
    moved = move(actor, locked(case), "suspend", reason=reason)
    tell_further_check(moved, reason)
    return moved


@transaction.atomic
def resume_case(actor: Actor, *, case: Case, reason: str = "") -> Case:
    """End the further check; the clock goes on where it stood."""
    require(actor, "case.review", case)
    require_competence(actor, "case.review", case)
    moved = move(actor, locked(case), "resume", reason=reason.strip())
    tell_resumed(moved)
    return moved


@transaction.atomic
def pass_review(actor: Actor, *, case: Case, opinion: str = "", amount_fen: int | None = None) -> Case:
    """Approve, by another person than accepted, and so hold the money: one benefit a person, whoever comes first.

    The rule is asked again on today's facts and its answer kept; a clear “no” cannot be passed.
    amount_fen: what is given, where the measure leaves a range; the opinion then says why that much.
    """
    require(actor, "case.review", case)
    case = locked(case)
    under = require_competence(actor, "case.review", case)
    refuse_if_blocked(actor, case, "pass_review")
    pays = declared.item_of(case).outcome == "payment"
    reckoned = is_reckoned(case)
    if reckoned:
        # What was given before must not change between the reckoning and the claim.
        with entered(Scope.system()):
            registers.lock_canonical(case.beneficiary_id)
    elif pays:
        _set_amount(case, amount_range(case), amount_fen, opinion)
        refuse_without_amount(case)
    compare_again(case)
    verdict = take_verdict(case, "reviewed")
    refuse_unmet(case, verdict)
    if reckoned and verdict is not None:
        _set_reckoned(case, verdict.reckoning, amount_fen, opinion)
        refuse_without_amount(case)
    if pays:
        _hold_money(actor, case, verdict.reckoning if reckoned and verdict is not None else {})
    by = delegated_words(under) if under else ""
    moved = move(actor, case, "pass_review", reason=opinion.strip(), on_behalf=by)
    tell_registers(actor, moved)
    tell_approved(moved)
    return moved


def refuse_without_amount(case: Case) -> None:
    if case.amount_fen <= 0:
        raise Refused("这项政策还没有公布金额，不能通过。请先由政策管理员补上金额。", "amount")


def amount_range(case: Case) -> tuple[int, int] | None:
    """The least and the most, in fen, that the reviewer may give; None where that is not the reviewer's to say.

    Where facts decide: by the last verdict, which is taken again when the case is passed.
    """
    if is_reckoned(case):
        last = CaseVerdict.objects.filter(case=case).order_by("-id").first()
        return bounds_of(last.reckoning) if last is not None else None
    measure = declared.measure_of(case)
    return declared.benefit_range(measure, declared.day_of(case)) if measure is not None else None


def _set_reckoned(case: Case, reckoning: Mapping[str, Any], amount_fen: int | None, opinion: str) -> None:
    """The sum that the facts leave, or one between its ends."""
    if reckoning.get("paid_most_fen") is None:
        raise Refused("按现在查到的事实还定不了金额：不知道是哪一档，或者不知道以前领过多少。请先核实补上。", "amount")
    bounds = bounds_of(reckoning)
    if bounds is None:
        case.amount_fen = reckoning["paid_most_fen"]
        case.save(update_fields=["amount_fen"])
    _set_amount(case, bounds, amount_fen, opinion)


def _set_amount(case: Case, bounds: tuple[int, int] | None, amount_fen: int | None, opinion: str) -> None:
    if bounds is None:
        if amount_fen not in (None, case.amount_fen):
            raise Refused(f"这项政策的金额是固定的{yuan(case.amount_fen)}，不能另定。", "amount")
        return
    least, most = bounds
    if amount_fen is None or not least <= amount_fen <= most:
        raise Refused(f"请在{yuan(least)}到{yuan(most)}之间审定金额。", "amount")
    if not opinion.strip():
        raise Refused("请写明为什么定这个金额。", "reason")
    case.amount_fen = amount_fen
    case.save(update_fields=["amount_fen"])


def refuse_unmet(case: Case, verdict: CaseVerdict | None) -> None:
    """A clear “no” of the rule, or a measure that has run out, cannot be passed; nor an award on what is not known."""
    if verdict is None:
        return
    if verdict.verdict == "unknown" and declared.money_word(case) == declared.AWARD:
        open_ones = "；".join(str(one["label"]) for one in verdict.reasons if one["verdict"] == "unknown")
        raise Refused(f"还查不到：{open_ones}。认定名录没有导入的，请先导入，再审核。", "verdict")
    if verdict.verdict not in ("no", "expired"):
        return
    failed = "；".join(str(one["label"]) for one in verdict.reasons if one["verdict"] == "no")
    raise Refused(
        f"按现在查到的事实还不符合：{failed or '措施已到期'}。不能通过，请退回核验或作不予办理的决定。", "verdict"
    )


def _hold_money(actor: Actor, case: Case, reckoning: Mapping[str, Any]) -> None:
    step, measure = step_of(case, reckoning), declared.given_by(case)
    less = ledger.TakenOff(tuple(reckoning["less"]), reckoning["given_fen"]) if reckoning else None
    with entered(Scope.system()):
        ledger.claim_entitlement(
            actor,
            measure_id=case.measure,
            subject_id=case.beneficiary_id,
            case_ref=case.ref,
            amount_fen=case.amount_fen,
            region=case.region,
            once_per=measure.once_per or (measure.kind if step else ""),
            programme=declared.item_of(case).payment_rule.account_code,
            lists=declared.pack_of(case).lists,
            step=step,
            less=less,
        )


@transaction.atomic
def refuse_case(actor: Actor, *, case: Case, grounds: Sequence[str] = (), reason: str) -> Case:
    """Refuse the benefit (不予发放) by a written decision; money held for it is given back.

    grounds: ids of the measure's conditions that are not met.
    """
    require(actor, "case.review", case)
    case = locked(case)
    return refuse_locked(actor, case, grounds, reason, require_competence(actor, "case.review", case))


def refuse_locked(
    actor: Actor, case: Case, grounds: Sequence[str], reason: str, under: Delegation | None = None
) -> Case:
    """The refusal itself, for a case already locked by an action that checked its own permission."""
    refuse_if_blocked(actor, case, "refuse")
    held = case.state in states.WITH_ENTITLEMENT
    decision = write_decision(actor, case, kind="refused", grounds=list(grounds), reason=reason, under=under)
    moved = move(actor, case, "refuse", reason=reason.strip())
    if held:
        with entered(Scope.system()):
            ledger.void_entitlement(actor, case_ref=moved.ref, reason=f"{decision.number}")
    tell_refused(moved, moved.state_label, decision.number, decision.reason, declared.appeal_words(decision.appeal))
    return moved
