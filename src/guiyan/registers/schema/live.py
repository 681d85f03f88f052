"""What a register's table is like now, read from the catalogue of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from guiyan.packs.register import FieldType, Register
from guiyan.registers.models import RegisterColumn
from guiyan.registers.schema.columns import table_name

COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_attribute a
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped"""
COUNTED_WELL = "SELECT attname, attstattarget FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attstattarget > 0"
INDEXES = """
    SELECT c.relname, i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = %s OR starts_with(t.relname, %s)"""
CONSTRAINTS = (
    "SELECT conname, convalidated FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype IN ('c', 'x')"
)
FOREIGN = """
    SELECT t.relname, c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE c.confrelid = to_regclass(%s) AND c.contype = 'f'"""
CHILDREN = "SELECT relname FROM pg_class WHERE relkind = 'r' AND starts_with(relname, %s)"


@dataclass(frozen=True)
class Mapped:
    """A row of RegisterColumn: this column holds this field in this type."""

    field: str
    column: str
    type: FieldType
    stage: str
    derived: str = ""
    derived_stage: str = ""


@dataclass(frozen=True)
class Live:
    columns: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, bool] = field(default_factory=dict)  # name → valid
    constraints: Mapping[str, bool] = field(default_factory=dict)  # name → validated
    children: frozenset[str] = frozenset()
    mapped: tuple[Mapped, ...] = ()
    foreign: frozenset[tuple[str, str]] = frozenset()  # list table, its foreign key to the register's
    statistics: Mapping[str, int] = field(default_factory=dict)  # column → its own target

    @property
    def exists(self) -> bool:
        return bool(self.columns)


def live_register(register: Register) -> Live:
    table = table_name(register.id)
    columns = pairs(COLUMNS, table)
    indexes = pairs(INDEXES, table, f"{table}__")
    constraints = pairs(CONSTRAINTS, table)
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN, [f"{table}__"])
        children = frozenset(name for (name,) in cursor.fetchall())
        cursor.execute(FOREIGN, [table])
        foreign = frozenset(cursor.fetchall())
    rows = RegisterColumn.objects.filter(register=register.id).order_by("id")
    mapped = tuple(
        Mapped(row.field, row.column, row.type, row.stage, row.derived, row.derived_stage)  # type: ignore[arg-type]
        for row in rows
    )
    statistics = pairs(COUNTED_WELL, table)
    return Live(columns, indexes, constraints, children, mapped, foreign, statistics)


def pairs(query: str, *names: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, names)
        return dict(cursor.fetchall())
