"""Settling what a comparison found, one hit at a time, each with an opinion (真命中, 误报)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from guiyan.accounts.permissions import require
from guiyan.cases import states
from guiyan.cases.actions.batching import remove_from_batch
from guiyan.cases.actions.moving import locked_batch
from guiyan.cases.models import ComparisonHit, ComparisonRun
from guiyan.cases.permissions import refuse_own
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import at_most


@transaction.atomic
def settle_hit(actor: Actor, *, hit: ComparisonHit, verdict: str, opinion: str) -> ComparisonHit:
    """Say what a hit is. `true`: it is so, and the case leaves the batch; `false`: it is not, for the reason given.

    Only while the batch is open, on its newest comparison, by another than whom it concerns. A false one may be
    settled again as long as nothing was signed; a true one stands.
    """
    require(actor, "batch.prepare", hit.run, subject=None)
    # The batch first, as all who work on it do; then the hit.
    batch = locked_batch(hit.run.batch) if hit.run.batch is not None else None
    row = ComparisonHit.objects.select_for_update(of=("self",)).select_related("run", "case").filter(pk=hit.pk).first()
    if row is None:
        raise NotFound
    opinion = opinion_on(actor, row, verdict, opinion)
    refuse_superseded(row.run)
    if batch is not None and batch.state != states.BATCH_OPEN:
        raise Refused("已复核的批次要先退回汇总，才能处理比对结果。", "state")
    row.verdict, row.opinion, row.is_carried = verdict, opinion, False
    row.settled_by_id, row.settled_by_label, row.settled_at = actor.user_id, actor.label, calendar.now()
    row.save(update_fields=["verdict", "opinion", "is_carried", "settled_by_id", "settled_by_label", "settled_at"])
    detail: dict[str, audit.Value] = {"verdict": verdict, "list": row.list_id, "case": row.case_id}
    audit.record(actor, "comparison.settle", row.run.ref, region=row.region, detail=detail)
    if verdict == "true" and batch is not None and batch.lines.filter(case=row.case, removed_at=None).exists():
        reason = f"名单比对属实（{row.title}）：{opinion}"[:300]
        remove_from_batch(actor, batch=batch, case=row.case, reason=reason)
    return row


def opinion_on(actor: Actor, hit: ComparisonHit, verdict: str, opinion: str) -> str:
    """The opinion as it is kept. Refused when there is none, when it is one's own matter, or when it is decided."""
    if verdict not in dict(ComparisonHit.VERDICTS):
        raise Refused("请选真命中还是误报。", "verdict")
    words = at_most(opinion, 300, "处理意见")
    if not words:
        raise Refused("请写明怎么核实的、为什么这样认定。", "opinion")
    refuse_own(actor, [hit.case.subject_id], "处理")
    if hit.verdict == "true":
        raise Refused("这条已经认定为真命中，不能再改。情况有变的，请换新的名单后重新比对。", "settled")
    return words


def refuse_superseded(run: ComparisonRun) -> None:
    newer = Q(batch=run.batch_id) if run.batch_id else Q(pk=run.pk)
    if ComparisonRun.objects.filter(newer, pk__gt=run.pk).exists():
        raise Refused("这批后来又比对过，请在最新的比对结果里处理。", "superseded")
