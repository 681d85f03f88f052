"""From what an actor is granted to the scope the database enforces: never narrower than the first wall."""

from __future__ import annotations

from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.scope import Scope


def scope_of(actor: Actor) -> Scope:
    if actor.kind == "system":
        return Scope.system()
    if actor.kind == "public":
        return Scope.public_pages()
    regions = sorted({interval for grant in actor.grants for interval in grant.regions})
    units = frozenset(grant.unit_id for grant in actor.grants if grant.unit_id is not None)
    return Scope(
        regions=tuple(regions),
        units=units,
        subject_id=actor.subject_id,
        earlier_ids=tuple(sorted(actor.subject_ids - {actor.subject_id})),
        user_id=actor.user_id,
        public=True,
        audit=holds(actor, "audit.view"),
    )
