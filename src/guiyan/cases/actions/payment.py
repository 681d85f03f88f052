"""Asking the treasury to pay, what comes back, and asking money back. The money itself is the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import answers, declared, states
from guiyan.cases.actions.answering import write_answers
from guiyan.cases.actions.drafts import keep_file
from guiyan.cases.actions.moving import behalf, locked, locked_batch, move, move_batch
from guiyan.cases.actions.publication import lines_in
from guiyan.cases.actions.settling import settle_if_done
from guiyan.cases.actions.telling import (
    tell_account_given,
    tell_account_returned,
    tell_paid,
    tell_paying,
    tell_recovered,
    tell_recovering,
    tell_reissued,
    tell_returned,
)
from guiyan.cases.materials import ACCOUNT
from guiyan.cases.models import Batch, Case
from guiyan.cases.permissions import is_own, require_applicant, require_bureau
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.ledger import actions as ledger

DAYS_TO_CORRECT = 5
CORRECTABLE = (states.RETURNED, states.ACCOUNT_CHECK)


@transaction.atomic
def request_batch_payment(actor: Actor, *, batch: Batch) -> str:
    """Ask the treasury to pay every line of the batch that may be paid now; later lines go in a further request.

    Gives the number of the payment request.
    """
    require(actor, "payment.request", batch)
    batch = locked_batch(batch)
    lines = lines_in(batch, states.PAYABLE)
    if not lines:
        raise Refused("本批现在没有可以拨付的办件：公示要期满，异议要办完。", "nothing-payable")
    asked = [_pay_line(locked(line.case)) for line in lines]
    with entered(Scope.system()):
        request = ledger.request_payment(actor, batch_ref=batch.ref, lines=asked)
    if batch.state == states.BATCH_CLEARED:
        batch = move_batch(actor, batch, "request_payment", reason=request.number)
    for line in lines:
        tell_paying(move(actor, locked(line.case), "request_payment", reason=request.number))
    return str(request.number)


def _pay_line(case: Case) -> ledger.PayLine:
    account = answers.account_of(case)
    return ledger.PayLine(
        case_ref=case.ref,
        payee=account.holder,
        bank=account.bank,
        account_no=account.number,
        amount_fen=case.amount_fen,
        region=case.region,
        subject_id=case.beneficiary_id,
    )


@dataclass(frozen=True)
class Picture:
    """A photo or scan as it came in."""

    name: str
    content: bytes


@transaction.atomic
def correct_account(actor: Actor, *, case: Case, bank: str, account_no: str, picture: Picture | None = None) -> Case:
    """After a returned payment: where the money goes instead.

    The applicant on her own account: it is paid again. Anybody for her: with a fresh picture of her card, and only
    after another officer has confirmed it (`confirm_account`). She is told the new account's tail either way.
    """
    require_applicant(actor, case)
    case = locked(case)
    own = is_own(actor, case.subject_id)
    verb, correctable = ("reissue", CORRECTABLE) if own else ("correct_account", (states.RETURNED,))
    if case.state not in correctable:
        raise Refused(f"这件现在是“{case.state_label}”，不用更正收款账户。", "state")
    if verb not in workflow.flow_of(case).verbs:
        raise Refused("这件按以前的流程办理，只能由申请人本人登录后更正收款账户。", "old-flow")
    write_answers(actor, case, answers.account_changes(case, bank=bank, account_no=account_no))
    if not own:
        _keep_picture(actor, case, picture)
    moved = move(actor, case, verb, reason=f"新账户尾号{case.account_tail}", on_behalf=behalf(actor, case))
    if own:
        tell_reissued(moved)
    else:
        tell_account_given(moved, actor.label, declared.item_of(case).phone)
    return moved


def _keep_picture(actor: Actor, case: Case, picture: Picture | None) -> None:
    """The card the number was read from, beside the earlier ones; where the item takes no such paper, none is asked."""
    wanted = declared.item_of(case).materials.get(ACCOUNT)
    if wanted is None:
        return
    if picture is None or not picture.content:
        raise Refused(f"请当面拍下申请人新的银行卡（{wanted.label}），和新账户一起提交。", "picture")
    keep_file(actor, case, ACCOUNT, picture.name, picture.content)


@transaction.atomic
def confirm_account(actor: Actor, *, case: Case, opinion: str = "") -> Case:
    """Another officer has compared the account given for the applicant with the picture: it may be paid again."""
    require(actor, "case.review", case)
    require_bureau(actor, "case.review", case)
    moved = move(actor, locked(case), "confirm_account", reason=at_most(opinion, 300, "意见"))
    tell_reissued(moved)
    return moved


@transaction.atomic
def return_account(actor: Actor, *, case: Case, reason: str) -> Case:
    """The account given for the applicant does not hold: it is to be corrected again, for a reason she reads."""
    require(actor, "case.review", case)
    require_bureau(actor, "case.review", case)
    reason = at_most(reason, 300, "退回的理由")
    moved = move(actor, locked(case), "return_account", reason=reason)
    tell_account_returned(moved, reason, _day_to_correct())
    return moved


def payment_made(case: Case) -> Case:
    """The treasury's receipt: the money arrived. A repeated receipt changes nothing."""
    case = locked(case)
    if case.state != states.PAYING:
        return case
    moved = move(SYSTEM, case, "confirm_payment", reason="财政回执：拨付成功")
    tell_paid(moved)
    settle_if_done(moved)
    return moved


def payment_came_back(case: Case, reason: str) -> Case:
    """A returned payment (退票): the applicant is told why and by when to put the account right."""
    case = locked(case)
    if case.state != states.PAYING:
        return case
    moved = move(SYSTEM, case, "return_payment", reason=reason)
    tell_returned(moved, reason, _day_to_correct())
    return moved


def _day_to_correct() -> date | None:
    """None in a year whose holidays nobody has entered: what the bank sent back is taken all the same."""
    try:
        return calendar.calendar().add_working_days(calendar.today(), DAYS_TO_CORRECT)
    except calendar.CalendarYearMissing:
        return None


@transaction.atomic
def close_case(actor: Actor, *, case: Case) -> Case:
    """Close a paid case before its batch is settled."""
    require(actor, "case.accept", case)
    require_bureau(actor, "case.accept", case)
    return move(actor, locked(case), "close")


@transaction.atomic
def start_recovery(actor: Actor, *, case: Case, amount_fen: int, reason: str) -> Case:
    """Ask money back that should not have been paid; the ledger waits for the treasury's receipt."""
    require(actor, "case.recover", case)
    reason = at_most(reason, 300, "追回的原因")
    if not reason:
        raise Refused("请写明为什么追回。", "reason")
    case = locked(case)
    moved = move(actor, case, "start_recovery", reason=reason.strip())
    with entered(Scope.system()):
        ledger.start_recovery(actor, case_ref=case.ref, amount_fen=amount_fen, reason=reason.strip())
    tell_recovering(moved, amount_fen, reason.strip())
    return moved


def recovery_done(case: Case) -> Case:
    """All that was asked back is in."""
    case = locked(case)
    if case.state != states.RECOVERING:
        return case
    moved = move(SYSTEM, case, "finish_recovery", reason="退款已全部入库")
    tell_recovered(moved)
    audit.record(SYSTEM, "case.recovery_done", moved.ref, region=moved.region)
    return moved
