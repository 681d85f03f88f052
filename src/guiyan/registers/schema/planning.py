"""The changes that bring a register's table to what the pack declares. Pure: no database is read or written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from psycopg import sql

from guiyan.kernel.errors import Refused
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.schema import statements
from guiyan.registers.schema.columns import child_table, first_column, table_name
from guiyan.registers.schema.indexes import ENDING, wanted_indexes
from guiyan.registers.schema.live import Live, Mapped

NONE: Mapping[str, str] = {}
REGION = "region"


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
    derives: str = ""  # the field whose column is worked out anew from entries


def changes_for(
    register: Register, live: Live, derived: Mapping[str, str] = NONE, *, is_answered: bool = True
) -> Iterator[Change]:
    """In the order in which they are made: table, columns, list tables, retirements, indexes, constraints, figures.

    derived: field → digest of how it follows from entries. is_answered: whether another register's entries name these.
    """
    if not live.exists:
        yield new_table(register)
    for field in register.stored:
        yield from field_changes(register, field, live)
    yield from retirements(register, live)
    for child, name in sorted(live.foreign):
        says = f"撤去明细表 {child} 的外键（改由 bin/guiyan check 核对）"
        yield Change(register.id, says, (statements.drop_constraint(child, name),))
    columns = columns_after(register, live)
    yield from index_changes(register, live, columns, is_answered=is_answered)
    for name, condition in statements.wanted_constraints(register, columns).items():
        if not live.constraints.get(name, False):
            steps = statements.constraint(table_name(register.id), name, condition, exists=name in live.constraints)
            yield Change(register.id, f"加约束 {name}（先不校验，再校验）", steps)
    yield from overlap_changes(register, live, columns)
    yield from statistics_changes(register, live, columns)
    yield from figures(register, live, derived)


def figures(register: Register, live: Live, derived: Mapping[str, str]) -> Iterator[Change]:
    """What is said to follow from entries, or otherwise than before, is worked out for all there are."""
    filled = {
        row.field
        for row in live.mapped
        if row.stage == states.COLUMN_LIVE and row.derived_stage in (states.DERIVED_FILLED, states.DERIVED_SETTLED)
        if row.derived == derived.get(row.field)
    }
    for name in derived:
        if name not in filled:
            says = f"按记录重新计算字段 {name}（{register.fields[name].label}）；以前填报的数留在报送记录里，不再显示"
            yield Change(register.id, says, derives=name)


def overlap_changes(register: Register, live: Live, columns: dict[str, str]) -> Iterator[Change]:
    """The constraint against double booking; an earlier wording of it goes in the same step."""
    table = sql.Identifier(table_name(register.id))
    wanted = statements.no_overlap(register, columns)
    old = [name for name in live.constraints if statements.NO_OVERLAP in name and (wanted is None or name != wanted[0])]
    drops = [sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(table, sql.Identifier(name)) for name in sorted(old)]
    if wanted is not None and wanted[0] not in live.constraints:
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(table, sql.Identifier(wanted[0])) + wanted[1]
        yield Change(register.id, f"加约束 {wanted[0]}（同一对象同一时段只能约一次）", (add, *drops))
    elif drops:
        yield Change(register.id, "撤下时段约束（不再分时段预约）", tuple(drops))


def statistics_changes(register: Register, live: Live, columns: Mapping[str, str]) -> Iterator[Change]:
    """How many live in each village: with fewer kept, the planner takes a village's thousands for a handful."""
    places = [REGION, *(columns[one.id] for one in register.stored if one.type == "region" and not one.retired)]
    lacking = [name for name in dict.fromkeys(places) if live.statistics.get(name) != statements.PLACES_COUNTED]
    if lacking:
        steps = statements.count_places(table_name(register.id), lacking, there_already=live.exists)
        yield Change(register.id, f"按区划统计得更细：{'、'.join(lacking)}", steps)


def index_changes(
    register: Register, live: Live, columns: Mapping[str, str], *, is_answered: bool = True
) -> Iterator[Change]:
    """New ones are built before those that nothing needs any more go, so that no list is without."""
    wanted = list(wanted_indexes(register, columns, is_answered=is_answered))
    for index in wanted:
        if not live.indexes.get(index.name, False):
            made = statements.create_index(index, again=index.name in live.indexes)
            yield Change(register.id, f"建立索引 {index.name}", made, concurrent=True)
    needed = {index.name for index in wanted}
    for name in sorted(live.indexes):
        if name.endswith(ENDING) and name not in needed:
            yield Change(register.id, f"撤去不再用的索引 {name}", (statements.drop_index(name),), concurrent=True)


def new_table(register: Register) -> Change:
    table = table_name(register.id)
    return Change(register.id, f"新建名录表 {table}（{register.label}）", (statements.create_table(table),), wall=table)


def field_changes(register: Register, field: Field, live: Live) -> Iterator[Change]:
    """Nothing for a field that has its column; a new column for a new field or a changed type."""
    rows = [row for row in live.mapped if row.field == field.id]
    own = next((row for row in rows if row.type == field.type), None)
    if own is not None and own.stage == states.COLUMN_LIVE:
        refuse_reported_again(register, field, own)
        return
    before = next((row for row in rows if row.stage == states.COLUMN_LIVE), None)
    if own is not None and before is None:
        back = Mapped(field.id, own.column, field.type, states.COLUMN_LIVE)
        yield Change(register.id, f"重新启用字段 {field.id}（{field.label}）", mark=back)
    elif before is None:
        yield new_field(register, field)
    elif field.is_derived:
        yield Change(register.id, f"停用列 {before.column}", mark=replace(before, stage=states.COLUMN_RETIRED))
        column = own.column if own else f"{first_column(field)}_{field.type}"
        added = statements.add_columns(table_name(register.id), column, field.type)
        mark = Mapped(field.id, column, field.type, states.COLUMN_LIVE)
        yield Change(register.id, f"字段 {field.id} 改由记录汇总：新列 {column}", (added,), mark=mark)
    else:
        yield changed_type(register, field, before, own)


def refuse_reported_again(register: Register, field: Field, own: Mapped) -> None:
    """What was worked out would pass for reported, without anybody who said it."""
    if own.derived and not field.is_derived:
        raise SchemaRefused(
            f"名录 {register.id} 的字段 {field.id} 现在由记录汇总，不能改回填报。请停用它，另加一个新字段。",
            "type-change",
        )


def new_field(register: Register, field: Field) -> Change:
    column = first_column(field)
    mark = Mapped(field.id, column, field.type, states.COLUMN_LIVE)
    says = f"加字段 {field.id}（{field.label}，{field.type}）"
    if field.type == "list":
        child = child_table(register.id, field.id)
        steps = statements.create_child(child)
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
    """A field that the pack no longer has, or that is worked out on the day, keeps its column unshown."""
    kept = {field.id for field in register.stored}
    for row in live.mapped:
        if row.stage == states.COLUMN_LIVE and row.field not in kept:
            mark = Mapped(row.field, row.column, row.type, states.COLUMN_RETIRED)
            yield Change(register.id, f"停用字段 {row.field}（保留数据，不再显示）", mark=mark)


def columns_after(register: Register, live: Live) -> dict[str, str]:
    """Field → column, once all changes are made."""
    held = {(row.field, row.type): row.column for row in live.mapped}
    types_before = {row.field for row in live.mapped}
    columns = {}
    for field in register.stored:
        fresh = f"{first_column(field)}_{field.type}" if field.id in types_before else first_column(field)
        columns[field.id] = held.get((field.id, field.type), fresh)
    return columns
