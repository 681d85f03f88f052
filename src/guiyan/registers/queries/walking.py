"""Entries one after the other by id, for other systems: masked, with what lists hold, in a number of queries a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.packs.register import Register
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.lists import seen_by, shown
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import register_of
from guiyan.registers.totals import aged
from guiyan.registers.values import Value


@dataclass(frozen=True)
class EntryLine:
    subject_id: int
    region: int
    level: str
    checked_on: date | None
    version: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class EntryWalk:
    """next: the id to go on after; None at the end."""

    lines: tuple[EntryLine, ...]
    next: int | None


def entries_after(actor: Actor, register_id: str, *, after: int, limit: int, since: date | None) -> EntryWalk:
    """The next entries that the actor may see. since: only those checked on that day or later."""
    pack = releases.current()
    register = register_of(pack, register_id)
    rows = seen_by(actor, pack, register).filter(pk__gt=after)
    if since is not None:
        rows = rows.filter(checked_on__gte=since)
    found = list(rows.order_by("pk")[: limit + 1])
    kept = found[:limit]
    return EntryWalk(lines_of(actor, register, kept), kept[-1].pk if len(found) > limit else None)


def entry_line(actor: Actor, register_id: str, subject_id: int) -> EntryLine | None:
    pack = releases.current()
    register = register_of(pack, register_id)
    ids = same_as(subject_id)
    found = list(seen_by(actor, pack, register).filter(subject_id__in=ids).order_by("pk")[:1])
    return next(iter(lines_of(actor, register, found)), None)


def lines_of(actor: Actor, register: Register, rows: Sequence[Model]) -> tuple[EntryLine, ...]:
    fields = shown_fields(register)
    aged(releases.current(), register, rows)
    lists = {one.id: lists_of(register, one, rows) for one in fields if one.type == "list"}

    def value(one: object, row: Model) -> Value:
        field = register.fields[str(one)]
        if not is_seen(actor, field, row):
            return None
        return tuple(lists[field.id].get(row.pk, ())) if field.type == "list" else shown(field, row)

    return tuple(
        EntryLine(
            row.subject_id,  # type: ignore[attr-defined]
            row.region,  # type: ignore[attr-defined]
            row.level,  # type: ignore[attr-defined]
            row.checked_on,  # type: ignore[attr-defined]
            row.version,  # type: ignore[attr-defined]
            {one.id: value(one.id, row) for one in fields},
        )
        for row in rows
    )
