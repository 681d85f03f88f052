"""A sender's file read once ahead: which of its keys are somebody else's. Of such a row nothing is taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guiyan.kernel.calendar import today
from guiyan.packs.register import Register
from guiyan.registers.importing.by_column import ColumnReader
from guiyan.registers.importing.reading import RowReader
from guiyan.registers.importing.sheet import open_sheet
from guiyan.registers.values import Value
from guiyan.registers.writing import Report
from guiyan.registers.writing.prepare import prepare
from guiyan.registers.writing.senders import units_of

PIECE = 20_000


def foreign_keys(
    register: Register, path: Path, name: str, sheet_title: str, reader: RowReader, *, claims: bool
) -> frozenset[Value]:
    """The keys in the file of entries that are not `reader.unit_id`'s; within the system's scope.

    claims: an officer brings it in for the sender, and may give it entries that are nobody's yet.
    """
    found: set[Value] = set()
    for good in ColumnReader(reader).pieces(open_sheet(path, name, sheet_title), name, PIECE):
        keys = good.values.get(register.key_field or "", [])
        found |= foreign_among(register, keys, reader.unit_id, claims=claims)
    return frozenset(found)


def foreign_among(
    register: Register, values: Sequence[Value], unit_id: int | None, *, claims: bool = False
) -> set[Value]:
    """Of these keys, those of entries that are not the unit's; within the system's scope."""
    name = register.key_field or ""
    told = [Report({name: one}, "", today()) for one in values if one is not None]
    keys = {one.key: one.report.values[name] for one in prepare(register, told) if one.key}
    units = units_of(register, keys.keys())
    return {keys[key] for key, unit in units.items() if unit != unit_id and not (claims and unit is None)}
