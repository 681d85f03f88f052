"""Batches (汇总、复核、签批): three different persons, one summary, one signature for all its lines."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Sum

from guiyan.accounts.permissions import require
from guiyan.cases import declared, offices, states
from guiyan.cases.actions.comparing import run_of_batch
from guiyan.cases.actions.moving import locked, locked_batch, move, move_batch
from guiyan.cases.models import Batch, BatchLine, Case
from guiyan.cases.numbering import batch_number
from guiyan.cases.permissions import refuse_own
from guiyan.cases.queries.comparing import why_not_settled
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most


@transaction.atomic
def prepare_batch(actor: Actor, *, cases: Sequence[Case]) -> Batch:
    """Sum approved cases of one item and one unit up into a batch, in the order of their numbers; compare them."""
    if not cases:
        raise Refused("请先选出要汇总的办件。", "empty")
    for case in cases:
        require(actor, "batch.prepare", case)
    rows = _locked_in_order(cases)
    first = rows[0]
    _refuse_mixed(rows)
    batch = _new_batch(actor, first)
    for line_no, case in enumerate(rows, start=1):
        BatchLine.objects.create(
            batch=batch,
            line_no=line_no,
            case=case,
            amount_fen=case.amount_fen,
            added_at=calendar.now(),
            region=case.region,
            subject_id=case.subject_id,
        )
        move(actor, case, "add_to_batch", reason=batch.number)
    _sum_up(batch)
    audit.record(actor, "batch.prepare", batch.ref, region=batch.region, detail={"lines": len(rows)})
    run_of_batch(actor, batch)
    return batch


def _locked_in_order(cases: Sequence[Case]) -> list[Case]:
    """All cases at once, locked in id order so that two batches prepared together cannot deadlock."""
    ids = sorted({case.pk for case in cases})
    rows = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    return sorted(rows, key=lambda case: case.number)


def _refuse_mixed(rows: Sequence[Case]) -> None:
    first = rows[0]
    for case in rows:
        if case.state != states.APPROVED:
            raise Refused(f"{case.number}现在是“{case.state_label}”，不能汇总。", "state")
        if (case.item, case.unit_id) != (first.item, first.unit_id):
            raise Refused("一批里只能是同一个单位、同一个事项的办件。", "mixed")
        if _rules_of(case) != _rules_of(first):
            raise Refused(f"{case.number}和{first.number}适用的规定不同（规则改过），请分批汇总。", "rules")


def _rules_of(case: Case) -> tuple[object, ...]:
    """What the release of a case says of everything that happens to its batch."""
    item, flows = declared.item_of(case), declared.pack_of(case).flows
    objection = flows.get(item.objection_flow or "objection")
    rules = (item.notice, item.payment, item.membership, item.title, item.comparisons)
    return *rules, flows[_batch_flow(case)], objection


def _batch_flow(case: Case) -> str:
    """How batches of its item run. Refused for items that know none."""
    item = declared.item_of(case)
    if item.batch_flow is None:
        raise Refused(f"“{item.title}”不用编批次。", "no-batch")
    return item.batch_flow


def _new_batch(actor: Actor, first: Case) -> Batch:
    item, now = declared.item_of(first), calendar.now()
    county = offices.county_region(first.unit.region)
    number, order = batch_number(declared.number_prefix(), county, first.item)
    batch = Batch(
        number=number,
        title=f"{item.title}{now.year}年第{order}批",
        item=first.item,
        measure=first.measure,
        unit=first.unit,
        region=county,
        prepared_at=now,
        prepared_by_label=actor.label,
    )
    return workflow.begin(batch, _batch_flow(first), actor=actor, verb="prepare", release=first.release)


def _sum_up(batch: Batch) -> None:
    live = batch.lines.filter(removed_at=None)
    batch.line_count = live.count()
    batch.total_fen = live.aggregate(total=Sum("amount_fen"))["total"] or 0
    batch.save(update_fields=["line_count", "total_fen"])


def live_lines(batch: Batch) -> list[BatchLine]:
    """The lines still in the batch, each with its case, in order."""
    lines = BatchLine.objects.filter(batch=batch, removed_at=None).select_related("case", "case__unit")
    return list(lines.order_by(F("line_no")))


def subjects_in(batch: Batch) -> list[int]:
    """Whom the batch is about."""
    return [line.subject_id for line in live_lines(batch)]


@transaction.atomic
def remove_from_batch(actor: Actor, *, batch: Batch, case: Case, reason: str) -> Batch:
    """Take one case out before the signature; it goes back to those waiting for a batch."""
    require(actor, "batch.prepare", batch)
    reason = at_most(reason, 300, "移出的原因")
    if not reason:
        raise Refused("请写明为什么移出。", "reason")
    batch = locked_batch(batch)
    if batch.state != states.BATCH_OPEN:
        raise Refused("已复核的批次要先退回汇总，才能移出办件。", "state")
    line = batch.lines.filter(case_id=case.pk, removed_at=None).first()
    if line is None:
        raise Refused("这件不在本批里。", "not-in-batch")
    line.removed_at, line.removed_reason = calendar.now(), reason.strip()
    line.save(update_fields=["removed_at", "removed_reason"])
    move(actor, locked(case), "remove_from_batch", reason=reason.strip())
    _sum_up(batch)
    if batch.line_count == 0:
        batch = move_batch(actor, batch, "cancel", reason="办件已全部移出")
    return batch


@transaction.atomic
def recheck_batch(actor: Actor, *, batch: Batch, opinion: str = "") -> Batch:
    """Recheck (复核), by another person than prepared the batch, once what the lists say is settled."""
    require(actor, "batch.recheck", batch)
    batch = locked_batch(batch)
    refuse_own(actor, subjects_in(batch), "复核")
    refuse_unsettled(batch)
    return move_batch(actor, batch, "recheck", reason=opinion.strip())


def refuse_unsettled(batch: Batch) -> None:
    """Lists hold a batch until each is there, fresh and compared with, and every hit that blocks has an opinion."""
    why = why_not_settled(batch)
    if why:
        raise Refused(f"{why}。", "comparison")


@transaction.atomic
def return_batch(actor: Actor, *, batch: Batch, reason: str) -> Batch:
    """Send a rechecked batch back to be put right; nothing is signed."""
    require(actor, "batch.recheck", batch)
    return move_batch(actor, locked_batch(batch), "return_to_open", reason=reason.strip())


@transaction.atomic
def cancel_batch(actor: Actor, *, batch: Batch, reason: str) -> Batch:
    """Give a batch up before its signature: every case goes back to those waiting."""
    require(actor, "batch.prepare", batch)
    reason = at_most(reason, 300, "取消的原因")
    batch = locked_batch(batch)
    for line in live_lines(batch):
        line.removed_at, line.removed_reason = calendar.now(), reason.strip()
        line.save(update_fields=["removed_at", "removed_reason"])
        move(actor, locked(line.case), "remove_from_batch", reason=reason.strip())
    _sum_up(batch)
    return move_batch(actor, batch, "cancel", reason=reason.strip())


@transaction.atomic
def sign_batch(actor: Actor, *, batch: Batch, opinion: str = "") -> Batch:
    """Sign (签批) for every line, by a third person; the notice follows by itself from `batch.signed`."""
    require(actor, "batch.sign", batch)
    batch = locked_batch(batch)
    refuse_own(actor, subjects_in(batch), "签批")
    refuse_unsettled(batch)
    batch.signed_on, batch.signed_by_label = calendar.today(), actor.label
    batch.save(update_fields=["signed_on", "signed_by_label"])
    moved = move_batch(actor, batch, "sign", reason=opinion.strip())
    for line in live_lines(moved):
        move(actor, locked(line.case), "sign_batch", reason=moved.number)
    return moved
