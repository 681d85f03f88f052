"""What the registers hold of one person: every field with its source, its day and its basis, blocked entries too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from guiyan.kernel import releases
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing
from guiyan.registers.declared import shown_fields
from guiyan.registers.models import Assertion, Block, Hat
from guiyan.registers.projection import project, report_of
from guiyan.registers.queries.entries import label_of, list_values, values_of
from guiyan.registers.tables import attributes_of, table_of
from guiyan.registers.values import Value, from_json
from guiyan.registers.writing.take import said_of, trust_of, voided_of


@dataclass(frozen=True)
class HeldField:
    field: Field
    value: Value
    source: str = ""
    day: date | None = None
    basis: str = ""


@dataclass(frozen=True)
class HeldEntry:
    """One entry of one register. entry_id: the subject that it is the entry of. blocked: out of the register."""

    register: Register
    entry_id: int
    region: int
    level: str
    checked_on: date | None
    fields: tuple[HeldField, ...]
    blocked: bool = False


def held_entries(subject_ids: Sequence[int], *, in_full: bool = False) -> list[HeldEntry]:
    """All entries of these subjects, in the order of the pack. In the system's scope, after deciding who asks.

    in_full: numbers opened; otherwise masked.
    """
    pack = releases.current()
    hats = Hat.objects.filter(subject_id__in=list(subject_ids)).values_list("register", "subject_id")
    found = [
        entry
        for register, subject_id in sorted(hats, key=lambda one: one[1])
        if register in pack.registers
        for entry in entry_of(pack, pack.registers[register], subject_id, in_full)
    ]
    found += blocked_entries(pack, subject_ids, in_full)
    order = {name: place for place, name in enumerate(pack.registers)}
    return sorted(found, key=lambda one: (not one.register.home, order[one.register.id], one.entry_id))


def entry_of(pack: Pack, register: Register, subject_id: int, in_full: bool) -> Iterable[HeldEntry]:
    row = table_of(pack, register.id)._default_manager.filter(subject_id=subject_id).first()
    if row is None:
        return
    values = full_values(register, row) if in_full else values_of(register, row)
    came_from: dict[str, int] = row.field_from  # type: ignore[attr-defined]
    told = told_by(register, came_from.values())
    fields = tuple(
        HeldField(one, values[one.id], *told.get(report_of(came_from, one), ()))
        for one in shown_fields(register)
        if values[one.id] not in (None, "", ())
    )
    yield HeldEntry(register, subject_id, row.region, row.level, row.checked_on, fields)  # type: ignore[attr-defined]


def told_by(register: Register, assertions: Iterable[int]) -> Mapping[int, tuple[str, date, str]]:
    """Report → (source in words, day, basis)."""
    rows = Assertion.objects.filter(pk__in=set(assertions)).values_list("pk", "source", "at", "basis")
    return {pk: (label_of(register, source), at, basis) for pk, source, at, basis in rows}


def full_values(register: Register, row: Model) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for one in register.fields.values():
        if one.type == "list":
            values[one.id] = list_values(register, one, row.pk)
            continue
        stored = getattr(row, attributes_of(one.id, one.encrypted)[0])
        sealed = one.encrypted and stored is not None
        values[one.id] = sealing.opened(one.type, bytes(stored)) if sealed else stored
    return values


def blocked_entries(pack: Pack, subject_ids: Sequence[int], in_full: bool = False) -> list[HeldEntry]:
    """Entries that are out of their registers: made again from the reports, for this reading alone."""
    blocks = Block.objects.filter(subject_id__in=list(subject_ids), lifted_at=None, erased=False)
    return [
        entry
        for block in blocks.order_by("pk")
        for name in block.registers
        if name in pack.registers
        for entry in projected(pack.registers[name], block.subject_id, block.region, in_full)
    ]


def projected(register: Register, subject_id: int, region: int, in_full: bool) -> Iterable[HeldEntry]:
    said = said_of(register.id, [subject_id]).get(subject_id)
    if not said or subject_id in voided_of(register, {subject_id}):
        return
    shown = project([one for one, _ in said], trust_of(register))
    told = told_by(register, shown.came_from.values())
    fields = tuple(
        HeldField(one, value, *told.get(shown.came_from.get(one.id, 0), ()))
        for one in shown_fields(register)
        for value in [plain(one, shown.values.get(one.id), in_full)]
        if value not in (None, "", ())
    )
    yield HeldEntry(register, subject_id, region, "", shown.checked_on, fields, blocked=True)


def plain(field: Field, stored: object, in_full: bool) -> Value:
    if not field.encrypted:
        return from_json(field, stored)
    sealed = sealing.from_json(stored)
    if sealed is None:
        return None
    return sealing.opened(field.type, sealed.text) if in_full else sealing.masked(field, sealed.text)
