"""Entries as texts with their numbers in full, for a file sealed for one reader. The caller logs the reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import subtree
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.lists import seen_by
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import attributes_of, register_of
from guiyan.registers.values import HUNDRED, SCALED

PIECE = 2_000


@dataclass
class Lines:
    """CSV, a head of field ids and then a line an entry; to be read once, within the scope it was asked for in.

    count: entries given so far. note: is told whose each piece is. A field that the actor may not see somewhere is
    empty there.
    """

    actor: Actor
    register: Register
    region: int
    since: date | None
    note: Callable[[list[int]], None] = lambda subject_ids: None
    count: int = 0
    fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = tuple(one.id for one in shown_fields(self.register))

    def __iter__(self) -> Iterator[str]:
        yield line(self.fields)
        fields = shown_fields(self.register)
        low, high = subtree(self.region)
        rows = seen_by(self.actor, releases.current(), self.register).filter(region__gte=low, region__lt=high)
        if self.since is not None:
            rows = rows.filter(checked_on__gte=self.since)
        last = 0
        while piece := list(rows.filter(pk__gt=last).order_by("pk")[:PIECE]):
            last = piece[-1].pk
            self.note([row.subject_id for row in piece])  # type: ignore[attr-defined]
            lists = {one.id: lists_of(self.register, one, piece) for one in fields if one.type == "list"}
            for row in piece:
                self.count += 1
                yield line(text_of(self.actor, one, row, lists) for one in fields)


def entries_in_full(
    actor: Actor,
    register: str,
    *,
    region: int,
    since: date | None,
    note: Callable[[list[int]], None] = lambda subject_ids: None,
) -> Lines:
    """What the actor may see of a register in a place. since: only what was checked on that day or later."""
    return Lines(actor, register_of(releases.current(), register), region, since, note)


def line(cells: Iterator[str] | tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def text_of(actor: Actor, one: Field, row: Model, lists: Mapping[str, Mapping[int, list[str]]]) -> str:
    """As a file of the register would have it, and as its reader takes it."""
    if not is_seen(actor, one, row):
        return ""
    if one.type == "list":
        return "、".join(lists[one.id].get(row.pk, ()))
    value = getattr(row, attributes_of(one.id, one.encrypted)[0])
    if value is None:
        return ""
    if one.encrypted:
        return sealing.opened(one.type, bytes(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if one.type in SCALED:
        sign, whole = "-" if value < 0 else "", abs(value)
        return f"{sign}{whole // HUNDRED}.{whole % HUNDRED:02}"
    return value.isoformat() if isinstance(value, date) else str(value)
