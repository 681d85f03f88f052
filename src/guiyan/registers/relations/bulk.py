"""Giving many a helper at once, exactly as previewed; and taking such a round back."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.models import AssignmentRun, Relation, Subject
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.relations.proposing import Proposal, propose_helpers

PIECE = 1_000


@transaction.atomic
def assign_many(actor: Actor, *, kind: str, region: int, digest: str) -> AssignmentRun:
    """Give everybody what the proposal of this digest says.

    Whoever could change it is locked first, then it is made again: if it differs from what was previewed, nothing
    happens and Refused asks for another look.
    """
    preview = propose_helpers(actor, kind=kind, region=region)
    lock(preview)
    proposal = propose_helpers(actor, kind=kind, region=region)
    if proposal.digest != digest:
        raise Refused("预览以后名单有变化，还没有指派。请重新预览，核对后再确认。", "changed")
    if not proposal.pairs:
        raise Refused("没有可以指派的人。", "nobody")
    with entered(Scope.system()):
        run = AssignmentRun.objects.create(
            kind=kind,
            region=region,
            count=len(proposal.pairs),
            left_over=len(proposal.left),
            digest=digest,
            user_id=actor.user_id,
            actor_label=actor.label,
            at=now(),
        )
        write(actor, run, proposal)
        detail: dict[str, audit.Value] = {"kind": kind, "count": run.count, "digest": digest[:16]}
        audit.record(actor, "relation.assign_many", f"run:{run.pk}", region=region, detail=detail)
    return run


def lock(proposal: Proposal) -> None:
    """Everybody in the proposal, in the order of ids, as `assign_helper` locks its two."""
    wanted = {pair.subject_id for pair in proposal.pairs} | {pair.helper_id for pair in proposal.pairs}
    with entered(Scope.system()):
        roots = set(Subject.objects.filter(pk__in=wanted).values_list("canonical_id", flat=True))
        list(Subject.objects.select_for_update().filter(pk__in=roots).order_by("pk").values_list("pk"))


def write(actor: Actor, run: AssignmentRun, proposal: Proposal) -> None:
    """Somebody known under two ids, both in the register, is given one helper."""
    roots = dict(
        Subject.objects.filter(pk__in=[pair.subject_id for pair in proposal.pairs]).values_list("pk", "canonical_id")
    )
    rows, seen, since = [], set(), today()
    for pair in proposal.pairs:
        own = roots[pair.subject_id]
        if own in seen:
            continue
        seen.add(own)
        rows.append(
            Relation(
                kind=run.kind,
                from_subject_id=pair.helper_id,
                to_subject_id=own,
                valid_from=since,
                region=pair.region,
                source="",
                holder_id=own,
                assigned_at=run.at,
                assigned_by=actor.label,
                reason="批量指派",
                run=run,
            )
        )
    Relation.objects.bulk_create(rows, batch_size=PIECE)
    if len(rows) != run.count:
        run.count = len(rows)
        run.save(update_fields=["count"])


@transaction.atomic
def undo_run(actor: Actor, *, run_id: int) -> AssignmentRun:
    """End what of the round still stands; what somebody has changed since stays as it is."""
    with entered(Scope.system()):
        run = AssignmentRun.objects.select_for_update().filter(pk=run_id).first()
        if run is None:
            raise NotFound("没有找到这次批量指派。")
        require(actor, "relation.assign", run, unit=None, subject=None)
        if run.undone_at is not None:
            raise Refused("这次批量指派已经撤销过了。", "already-undone")
        standing = Relation.objects.filter(CURRENT, run=run)
        run.undone_at, run.undone_by = now(), actor.label
        run.undone_count = standing.update(
            valid_to=today(), ended_at=run.undone_at, ended_by=actor.label, end_reason="撤销批量指派"
        )
        run.save(update_fields=["undone_at", "undone_by", "undone_count"])
        detail: dict[str, audit.Value] = {"kind": run.kind, "count": run.undone_count}
        audit.record(actor, "relation.undo_many", f"run:{run.pk}", region=run.region, detail=detail)
    return run
