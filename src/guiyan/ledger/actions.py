"""What the ledger does about entitlements and budgets. Requests and the treasury's answers are in `payments`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, failpoints, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.ledger import queries
from guiyan.ledger.accounts import Posting, account, payer_region, post
from guiyan.ledger.models import Entitlement, Recovery, RecoveryReceipt
from guiyan.ledger.payments import PayLine, import_result, request_payment
from guiyan.packs.register import ComparisonList
from guiyan.registers import queries as registers
from guiyan.registers.actions import note_compared

__all__ = [
    "PayLine",
    "TakenOff",
    "claim_entitlement",
    "import_result",
    "record_recovery",
    "request_payment",
    "set_budget",
    "start_recovery",
    "void_entitlement",
]


@dataclass(frozen=True)
class TakenOff:
    """Measures whose money is taken off an amount, and what the ledger had given of them when it was reckoned."""

    measures: tuple[str, ...]
    given_fen: int


@transaction.atomic
def set_budget(
    actor: Actor, *, programme: str, region: int, amount_fen: int, source_doc: str, receipt: str | None = None
) -> None:
    """Add money granted by the treasury to a county's pot. `receipt` (default: the document) makes it count once."""
    pot = account(programme, region, "budget")
    require(actor, "payment.result", pot)
    if amount_fen <= 0:
        raise Refused("预算金额应大于0元。", "amount")
    source_doc = at_most(source_doc, 100, "文件名或凭证号")
    if not source_doc:
        raise Refused("请写明下达预算的文件或凭证。", "basis")
    key = f"budget:{pot.code}:{receipt or source_doc.strip()}"
    move = Posting("granted", "budget", amount_fen, "budget", key, basis=source_doc.strip())
    post(actor, programme=programme, region=region, postings=[move])
    audit.record(actor, "ledger.set_budget", f"account:{pot.id}", region=pot.region, detail={"fen": amount_fen})


@transaction.atomic
def claim_entitlement(
    actor: Actor,
    *,
    measure_id: str,
    subject_id: int,
    case_ref: str,
    amount_fen: int,
    region: int,
    once_per: str = "person",
    programme: str = "",
    lists: Mapping[str, ComparisonList] | None = None,
    step: str = "",
    less: TakenOff | None = None,
) -> Entitlement:
    """Hold one benefit for one person and commit its money.

    lists: those declared for the case's own release (default: the release in force).
    step: of a measure that is paid in several, each of them once. less: what the amount was reckoned with.

    Locks the canonical subject first, so that two approvals of one person take turns: the second finds the first.
    Raises Refused when the person holds or had the benefit, here or on a list of those paid before, when something
    was given since the amount was reckoned, or money is short.
    """
    holder = registers.lock_canonical(subject_id)
    failpoints.hit("locked")
    once_key = f"{once_per}:{holder}{step and f':{step}'}" if once_per else case_ref
    if once_per:
        _refuse_second(measure_id, once_per, holder, case_ref, step)
    if once_per and not step:
        _refuse_paid_before(measure_id, holder, region, releases.current().lists if lists is None else lists)
    if less is not None and queries.given_fen(holder, less.measures, besides=case_ref) != less.given_fen:
        raise Refused("审核期间又有一笔审定，应扣除的金额变了。请刷新页面，按新的金额再审。", "changed")
    entitlement = _hold(measure_id, once_key, step, subject_id, case_ref, programme or measure_id, amount_fen, region)
    move = Posting("budget", "committed", amount_fen, "commit", f"commit:{entitlement.id}", case_ref=case_ref)
    post(actor, programme=entitlement.programme, region=region, postings=[move])
    failpoints.hit("posted")
    audit.record(
        actor, "ledger.claim", f"entitlement:{entitlement.id}", region=entitlement.region, detail={"fen": amount_fen}
    )
    return entitlement


def _refuse_second(measure_id: str, once_per: str, holder: int, case_ref: str, step: str) -> None:
    """Whatever ids she was known by when she got it: merged since, or taken apart again."""
    ids = registers.same_as(holder)
    hers = Q(once_key__in=[f"{once_per}:{one}{step and f':{step}'}" for one in ids])
    hers |= Q(subject_id__in=ids, once_key__startswith=f"{once_per}:")
    mine = Entitlement.objects.filter(hers, measure_id=measure_id, step=step, ended_at=None)
    held = mine.exclude(case_ref=case_ref).first()
    if held is not None:
        day = timezone.localtime(held.claimed_at)
        whose = "同一单位" if once_per == "organisation" else "同一人"
        on = f"{day.year}年{day.month}月{day.day}日"
        what = "同一档只能领一次" if step else "只能享受一次"
        raise Refused(f"{whose}{what}：{on}已经审定过一笔，不能再发。", "once-per")


def _refuse_paid_before(measure_id: str, holder: int, region: int, lists: Mapping[str, ComparisonList]) -> None:
    """Against the lists of those paid by this measure; one that was not or could not be asked stops the claim."""
    wanted = [x.id for x in lists.values() if x.blocks and x.measure == measure_id]
    compared = registers.compare(holder, wanted, lists=lists, region=region, firm_id=holder)
    with entered(Scope.system()):
        note_compared(SYSTEM, [lists[name] for name in wanted], [holder])
    for found in compared:
        if found.as_of is None:
            raise Refused(f"“{found.title}”还没有导入，不能确认没有重复发放。请先导入名单。", "list-missing")
        if found.outcome == "nobody":
            raise Refused(f"{found.note}，不能确认在“{found.title}”里没有。请先补上再审核。", "list-nobody")
        if found.matched:
            raise Refused(f"在“{found.title}”里查到申请人，此前已经发放过，不能再发。", "paid-before")


