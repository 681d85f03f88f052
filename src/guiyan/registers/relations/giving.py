"""Giving somebody a helper because something happened to her: the nearest with the least to do, or one chosen."""

from __future__ import annotations

from django.db import transaction

from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.turns import take_turn
from guiyan.packs.relation import StandingRelation
from guiyan.registers.models import Relation
from guiyan.registers.queries.relations import choosable
from guiyan.registers.relations.assigning import current_of, hand_to, locked, written
from guiyan.registers.relations.helpers import Helper, helpers_for, relation_of


@transaction.atomic
def give_nearest(actor: Actor, *, kind: str, subject_id: int, region: int, reason: str) -> Helper | None:
    """Whoever serves the smallest place around `region`, has room, and of these the fewest; None where nobody has.

    Whom somebody has already she keeps. The caller has seen to the permission. Takes turns, so that two given at the
    same moment are counted.
    """
    declared = relation_of(kind)
    with entered(Scope.system()):
        take_turn(f"relation.{kind}")
        ids, _ = locked([subject_id])
        standing = current_of(kind, ids[subject_id])
        if standing:
            return helper_of(declared, standing[-1])
        fit = (one for one in choosable(kind, region) if one.room and one.subject_id not in ids[subject_id])
        found = next(fit, None)
        if found is not None:
            hand_to(
                actor,
                declared,
                subject_id=subject_id,
                helper_id=found.subject_id,
                region=region,
                reason=written(reason),
            )
        return found


@transaction.atomic
def give_instead(actor: Actor, *, kind: str, subject_id: int, helper_id: int, region: int, reason: str) -> Helper:
    """Give this one from today on; whoever she had is ended with the reason. The caller has seen to the permission."""
    declared = relation_of(kind)
    with entered(Scope.system()):
        take_turn(f"relation.{kind}")
        given = hand_to(
            actor, declared, subject_id=subject_id, helper_id=helper_id, region=region, reason=written(reason)
        )
        return helper_of(declared, given)


def helper_of(declared: StandingRelation, row: Relation) -> Helper:
    return next(iter(helpers_for(declared, only=[row.from_subject_id])))
