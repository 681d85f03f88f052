"""Which fields of an entry an actor may see: those for everybody, and those of a permission held where it lies."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from guiyan.accounts.permissions import decide
from guiyan.kernel.actors import Actor
from guiyan.packs.register import Field, Register


def is_seen(actor: Actor, field: Field, row: Model) -> bool:
    """The row's holder sees all of her own."""
    if not field.seen_by or actor.kind == "system":
        return True
    if getattr(row, "holder_id", None) in actor.subject_ids:
        return True
    return any(decide(actor, permission, row, subject=None) for permission in field.seen_by)


def hidden_in(actor: Actor, register: Register, row: Model) -> frozenset[str]:
    """The fields of this entry that the actor may not see."""
    return frozenset(field.id for field in limited(register) if not is_seen(actor, field, row))


def limited(register: Register) -> Iterable[Field]:
    return (field for field in register.fields.values() if field.seen_by)
