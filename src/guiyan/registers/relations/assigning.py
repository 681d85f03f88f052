"""Giving one person a helper, giving her another, ending it: by hand, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from guiyan.accounts.permissions import require, visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.relation import StandingRelation
from guiyan.registers.models import Relation, Subject
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.relations.helpers import Helper, helpers_for, relation_of
from guiyan.registers.tables import table_of

LONGEST_REASON = 200


@transaction.atomic
def assign_helper(actor: Actor, *, kind: str, subject_id: int, helper_id: int, reason: str = "") -> Relation:
    """Give somebody a helper from today on; whoever she had before is ended today with the same reason.

    Raises Refused when the helper is full, serves another place, or a change has no reason.
    """
    declared = relation_of(kind)
    entry = entry_to_serve(actor, declared, subject_id)
    region: int = entry.region  # type: ignore[attr-defined]
    return hand_to(actor, declared, subject_id=subject_id, helper_id=helper_id, region=region, reason=written(reason))


def hand_to(
    actor: Actor, declared: StandingRelation, *, subject_id: int, helper_id: int, region: int, reason: str
) -> Relation:
    """`assign_helper` once it is known that the actor may, for somebody of that place. Raises Refused alike."""
    kind = declared.id
    with entered(Scope.system()):
        ids, own = locked([subject_id, helper_id])
        helper = next(iter(helpers_for(declared, only=same_as(helper_id))), None)
        if helper is None:
            raise NotFound(f"名录里没有这位{declared.label}。")
        current = list(current_of(kind, ids[subject_id]))
        refuse_unfit(declared, helper, region, ids[subject_id])
        if (
            [row.from_subject_id for row in current]
            and all(row.from_subject_id in ids[helper_id] for row in current)
            and len(current) == 1
        ):
            raise Refused(f"现在的{declared.label}就是{helper.name}。", "same-helper")
        if current and not reason:
            raise Refused(f"更换{declared.label}要写明原因。", "no-reason")
        refuse_full(declared, helper)
        for row in current:
            finish(actor, row, reason or "更换")
        given = Relation.objects.create(
            kind=kind,
            from_subject_id=helper.subject_id,
            to_subject_id=own[subject_id],
            valid_from=today(),
            region=region,
            source="",
            holder_id=own[subject_id],
            assigned_at=now(),
            assigned_by=actor.label,
            reason=reason,
        )
        detail: dict[str, audit.Value] = {"kind": kind, "helper": helper.subject_id, "instead": len(current)}
        audit.record(actor, "relation.assign", f"subject:{own[subject_id]}", region=given.region, detail=detail)
    return given


@transaction.atomic
def end_helper(actor: Actor, *, kind: str, subject_id: int, reason: str) -> int:
    """End what somebody has of this kind, and leave it open; returns how many relations ended."""
    declared = relation_of(kind)
    entry = entry_to_serve(actor, declared, subject_id)
    reason = written(reason)
    if not reason:
        raise Refused(f"取消{declared.label}要写明原因。", "no-reason")
    with entered(Scope.system()):
        ids, own = locked([subject_id])
        rows = list(current_of(kind, ids[subject_id]))
        if not rows:
            raise Refused(f"现在没有{declared.label}，不用取消。", "none")
        for row in rows:
            finish(actor, row, reason)
        region = entry.region  # type: ignore[attr-defined]
        audit.record(actor, "relation.end", f"subject:{own[subject_id]}", region=region, detail={"kind": kind})
    return len(rows)


def entry_to_serve(actor: Actor, declared: StandingRelation, subject_id: int) -> Model:
    """The entry of whom it is for, where the actor may give a helper. Raises NotFound, NotAllowed, Refused."""
    if declared.by_trigger:
        raise Refused(f"{declared.label}由系统按首次登记指派，请在“首次登记”里更换。", "by-trigger")
    model = table_of(releases.current(), declared.of)
    rows = model._default_manager.filter(subject_id__in=same_as(subject_id))
    row = visible(actor, "relation.assign", rows, subject=None, unit=None).order_by("id").first()
    if row is not None:
        return row
    seen = visible(actor, "dossier.view", rows, subject=None, unit=None).order_by("id").first()
    if seen is None:
        raise NotFound
    require(actor, "relation.assign", seen, unit=None, subject=None)
    return seen


def written(reason: str) -> str:
    words = reason.strip()
    if len(words) > LONGEST_REASON:
        raise Refused(f"原因写了{len(words)}个字，最多{LONGEST_REASON}个字。", "too-long")
    return words


def locked(subject_ids: Sequence[int]) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Lock the canonical subjects in the order of ids: two who give the same helper her last place take turns.

    Gives every id under which each of the wanted is known, and the canonical one of each.
    """
    wanted = set(subject_ids)
    roots = dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "canonical_id"))
    if set(roots) != wanted:
        raise NotFound
    list(Subject.objects.select_for_update().filter(pk__in=set(roots.values())).order_by("pk").values_list("pk"))
    return {one: same_as(one) for one in wanted}, roots


def current_of(kind: str, ids: Sequence[int]) -> list[Relation]:
    """What one person has of a kind now; more than one only after two people were found to be the same."""
    return list(Relation.objects.select_for_update().filter(CURRENT, kind=kind, to_subject_id__in=ids).order_by("pk"))


def refuse_unfit(declared: StandingRelation, helper: Helper, region: int, own: Sequence[int]) -> None:
    if helper.subject_id in own:
        raise Refused(f"{helper.name}不能做自己的{declared.label}。", "own")
    if not helper.serves(region):
        raise Refused(f"{helper.name}不负责这个地方，请另选一位。", "other-place")


def refuse_full(declared: StandingRelation, helper: Helper) -> None:
    if not helper.room:
        words = f"{helper.name}已有{helper.load}人，上限{helper.capacity}人"
        raise Refused(f"{words}。请另选一位{declared.label}，或先在名录里调整上限。", "full")


def finish(actor: Actor, row: Relation, reason: str) -> None:
    row.valid_to, row.ended_at, row.ended_by, row.end_reason = today(), now(), actor.label, reason
    row.save(update_fields=["valid_to", "ended_at", "ended_by", "end_reason"])