def _hold(
    measure_id: str,
    once_key: str,
    step: str,
    subject_id: int,
    case_ref: str,
    programme: str,
    amount_fen: int,
    region: int,
) -> Entitlement:
    try:
        with transaction.atomic():
            return Entitlement.objects.create(
                measure_id=measure_id,
                once_key=once_key,
                step=step,
                subject_id=subject_id,
                case_ref=case_ref,
                programme=programme,
                amount_fen=amount_fen,
                region=payer_region(region),
                claimed_at=calendar.now(),
            )
    except IntegrityError as error:
        raise Refused("这项政策已经为申请人审定过，没有重复审定。", "once-per") from error


@transaction.atomic
def void_entitlement(actor: Actor, *, case_ref: str, reason: str) -> None:
    """Give a held benefit up again (a refusal after approval): its money returns to the budget. Not once it is paid."""
    held = Entitlement.objects.select_for_update().filter(case_ref=case_ref, ended_at=None).first()
    if held is None:
        return
    if held.lines.filter(result__isnull=True).exists() or held.lines.filter(result__outcome="paid").exists():
        raise Refused("这笔钱已经申请拨付，不能撤销。请等财政回执，需要收回的走追回。", "in-payment")
    move = Posting("committed", "budget", held.amount_fen, "void", f"void:{held.id}", case_ref=case_ref, basis=reason)
    post(actor, programme=held.programme, region=held.region, postings=[move])
    held.ended_at, held.ending = calendar.now(), "void"
    held.save(update_fields=["ended_at", "ending"])
    audit.record(actor, "ledger.void", f"entitlement:{held.id}", region=held.region)


@transaction.atomic
def start_recovery(actor: Actor, *, case_ref: str, amount_fen: int, reason: str) -> Recovery:
    """Ask a paid benefit back, whole or in part."""
    held = Entitlement.objects.select_for_update().filter(case_ref=case_ref, ended_at=None).first()
    if held is None or not held.lines.filter(result__outcome="paid").exists():
        raise Refused("这笔钱还没有拨付成功，不需要追回。", "not-paid")
    require(actor, "case.recover", held)
    if not 0 < amount_fen <= held.amount_fen:
        raise Refused(f"追回金额应在0元以上、{held.amount_fen / 100:,.2f}元以下（含）。", "amount")
    recovery, new = Recovery.objects.get_or_create(
        entitlement=held,
        defaults={
            "case_ref": case_ref,
            "amount_fen": amount_fen,
            "reason": reason,
            "opened_at": calendar.now(),
            "region": held.region,
            "subject_id": held.subject_id,
        },
    )
    if not new:
        raise Refused("这笔钱已经在追回。", "recovering")
    audit.record(actor, "ledger.start_recovery", f"recovery:{recovery.id}", region=held.region)
    return recovery


@transaction.atomic
def record_recovery(actor: Actor, *, case_ref: str, amount_fen: int, receipt: str) -> Recovery:
    """Record money that came back. When all of it is in, the entitlement ends as recovered and the case is told."""
    recovery = Recovery.objects.select_for_update().filter(case_ref=case_ref).first()
    if recovery is None:
        raise Refused("这个办件没有在追回。", "not-recovering")
    require(actor, "payment.result", recovery)
    receipt = at_most(receipt, 60, "入库凭证号")
    if not receipt:
        raise Refused("请填写入库凭证号。", "receipt")
    left = recovery.amount_fen - sum(recovery.receipts.values_list("amount_fen", flat=True))
    if not 0 < amount_fen <= left:
        raise Refused(f"还应追回{left / 100:,.2f}元，本次金额应在此以内。", "amount")
    _take_receipt(actor, recovery, amount_fen, receipt.strip())
    if amount_fen == left:
        _end_recovered(recovery)
    return recovery


def _take_receipt(actor: Actor, recovery: Recovery, amount_fen: int, receipt: str) -> None:
    if RecoveryReceipt.objects.filter(receipt_no=receipt).exists():
        raise Refused(f"凭证“{receipt}”已经登记过，没有重复登记。", "receipt-repeated")
    RecoveryReceipt.objects.create(
        recovery=recovery,
        amount_fen=amount_fen,
        receipt_no=receipt,
        at=calendar.now(),
        region=recovery.region,
        subject_id=recovery.subject_id,
    )
    move = Posting("paid", "recovered", amount_fen, "recover", f"recover:{receipt}", recovery.case_ref, basis=receipt)
    post(actor, programme=recovery.entitlement.programme, region=recovery.region, postings=[move])
    audit.record(
        actor, "ledger.record_recovery", f"recovery:{recovery.id}", region=recovery.region, detail={"fen": amount_fen}
    )


def _end_recovered(recovery: Recovery) -> None:
    """Who gave back a part only still had the benefit: the entitlement then stays, and so does once-per."""
    held = recovery.entitlement
    if recovery.amount_fen == held.amount_fen:
        held.ended_at, held.ending = calendar.now(), "recovered"
        held.save(update_fields=["ended_at", "ending"])
    publish("payment.recovered", case_ref=recovery.case_ref, recovery_id=recovery.id)
