"""The typed rows of a register, with all that is derived from them: lists, hats, search terms, the subject's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import sealing
from guiyan.registers.models import Hat, SearchTerm
from guiyan.registers.projection import Projection
from guiyan.registers.schema.columns import child_table, physical, table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.values import from_json
from guiyan.registers.writing.naming import rename
from guiyan.registers.writing.relating import relate, unrelate
from guiyan.registers.writing.staging import run, stage

STAGE = "stage_entry"


@dataclass(frozen=True)
class EntryRow:
    subject_id: int
    region: int
    projection: Projection

    def differs_from(self, before: EntryRow | None) -> bool:
        """Whether anything shown changes, the day of the last check included."""
        if before is None:
            return True
        now, then = self.projection, before.projection
        return (self.region, now.came_from, now.checked_on) != (before.region, then.came_from, then.checked_on)


def existing_entries(register: Register, subject_ids: Iterable[int]) -> dict[int, EntryRow]:
    """What the register shows of these subjects; of the values only where each came from."""
    query = sql.SQL("SELECT subject_id, region, checked_on, field_from FROM {} WHERE subject_id = ANY({})").format(
        sql.Identifier(table_name(register.id)), sql.Literal(sorted(subject_ids))
    )
    return {
        subject_id: EntryRow(subject_id, region, Projection({}, came_from, checked_on))
        for subject_id, region, checked_on, came_from in rows_of(query)
    }


def rows_of(query: sql.Composed) -> list[tuple[int, int, date | None, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(connection.connection))
        found = cursor.fetchall()
    return [(s, r, c, json.loads(f) if isinstance(f, str) else f) for s, r, c, f in found]


def write_entries(pack: Pack, register: Register, rows: Sequence[EntryRow], gone: Sequence[int] = ()) -> None:
    """Insert or change the rows and whatever follows from them; `gone` leave the register."""
    if gone:
        leave(register, gone)
    if not rows:
        return
    columns = columns_of(register)
    stage(STAGE, staged_columns(register, columns), (staged_row(register, row) for row in rows))
    relate(register, columns, rows)
    run(upsert(register, columns))
    for field in register.fields.values():
        if field.type == "list":
            write_list(register, field.id, rows)
    write_hats(register)
    rename(pack, register, rows)


def staged_columns(register: Register, columns: Mapping[str, str]) -> list[tuple[str, str]]:
    head = [("subject_id", "bigint"), ("region", "bigint"), ("checked_on", "date"), ("field_from", "jsonb")]
    parts = [part for field in register.fields.values() for part in physical(columns[field.id], field.type)]
    return head + [(part.name, part.sql_type) for part in parts]


def staged_row(register: Register, row: EntryRow) -> list[object]:
    """In the order of `staged_columns`."""
    cells: list[object] = [row.subject_id, row.region, row.projection.checked_on, row.projection.came_from]
    for field in register.fields.values():
        value = row.projection.values.get(field.id)
        if field.encrypted:
            sealed = sealing.from_json(value)
            cells += [sealed.text, sealed.digest] if sealed else [None, None]
        elif field.type != "list":
            cells.append(from_json(field, value))
    return cells


def upsert(register: Register, columns: Mapping[str, str]) -> sql.Composed:
    names = [name for name, _ in staged_columns(register, columns)]
    return sql.SQL(
        "INSERT INTO {table} AS e (holder_id, {names}) SELECT s.holder_id, {from_stage} FROM pg_temp.{stage} g"
        " JOIN registers_subject s ON s.id = g.subject_id"
        " ON CONFLICT (subject_id) DO UPDATE SET version = e.version + 1, holder_id = excluded.holder_id, {updates}"
    ).format(
        table=sql.Identifier(table_name(register.id)),
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
        from_stage=sql.SQL(", ").join(sql.Identifier("g", name) for name in names),
        stage=sql.Identifier(STAGE),
        updates=sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in names if name != "subject_id"
        ),
    )


def write_list(register: Register, field_id: str, rows: Sequence[EntryRow]) -> None:
    field = register.fields[field_id]
    child = sql.Identifier(child_table(register.id, field_id))
    table = sql.Identifier(table_name(register.id))
    run(
        sql.SQL("DELETE FROM {} WHERE subject_id IN (SELECT subject_id FROM pg_temp.{})").format(
            child, sql.Identifier(STAGE)
        )
    )
    values = (
        (row.subject_id, v) for row in rows for v in as_list(from_json(field, row.projection.values.get(field_id)))
    )
    if stage("stage_list", (("subject_id", "bigint"), ("value", "text")), values):
        run(
            sql.SQL(
                "INSERT INTO {} (entry_id, subject_id, holder_id, region, unit_id, value)"
                " SELECT e.id, e.subject_id, e.holder_id, e.region, e.unit_id, g.value"
                " FROM pg_temp.stage_list g JOIN {} e USING (subject_id)"
            ).format(child, table)
        )


def as_list(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def write_hats(register: Register) -> None:
    run(
        sql.SQL(
            "INSERT INTO registers_hat (subject_id, register, entry_id, level, region, unit_id, holder_id)"
            " SELECT e.subject_id, {register}, e.id, e.level, e.region, e.unit_id, e.holder_id"
            " FROM {table} e JOIN pg_temp.{stage} g USING (subject_id)"
            " ON CONFLICT (subject_id, register) DO UPDATE SET level = excluded.level, region = excluded.region,"
            " unit_id = excluded.unit_id, holder_id = excluded.holder_id"
        ).format(
            register=sql.Literal(register.id),
            table=sql.Identifier(table_name(register.id)),
            stage=sql.Identifier(STAGE),
        )
    )


def leave(register: Register, gone: Sequence[int]) -> None:
    """No report speaks for these entries any more. The subject stays; words only this register knew go."""
    ids = sql.Literal(list(gone))
    unrelate(register, gone)
    for field in register.fields.values():
        if field.type == "list":
            child = sql.Identifier(child_table(register.id, field.id))
            run(sql.SQL("DELETE FROM {} WHERE subject_id = ANY({})").format(child, ids))
    run(sql.SQL("DELETE FROM {} WHERE subject_id = ANY({})").format(sql.Identifier(table_name(register.id)), ids))
    Hat.objects.filter(register=register.id, subject_id__in=gone).delete()
    hatless = set(gone) - set(Hat.objects.filter(subject_id__in=gone).values_list("subject_id", flat=True))
    SearchTerm.objects.filter(subject_id__in=hatless).delete()
