"""Payment requests to the treasury and what comes back: files out, files in, never money held.

A request and its lines are written once. The file is written by a job (`tasks`), so a request that stands always gets
its file, and always the same one. What the treasury answers is taken line by line; a line is answered once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, crypto, failpoints
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.jobs import defer
from guiyan.kernel.outbox import publish
from guiyan.kernel.turns import take_turn
from guiyan.ledger import sheets
from guiyan.ledger.accounts import Posting, payer_region, post
from guiyan.ledger.models import Entitlement, LineResult, PaymentLine, PaymentRequest, ResultFile

ACCOUNT_PURPOSE = "bank_account"
RECEIPTS = "ledger.receipts"


@dataclass(frozen=True, slots=True)
class PayLine:
    """One payee of a request: whose entitlement (by `case_ref`), and where the money goes."""

    case_ref: str
    payee: str
    bank: str
    account_no: str
    amount_fen: int
    region: int
    subject_id: int


@transaction.atomic
def request_payment(actor: Actor, *, batch_ref: str, lines: list[PayLine]) -> PaymentRequest:
    """Ask the treasury to pay these lines: move their money to `requested` and have the file written.

    The same lines asked for again give the standing request back.
    Raises Refused when a line has no entitlement, another amount, or a payment under way.
    """
    if not lines:
        raise Refused("没有可以拨付的人。", "empty")
    held = _lock_entitlements(lines)
    standing = _standing_request(batch_ref, lines)
    if standing is not None:
        return standing
    request = _create_request(actor, batch_ref, lines, held)
    _create_lines(request, lines, held)
    moves = [
        Posting("committed", "requested", x.amount_fen, "request", f"request:{x.id}", x.case_ref, batch_ref)
        for x in request.lines.all()
    ]
    post(actor, programme=request.programme, region=request.region, postings=moves)
    audit.record(
        actor,
        "ledger.request_payment",
        f"payment_request:{request.id}",
        region=request.region,
        detail={"lines": request.line_count, "fen": request.total_fen},
    )
    publish("payment.requested", request_id=request.id, batch_ref=batch_ref)
    defer("ledger.write_payment_file", request_id=request.id)
    return request


def _lock_entitlements(lines: list[PayLine]) -> dict[str, Entitlement]:
    refs = sorted({x.case_ref for x in lines})
    if len(refs) != len(lines):
        raise Refused("同一个办件在名单里出现了两次。", "repeated")
    rows = Entitlement.objects.select_for_update().filter(case_ref__in=refs, ended_at=None).order_by("id")
    held = {row.case_ref: row for row in rows}
    for x in lines:
        entitlement = held.get(x.case_ref)
        if entitlement is None:
            raise Refused(f"{x.payee}没有审定的款项，不能拨付。", "no-entitlement")
        if entitlement.amount_fen != x.amount_fen:
            raise Refused(f"{x.payee}的金额与审定的{entitlement.amount_fen / 100:,.2f}元不一致。", "amount")
    return held


def _standing_request(batch_ref: str, lines: list[PayLine]) -> PaymentRequest | None:
    """The request under way for exactly these lines; Refused when only some of them are under way or paid."""
    refs = {x.case_ref for x in lines}
    open_lines = PaymentLine.objects.filter(case_ref__in=refs).exclude(result__outcome="returned")
    busy = {x.case_ref: x for x in open_lines.select_related("request")}
    if not busy:
        return None
    requests = {x.request_id: x.request for x in busy.values()}
    if set(busy) == refs and len(requests) == 1:
        (standing,) = requests.values()
        if standing.batch_ref == batch_ref and standing.line_count == len(refs):
            return standing
    names = "、".join(sorted(x.payee for x in busy.values())[:3])
    raise Refused(f"{names}的钱已经在拨付或已经拨付，不能重复申请。", "in-payment")


def _create_request(actor: Actor, batch_ref: str, lines: list[PayLine], held: dict[str, Entitlement]) -> PaymentRequest:
    programmes = {row.programme for row in held.values()}
    places = {row.region for row in held.values()}
    if len(programmes) != 1 or len(places) != 1:
        raise Refused("一份支付申请只能属于一个县、一个资金项目。", "mixed")
    region, now = places.pop(), calendar.now()
    turn = PaymentRequest.objects.filter(batch_ref=batch_ref).count() + 1
    prefix = f"ZF{region // 10**6}-{now.year}-"
    take_turn(prefix)
    last = PaymentRequest.objects.filter(number__startswith=prefix).order_by("-id").values_list("number", flat=True)
    serial = int(last[0].rsplit("-", 1)[1]) + 1 if last else 1
    return PaymentRequest.objects.create(
        number=f"{prefix}{serial:05d}",
        batch_ref=batch_ref,
        round=turn,
        programme=programmes.pop(),
        region=payer_region(region),
        line_count=len(lines),
        total_fen=sum(x.amount_fen for x in lines),
        requested_at=now,
        actor_id=actor.user_id,
    )


def _create_lines(request: PaymentRequest, lines: list[PayLine], held: dict[str, Entitlement]) -> None:
    tried = {ref: held[ref].lines.count() for ref in held}
    PaymentLine.objects.bulk_create(
        PaymentLine(
            request=request,
            line_no=number,
            entitlement=held[x.case_ref],
            case_ref=x.case_ref,
            attempt=tried[x.case_ref] + 1,
            payee=x.payee,
            bank=x.bank,
            account_no_enc=crypto.encrypt(ACCOUNT_PURPOSE, x.account_no),
            account_tail=x.account_no[-4:],
            amount_fen=x.amount_fen,
            region=x.region,
            subject_id=x.subject_id,
        )
        for number, x in enumerate(lines, start=1)
    )


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """What a file of answers did. `pending`: lines without one; `errors`: [row, column, what, what would be right]."""

    paid: int
    returned: int
    repeated: int
    pending: int
    errors: list[list[Any]]
    seen_before: bool = False


@transaction.atomic
def import_result(actor: Actor, *, request: PaymentRequest, name: str, content: bytes) -> ResultSummary:
    """Take the treasury's answers for a request: 成功 posts the payment, 退票 gives the money back to `committed`.

    Lines that cannot be taken are listed with their row and what would be right; the good ones count all the same.
    The same file again changes nothing. Raises Refused when the file cannot be read at all.
    """
    require(actor, "payment.result", request)
    request = PaymentRequest.objects.select_for_update().get(id=request.id)
    digest = sheets.sha256(content)
    before = request.result_files.filter(sha256=digest).first()
    if before is not None:
        return ResultSummary(0, 0, before.paid + before.returned, _pending(request), before.errors, seen_before=True)
    # Two files at once, for two requests, may name the same receipt: the second sees what the first has posted.
    take_turn(RECEIPTS)
    reading = sheets.read_results(name, content, request)
    taken = ResultFile.objects.create(
        request=request,
        name=name[:200],
        sha256=digest,
        taken_at=calendar.now(),
        actor_id=actor.user_id,
        paid=sum(x.outcome == "paid" for x in reading.answers),
        returned=sum(x.outcome == "returned" for x in reading.answers),
        repeated=reading.repeated,
        errors=reading.errors,
        region=request.region,
    )
    _take_answers(actor, request, taken, reading.answers)
    audit.record(
        actor,
        "ledger.import_result",
        f"payment_request:{request.id}",
        region=request.region,
        detail={"sha256": digest, "paid": taken.paid, "returned": taken.returned, "errors": len(reading.errors)},
    )
    return ResultSummary(taken.paid, taken.returned, reading.repeated, _pending(request), reading.errors)


def _take_answers(actor: Actor, request: PaymentRequest, taken: ResultFile, answers: list[sheets.Answer]) -> None:
    half = len(answers) // 2
    for position, x in enumerate(answers):
        if position == half:
            failpoints.hit("result_half_read")
        LineResult.objects.create(
            line=x.line,
            source=taken,
            outcome=x.outcome,
            receipt_no=x.receipt_no,
            reason=x.reason,
            on=x.on,
            region=x.line.region,
            subject_id=x.line.subject_id,
        )
        target = "paid" if x.outcome == "paid" else "committed"
        move = Posting(
            "requested",
            target,
            x.line.amount_fen,
            x.outcome,
            f"result:{x.line.id}",
            x.line.case_ref,
            request.batch_ref,
            x.receipt_no or x.reason,
        )
        post(actor, programme=request.programme, region=request.region, postings=[move])
        publish(f"payment.{x.outcome}", case_ref=x.line.case_ref, line_id=x.line.id, batch_ref=request.batch_ref)


def _pending(request: PaymentRequest) -> int:
    return request.lines.filter(result__isnull=True).count()
