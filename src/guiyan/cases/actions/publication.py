"""From the signature to the end of the notice: notices tells, cases follow. An objection stops only its own line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import states
from guiyan.cases.actions.batching import live_lines
from guiyan.cases.actions.moving import locked, locked_batch, move, move_batch
from guiyan.cases.actions.review import refuse_locked
from guiyan.cases.actions.settling import settle_if_done, settled_if_done
from guiyan.cases.actions.telling import tell_held, tell_noticed, tell_released
from guiyan.cases.models import Batch, BatchLine, Case
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused


@transaction.atomic
def mark_noticed(actor: Actor, *, batch: Batch, notice_number: str, until: date) -> Batch:
    """The batch's notice is out: every line is being published until that day. Done once; a repeat changes nothing."""
    require(actor, "notice.handle", batch)
    batch = locked_batch(batch)
    if batch.notice_number == notice_number:
        return batch
    batch.notice_number, batch.notice_until = notice_number, until
    batch.save(update_fields=["notice_number", "notice_until"])
    moved = move_batch(actor, batch, "publish", reason=notice_number)
    for line in live_lines(moved):
        tell_noticed(move(actor, locked(line.case), "publish", reason=notice_number), until)
    return moved


@transaction.atomic
def hold_line(actor: Actor, *, case: Case, reason: str) -> Case:
    """An objection came in: this line waits for its decision, the others go on."""
    require(actor, "notice.handle", case)
    case = locked(case)
    if case.state == states.HELD:
        return case
    moved = move(actor, case, "hold", reason=reason.strip())
    tell_held(moved)
    return moved


@transaction.atomic
def release_line(actor: Actor, *, case: Case, reason: str) -> Case:
    """The objection did not hold: the line goes on. If the notice has ended, `clear_batch` takes it next."""
    require(actor, "notice.handle", case)
    moved = move(actor, locked(case), "release", reason=reason.strip())
    tell_released(moved)
    return moved


@transaction.atomic
def refuse_held_line(actor: Actor, *, case: Case, grounds: Sequence[str] = (), reason: str) -> Case:
    """The objection holds: refuse by a written decision and give the money back; the line will not be paid."""
    require(actor, "notice.handle", case)
    case = locked(case)
    if case.state != states.HELD:
        raise Refused(f"这件现在是“{case.state_label}”，没有在处理异议。", "state")
    refused = refuse_locked(actor, case, grounds, reason)
    settle_if_done(refused)
    return refused


@transaction.atomic
def clear_batch(actor: Actor, *, batch: Batch) -> Batch:
    """The notice has run out: every line without an open objection may be paid. Repeat it for lines released later."""
    require(actor, "notice.handle", batch)
    batch = locked_batch(batch)
    if batch.state == states.BATCH_NOTICED:
        batch = move_batch(actor, batch, "clear", reason=batch.notice_number)
    for line in lines_in(batch, states.NOTICED):
        move(actor, locked(line.case), "clear_notice", reason=batch.notice_number)
    return settled_if_done(batch)


def lines_in(batch: Batch, state: str) -> list[BatchLine]:
    """The live lines whose case is in that state."""
    return [line for line in live_lines(batch) if line.case.state == state]
