"""What is held of whoever is signed in, and who looked: hers alone, whatever address she was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.models import Block
from guiyan.registers.rights.asking import own_id
from guiyan.registers.rights.copying import copy_of
from guiyan.registers.rights.held import HeldEntry, HeldField, held_entries
from guiyan.registers.rights.looks import Looked, Looks, looks_of
from guiyan.registers.rights.passed import passed_of
from guiyan.registers.rights.retention import Kept, all_kept

SOME = 5


@dataclass(frozen=True)
class MyData:
    """Of all she is known as: a merged record's entries are hers as well. erased: some of it was deleted for ever.

    passed: what came of her from other bureaus and went to other systems.
    """

    entries: tuple[HeldEntry, ...]
    kept: tuple[Kept, ...]
    looks: Looks
    passed: tuple[Looked, ...]
    blocked: bool
    erased: bool


def my_data(actor: Actor) -> MyData:
    """Entries, what else is kept, and the latest looks."""
    ids = all_ids(actor)
    with entered(Scope.system()):
        kept = all_kept(ids)
        blocks = list(Block.objects.filter(subject_id__in=ids, lifted_at=None).values_list("erased", flat=True))
        return MyData(
            tuple(held_entries(ids)),
            tuple(kept),
            looks_of(ids, own_accounts(actor), kept, before=None, most=SOME),
            passed_of(ids),
            bool(blocks),
            any(blocks),
        )


def my_looks(actor: Actor, *, before: int | None, most: int = 20) -> Looks:
    """A page of who looked, the newest first."""
    ids = all_ids(actor)
    with entered(Scope.system()):
        return looks_of(ids, own_accounts(actor), all_kept(ids), before=before, most=most)


def my_field(actor: Actor, register: str, entry_id: int, field: str) -> tuple[HeldEntry, HeldField]:
    """One field of one's own entry. Raises NotFound, also for what is somebody else's."""
    ids = all_ids(actor)
    if entry_id not in ids:
        raise NotFound
    with entered(Scope.system()):
        for entry in held_entries([entry_id]):
            if entry.register.id == register and not entry.blocked:
                one = entry.register.fields.get(field)
                if one is None or one.retired:
                    break
                held = next((each for each in entry.fields if each.field.id == field), None)
                return entry, held or HeldField(one, None)
    raise NotFound


def all_ids(actor: Actor) -> Sequence[int]:
    own_id(actor)
    return sorted(actor.subject_ids)


def own_accounts(actor: Actor) -> list[int]:
    return [actor.user_id] if actor.user_id is not None else []


__all__ = ["HeldEntry", "HeldField", "Looked", "Looks", "MyData", "copy_of", "my_data", "my_field", "my_looks"]
