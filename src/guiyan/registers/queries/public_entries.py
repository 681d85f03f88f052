"""One published entry under an address that says nothing of it, with what may be asked about it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model

from guiyan.kernel import crypto, releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.packs.register_parts import Publication
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.entries import first_row
from guiyan.registers.queries.published import cell, released
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.values import Value

GONE = "这一条现在不公开了，可能已经成交，或者主管部门撤下了。"


@dataclass(frozen=True)
class PublicEntry:
    """values: field → what is shown of it, by the publication rule. subject_id: for those who may know it."""

    register: Register
    rule: Publication
    token: str
    subject_id: int
    region: int
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, Value]
    answered_by: tuple[Register, ...]


def token_of(register: str, subject_id: int) -> str:
    return crypto.opaque(f"registers.entry.{register}", subject_id)


def subject_of(register: str, token: str) -> int:
    """Raises NotFound for an address that was not made here."""
    found = crypto.from_opaque(f"registers.entry.{register}", token)
    if found is None:
        raise NotFound("没有这个地址，请从公开名录里打开。")
    return found


def answering(register: str) -> tuple[Register, ...]:
    """The registers whose entries answer published ones of this register."""
    found = []
    for one in releases.current().registers.values():
        field = one.fields.get(one.answers.field) if one.answers is not None else None
        if field is not None and field.refers_to is not None and field.refers_to.register_ == register:
            found.append(one)
    return tuple(found)


def public_entry(register_id: str, token: str) -> PublicEntry:
    """Raises NotFound, in words where the entry is out no longer."""
    register = releases.current().registers.get(register_id)
    if register is None or register.publish is None:
        raise NotFound
    subject_id = subject_of(register_id, token)
    with entered(Scope.system()):
        row = public_row(register, subject_id)
        fields = tuple(one for one in shown_fields(register) if one.id in register.publish.fields)
        lists: dict[str, Mapping[int, Sequence[str]]] = {
            one.id: lists_of(register, one, [row]) for one in fields if one.type == "list"
        }
        values = {one.id: cell(one, register.publish.fields[one.id], row, lists) for one in fields}
    return PublicEntry(
        register,
        register.publish,
        token,
        row.subject_id,  # type: ignore[attr-defined]
        row.region,  # type: ignore[attr-defined]
        str(values[register.title_field] or ""),
        fields,
        values,
        answering(register_id),
    )


def public_row(register: Register, subject_id: int) -> Model:
    """The entry's row while it is out; within the system's scope. Raises NotFound."""
    assert register.publish is not None
    rows = released(register, register.publish).filter(subject_id__in=same_as(subject_id))
    found = rows.order_by("id").first()
    if found is None:
        raise NotFound(GONE)
    return found


def answered_register(pack: Pack, register: Register) -> Register:
    """Whose entries are answered by this one."""
    assert register.answers is not None
    named = register.fields[register.answers.field].refers_to
    assert named is not None
    return pack.registers[named.register_]


def answered_of(register: Register) -> Register:
    """`answered_register` of the release in force."""
    return answered_register(releases.current(), register)


def entry_row(register: str, subject_id: int) -> Model:
    """The row of an entry whose page may be seen already; within the entered scope. Raises NotFound."""
    found = first_row(releases.current(), register, subject_id)
    if found is None:
        raise NotFound
    return found
