"""What a form showed of an entry, as a short mark a field: how to tell later who changed what."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db.models import Model

from guiyan.kernel import releases
from guiyan.packs.register import Register
from guiyan.registers import sealing
from guiyan.registers.queries.entries import first_row, list_values
from guiyan.registers.tables import attributes_of, register_of
from guiyan.registers.values import Value, to_json

Marks = Mapping[str, str]


def mark_of(register: Register, field_id: str, value: Value) -> str:
    """The same for the same value; of a number its keyed digest stands in for it."""
    field = register.fields[field_id]
    if value in (None, "", ()):
        return ""
    if field.encrypted:
        return short(sealing.digest_of(field.type, str(value)).hex())
    plain = sorted(value) if isinstance(value, tuple) else to_json(value)
    return short(repr(plain))


def marks_of(register: Register, row: Model) -> dict[str, str]:
    """Field → mark of what the entry holds now."""
    found: dict[str, str] = {}
    for field in register.reported:
        if field.encrypted:
            digest = getattr(row, attributes_of(field.id, True)[1])
            found[field.id] = short(bytes(digest).hex()) if digest is not None else ""
        elif field.type == "list":
            found[field.id] = mark_of(register, field.id, list_values(register, field, row.pk))
        else:
            found[field.id] = mark_of(register, field.id, getattr(row, attributes_of(field.id, False)[0]))
    return found


def marks_of_entry(register: str, subject_id: int) -> dict[str, str]:
    """The same for who may see the entry already; nothing of the values can be told from it."""
    pack = releases.current()
    row = first_row(pack, register, subject_id)
    return marks_of(register_of(pack, register), row) if row is not None else {}


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
