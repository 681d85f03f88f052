"""The changes that bring a register's table to what the pack declares. Pure: no database is read or written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from guiyan.kernel.errors import Refused
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.schema import statements
from guiyan.registers.schema.columns import child_table, first_column, table_name
from guiyan.registers.schema.indexes import wanted_indexes
from guiyan.registers.schema.live import Live, Mapped


class SchemaRefused(Refused):
    """The pack asks for what a live register can't become without losing something."""


@dataclass(frozen=True)
class Change:
    """One step. `says` is for people; `mark` is noted in RegisterColumn with it; `fills_from` asks for a backfill."""

    register: str
    says: str
    statements: tuple[sql.Composable, ...] = ()
    concurrent: bool = False
    wall: str = ""
    mark: Mapped | None = None
    fills_from: Mapped | None = None


def changes_for(register: Register, live: Live) -> Iterator[Change]:
    """In the order in which they are made: table, columns, list tables, retirements, indexes, constraints."""
    if not live.exists:
        yield new_table(register)
    for field in register.fields.values():
        yield from field_changes(register, field, live)
    yield from retirements(register, live)
    columns = columns_after(register, live)
    for index in wanted_indexes(register, columns):
        if not live.indexes.get(index.name, False):
            again = index.name in live.indexes
            made = statements.create_index(index, again=again)
            yield Change(register.id, f"建立索引 {index.name}", made, concurrent=True)
    for name, condition in statements.wanted_constraints(register, columns).items():
        if not live.constraints.get(name, False):
            steps = statements.constraint(table_name(register.id), name, condition, exists=name in live.constraints)
            yield Change(register.id, f"加约束 {name}（先不校验，再校验）", steps)


def new_table(register: Register) -> Change:
    table = table_name(register.id)
    return Change(register.id, f"新建名录表 {table}（{register.label}）", (statements.create_table(table),), wall=table)


def field_changes(register: Register, field: Field, live: Live) -> Iterator[Change]:
    """Nothing for a field that has its column; a new column for a new field or a changed type."""
    rows = [row for row in live.mapped if row.field == field.id]
    own = next((row for row in rows if row.type == field.type), None)
    if own is not None and own.stage == states.COLUMN_LIVE:
        return
    before = next((row for row in rows if row.stage == states.COLUMN_LIVE), None)
    if own is not None and before is None:
        back = Mapped(field.id, own.column, field.type, states.COLUMN_LIVE)
        yield Change(register.id, f"重新启用字段 {field.id}（{field.label}）", mark=back)
    elif before is None:
        yield new_field(register, field)
    else:
        yield changed_type(register, field, before, own)


def new_field(register: Register, field: Field) -> Change:
    column = first_column(field)
    mark = Mapped(field.id, column, field.type, states.COLUMN_LIVE)
    says = f"加字段 {field.id}（{field.label}，{field.type}）"
    if field.type == "list":
        child = child_table(register.id, field.id)
        steps = statements.create_child(child, table_name(register.id))
        return Change(register.id, f"{says}，明细表 {child}", steps, wall=child, mark=mark)
    return Change(register.id, says, (statements.add_columns(table_name(register.id), column, field.type),), mark=mark)


def changed_type(register: Register, field: Field, before: Mapped, own: Mapped | None) -> Change:
    """A new column, filled from the old one; `own` is there when an earlier run was interrupted or the type returns."""
    if {"list", "phone", "id_number"} & {before.type, field.type}:
        raise SchemaRefused(
            f"名录 {register.id} 的字段 {field.id} 不能从 {before.type} 改成 {field.type}："
            "明细和加密字段不能换类型。请停用原字段，另加一个新字段。",
            "type-change",
        )
    column = own.column if own else f"{first_column(field)}_{field.type}"
    mark = Mapped(field.id, column, field.type, states.COLUMN_FILLING)
    steps = (statements.add_columns(table_name(register.id), column, field.type),)
    says = f"字段 {field.id} 从 {before.type} 改为 {field.type}：新列 {column}，分批填充后切换"
    return Change(register.id, says, steps, mark=mark, fills_from=before)


def retirements(register: Register, live: Live) -> Iterator[Change]:
    """A field that the pack no longer has keeps its column and is no longer shown."""
    for row in live.mapped:
        if row.stage == states.COLUMN_LIVE and row.field not in register.fields:
            mark = Mapped(row.field, row.column, row.type, states.COLUMN_RETIRED)
            yield Change(register.id, f"停用字段 {row.field}（保留数据，不再显示）", mark=mark)


def columns_after(register: Register, live: Live) -> dict[str, str]:
    """Field → column, once all changes are made."""
    held = {(row.field, row.type): row.column for row in live.mapped}
    types_before = {row.field for row in live.mapped}
    columns = {}
    for field in register.fields.values():
        fresh = f"{first_column(field)}_{field.type}" if field.id in types_before else first_column(field)
        columns[field.id] = held.get((field.id, field.type), fresh)
    return columns
