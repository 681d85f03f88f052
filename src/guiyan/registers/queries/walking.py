"""Entries one after the other by id, for other systems: masked, with what lists hold, in a number of queries a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.packs.pack import Pack
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.lists import seen_by, shown
from guiyan.registers.queries.sending import rows_sent
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import register_of
from guiyan.registers.totals import aged
from guiyan.registers.values import Value


@dataclass(frozen=True)
class EntryLine:
    """id: the subject's; for a sender the entry's, which tells nothing of who was known before."""

    id: int
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
    rows = rows_for(actor, pack, register).filter(pk__gt=after)
    if since is not None:
        rows = rows.filter(checked_on__gte=since)
    found = list(rows.order_by("pk")[: limit + 1])
    kept = found[:limit]
    return EntryWalk(lines_of(actor, register, kept), kept[-1].pk if len(found) > limit else None)


def rows_for(actor: Actor, pack: Pack, register: Register) -> QuerySet[Model]:
    return rows_sent(actor, register) if holds(actor, SEND) else seen_by(actor, pack, register)


def entry_line(actor: Actor, register_id: str, line_id: int) -> EntryLine | None:
    """line_id: as `EntryLine.id`."""
    pack = releases.current()
    register = register_of(pack, register_id)
    rows = rows_for(actor, pack, register)
    rows = rows.filter(pk=line_id) if holds(actor, SEND) else rows.filter(subject_id__in=same_as(line_id))
    found = list(rows.order_by("pk")[:1])
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
            row.pk if holds(actor, SEND) else row.subject_id,  # type: ignore[attr-defined]
            row.subject_id,  # type: ignore[attr-defined]
            row.region,  # type: ignore[attr-defined]
            row.level,  # type: ignore[attr-defined]
            row.checked_on,  # type: ignore[attr-defined]
            row.version,  # type: ignore[attr-defined]
            {one.id: value(one.id, row) for one in fields},
        )
        for row in rows
    )
