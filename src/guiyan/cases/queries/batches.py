"""Reading batches: the list, one with its lines, and the cases that wait for a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime

from guiyan.accounts.permissions import visible
from guiyan.cases import states
from guiyan.cases.models import Batch, BatchLine, Case
from guiyan.cases.queries.comparing import why_not_settled
from guiyan.cases.queries.paging import Page, page_by_id
from guiyan.cases.queries.progress import ProgressStep, steps_of
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.errors import NotFound

PAGE = 30
MOST_IN_A_BATCH = 500
AFTER_NOTICE = (states.BATCH_CLEARED, states.BATCH_DECIDING)
WAIT_FOR_LISTS = ("recheck", "sign")


def batches_for(actor: Actor, *, state: str = "", after: str = "", before: str = "", size: int = PAGE) -> Page[Batch]:
    """The batches the actor may see, newest first."""
    return page_by_id(batches_matching(actor, state), after=after, before=before, size=size)


def batches_matching(actor: Actor, state: str = "") -> QuerySet[Batch]:
    """The batches the actor may see, of one state or of all."""
    rows = visible(actor, "case.view", Batch.objects.select_related("unit"), subject=None)
    return rows.filter(state=state) if state in states.BATCH_LABELS else rows


def batch_by_number(actor: Actor, number: str) -> Batch:
    """One batch, for whoever may see it."""
    rows = visible(actor, "case.view", Batch.objects.select_related("unit"), subject=None)
    batch = rows.filter(number=number).first()
    if batch is None:
        raise NotFound("没有找到这个批次，可能不在您的办理范围内。")
    return batch


def lines_of(batch: Batch, *, with_removed: bool = False) -> list[BatchLine]:
    """The lines of a batch with their cases, in order."""
    lines = BatchLine.objects.filter(batch=batch).select_related("case", "case__unit")
    return list((lines if with_removed else lines.filter(removed_at=None)).order_by("line_no"))


def ready_for_batch(actor: Actor) -> list[Case]:
    """Approved cases the actor may sum up, oldest first, as many as one batch may hold."""
    rows = visible(actor, "batch.prepare", Case.objects.filter(state=states.APPROVED).select_related("unit"))
    return list(rows.order_by("unit_id", "item", "number")[:MOST_IN_A_BATCH])


def batch_by_id(actor: Actor, batch_id: int) -> Batch:
    """Like `batch_by_number`, for links kept by other modules (`batch:12`) and for receivers."""
    batch = visible(actor, "case.view", Batch.objects.select_related("unit"), subject=None).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("没有找到这个批次，可能不在您的办理范围内。")
    return batch


def unpaid_counts(batches: Sequence[Batch]) -> dict[int, int]:
    """Batch id → how many of the payments that were asked for have not arrived; one query for a whole list."""
    asked = [one.pk for one in batches if one.state == states.BATCH_PAYING]
    waiting = BatchLine.objects.filter(batch_id__in=asked, removed_at=None, case__state__in=states.UNPAID)
    return dict(waiting.values_list("batch_id").annotate(Count("id")).order_by())


def batch_steps(batch: Batch) -> list[ProgressStep]:
    """How far the batch is, over the stages of its flow: whoever has to act next stands at the current one."""
    return steps_of(batch, "", past=batch.state in states.BATCH_STAGE_DONE)


def batch_offers(actor: Actor, batch: Batch) -> list[workflow.VerbOffer]:
    """The verbs the batch's state allows; lines released late may be paid in a further request."""
    offers = list(workflow.allowed_verbs(batch, actor))
    if any(offer.verb in WAIT_FOR_LISTS and not offer.reason_if_not for offer in offers):
        why = why_not_settled(batch)
        offers = [replace(one, reason_if_not=why) if one.verb in WAIT_FOR_LISTS and why else one for one in offers]
    if batch.state in AFTER_NOTICE and not _has_decidable(batch):
        offers = [one for one in offers if one.verb != "enrol"]
    if batch.state == states.BATCH_PAYING and _has_payable(batch):
        offers.append(workflow.VerbOffer("request_payment", "申请拨付", "", "payment.request", False))
    return offers


def _has_decidable(batch: Batch) -> bool:
    return BatchLine.objects.filter(batch=batch, removed_at=None, case__state=states.DECIDABLE).exists()


def _has_payable(batch: Batch) -> bool:
    return BatchLine.objects.filter(batch=batch, removed_at=None, case__state=states.PAYABLE).exists()


def log_lines(thing: Batch | Case) -> list[dict[str, str]]:
    """What happened, newest first, as the log component takes it."""
    rows = []
    for entry in reversed(workflow.history(thing)):
        at = localtime(entry.at)
        behalf = f"，代{entry.on_behalf}" if entry.on_behalf else ""
        reason = f"：{entry.reason}" if entry.reason else ""
        title = f"{entry.label}{reason}"
        rows.append(
            {"title": title, "note": f"{short_day(at)} {at:%H:%M}，{entry.actor_label}{behalf}", "state": "done"}
        )
    return rows
