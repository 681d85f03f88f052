"""The first wall: what an actor's grants allow, for one object (`decide`) and for many (`visible`).

A permission holds for an object only through one grant that has both the permission and the object's range.
Permissions of one grant never meet the range of another. Residents act on their own subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet

from guiyan.kernel.actors import Actor, Grant, holds
from guiyan.kernel.errors import NotAllowed, NotFound, SignInNeeded
from guiyan.kernel.regions import within

M = TypeVar("M", bound=Model)

# What everybody may do with what concerns themselves.
OWN = frozenset({"case.view", "case.enter", "person.view", "register.view", "payment.view", "notice.view", "loan.view"})

# Which permission lets an actor know that an object exists: without it, the answer is "not found".
VIEWED_BY = {
    "answer": "answer.handle",
    "batch": "case.view",
    "cockpit": "cockpit.view",
    "demand": "case.view",
    "document": "plan.view",
    "figure": "indicator.view",
    "indicator": "indicator.view",
    "instruction": "cockpit.view",
    "list": "register.view",
    "relation": "dossier.view",
    "service": "dossier.view",
    "supervision": "cockpit.view",
    "target": "indicator.view",
}


@dataclass(frozen=True)
class Decision:
    """Whether it is allowed, and if not, why, in words for the page."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def decide(
    actor: Actor,
    permission: str,
    obj: object = None,
    *,
    region: str | None = "region",
    unit: str | None = "unit_id",
    subject: str | None = "subject_id",
) -> Decision:
    """May the actor do this to `obj`? Without an object: may they do it anywhere?

    region, unit, subject: where to read the object's range (`a__b` follows a relation; None: it has none).
    """
    if actor.kind == "system":
        return YES
    if obj is None:
        return YES if holds(actor, permission) else refusal(actor)
    if is_own(actor, permission, read(obj, subject)):
        return YES
    place, office = read(obj, region), read(obj, unit)
    if any(permission in grant.permissions and reaches(grant, place, office) for grant in actor.grants):
        return YES
    return refusal(actor)


def require(
    actor: Actor,
    permission: str,
    obj: object = None,
    *,
    region: str | None = "region",
    unit: str | None = "unit_id",
    subject: str | None = "subject_id",
) -> None:
    """Raise unless `decide` allows: NotFound for what the actor may not even see, SignInNeeded for nobody."""
    decision = decide(actor, permission, obj, region=region, unit=unit, subject=subject)
    if decision:
        return
    if actor.kind == "public":
        raise SignInNeeded
    seen = obj is None or decide(actor, view_permission(permission), obj, region=region, unit=unit, subject=subject)
    raise NotAllowed(decision.reason) if seen else NotFound


def visible(
    actor: Actor,
    permission: str,
    rows: QuerySet[M],
    *,
    region: str | None = "region",
    unit: str | None = "unit_id",
    subject: str | None = "subject_id",
) -> QuerySet[M]:
    """The rows for which `decide` would say yes."""
    if actor.kind == "system":
        return rows
    region, unit, subject = (name if has_field(rows, name) else None for name in (region, unit, subject))
    covered = Q(pk__in=())
    for grant in actor.grants:
        if permission in grant.permissions:
            covered |= range_of(grant, region, unit)
    if subject and permission in OWN and actor.subject_id is not None:
        covered |= Q(**{f"{subject}__in": actor.subject_ids})
    return rows.filter(covered)


def view_permission(permission: str) -> str:
    area = permission.partition(".")[0]
    return VIEWED_BY.get(area, f"{area}.view")


def is_own(actor: Actor, permission: str, subject_id: int | None) -> bool:
    return permission in OWN and subject_id in actor.subject_ids


def reaches(grant: Grant, region: int | None, unit_id: int | None) -> bool:
    inside = region is not None and within(grant.regions, region)
    if grant.own_unit_only:
        return grant.unit_id is not None and unit_id == grant.unit_id and (inside or not grant.regions)
    return inside


def range_of(grant: Grant, region: str | None, unit: str | None) -> Q:
    """`reaches` as a filter."""
    nothing = Q(pk__in=())
    inside = nothing
    if region:
        for low, high in grant.regions:
            inside |= Q(**{f"{region}__gte": low, f"{region}__lt": high})
    if not grant.own_unit_only:
        return inside
    if unit is None or grant.unit_id is None:
        return nothing
    own = Q(**{unit: grant.unit_id})
    return own & inside if grant.regions else own


def refusal(actor: Actor) -> Decision:
    if actor.kind == "public":
        return Decision(False, SignInNeeded.default_message)
    return Decision(False, NotAllowed.default_message)


def read(obj: object, path: str | None) -> int | None:
    """Follow `a__b` from the object; None where there is nothing."""
    value: object = obj
    for name in path.split("__") if path else ():
        value = getattr(value, name, None)
    return value if path and isinstance(value, int) else None


def has_field(rows: QuerySet[M], path: str | None) -> bool:
    if not path:
        return False
    first = path.split("__")[0]
    if first in rows.query.annotations:
        return True
    try:
        rows.model._meta.get_field(first)
    except FieldDoesNotExist:
        return False
    return True
