"""The entries of a file, piece by piece, as whoever asked may see them: memory stays the same for a million rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db.models import Model

from guiyan.kernel.actors import Actor
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.lists import entries_for, shown
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import register_of
from guiyan.registers.totals import aged
from guiyan.registers.values import Value

PIECE = 2_000


def rows_for(
    actor: Actor,
    pack: Pack,
    register_id: str,
    query: Mapping[str, str],
    columns: Sequence[str],
    *,
    note: Callable[[list[int]], None] = lambda subject_ids: None,
) -> Iterator[list[Value]]:
    """In the order of ids; numbers masked, what the actor may not see empty. note: is told whose each piece is."""
    register = register_of(pack, register_id)
    fields = [register.fields[name] for name in columns if name in register.fields]
    rows = entries_for(actor, pack, register, query)
    last = 0
    while piece := list(rows.filter(pk__gt=last).order_by("pk")[:PIECE]):
        last = piece[-1].pk
        aged(pack, register, piece, [one.id for one in fields])
        note([row.subject_id for row in piece])  # type: ignore[attr-defined]
        lists = {one.id: lists_of(register, one, piece) for one in fields if one.type == "list"}
        for row in piece:
            yield [cell(actor, one, row, lists) for one in fields]


def cell(actor: Actor, field: Field, row: Model, lists: Mapping[str, Mapping[int, list[str]]]) -> Value:
    if not is_seen(actor, field, row):
        return None
    if field.type == "list":
        return tuple(lists[field.id].get(row.pk, ()))
    return shown(field, row)
