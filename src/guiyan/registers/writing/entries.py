"""The typed rows of a register, with all that is derived from them: lists, hats, search terms, the subject's name.

An entry that is new is inserted, which is all that its row, hat and lists need; one that is there is changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing
from guiyan.registers.declared import links_of
from guiyan.registers.models import Hat, SearchTerm
from guiyan.registers.projection import Projection, shortened
from guiyan.registers.schema.columns import child_table, default_sort, physical, table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.values import from_json
from guiyan.registers.writing.naming import rename, write_terms
from guiyan.registers.writing.relating import relate, unrelate
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import new_ids, returned, run, stage

HEAD = (
    ("entry_id", "bigint"),
    ("subject_id", "bigint"),
    ("holder_id", "bigint"),
    ("region", "bigint"),
    ("checked_on", "date"),
    ("field_from", "text"),
)
LIST_COLUMNS = (("entry_id", "bigint"), ("value", "text"))
KNOWN_LIST = """SELECT e.id, e.subject_id, e.holder_id, e.region, e.unit_id, g.value
    FROM pg_temp.stage_list g JOIN {entries} e ON e.id = g.entry_id"""
# Of entries that are new the staged rows say as much, and no index is asked; they are of no unit yet.
FRESH_LIST = """SELECT e.entry_id, e.subject_id, e.holder_id, e.region, NULL, g.value
    FROM pg_temp.stage_list g JOIN pg_temp.{stage} e USING (entry_id)"""
NEW, CHANGED = "stage_new", "stage_changed"


def existing_entries(register: Register, subject_ids: Iterable[int]) -> dict[int, tuple[int, EntryRow]]:
    """Entry id and what the register shows of these subjects; of the values only where each came from."""
    wanted = sorted(subject_ids)
    if not wanted:
        return {}
    query = sql.SQL(
        "SELECT id, subject_id, region, checked_on, field_from, holder_id, unit_id FROM {} WHERE subject_id = ANY({})"
    ).format(sql.Identifier(table_name(register.id)), sql.Literal(wanted))
    found = {}
    for entry_id, subject_id, region, checked_on, came_from, holder_id, unit_id in returned(query):
        told = json.loads(came_from) if isinstance(came_from, str) else came_from
        shown = Projection({}, told, checked_on)
        found[subject_id] = entry_id, EntryRow(subject_id, region, shown, holder_id, unit_id=unit_id)
    return found


def write_entries(
    pack: Pack,
    register: Register,
    rows: Sequence[EntryRow],
    entry_ids: Mapping[int, int],
    *,
    new_subjects: frozenset[int] = frozenset(),
    with_terms: bool = True,
) -> None:
    """Insert or change the rows and whatever follows from them.

    entry_ids: of the subjects that are in the register. new_subjects: those made in this transaction, whom nothing
    else names yet. with_terms: whether they can be found by name at once; otherwise `index_terms` must follow.
    """
    columns = columns_of(register)
    changed = [row for row in rows if row.subject_id in entry_ids]
    added = [row for row in rows if row.subject_id not in entry_ids]
    if added:
        ids = dict(zip((row.subject_id for row in added), new_ids(table_name(register.id), len(added)), strict=True))
        put(register, columns, NEW, added, ids, fresh=True)
    if changed:
        put(register, columns, CHANGED, changed, entry_ids, fresh=False)
    rename(pack, register, [row for row in rows if row.subject_id not in new_subjects])
    if with_terms:
        write_terms(register, rows)


def put(
    register: Register,
    columns: Mapping[str, str],
    staged: str,
    rows: Sequence[EntryRow],
    entry_ids: Mapping[int, int],
    *,
    fresh: bool,
) -> None:
    names = staged_columns(register, columns)
    fields = [(one.id, one, one.encrypted) for one in register.reported if one.type != "list"]
    stage(staged, names, (staged_row(fields, row, entry_ids[row.subject_id]) for row in rows))
    if links_of(register):
        relate(register, columns, rows, staged=staged)
    table, stage_name = sql.Identifier(table_name(register.id)), sql.Identifier(staged)
    plain_names = [name for name, _ in names]
    if fresh:
        run(insert_entries(plain_names, table, stage_name, in_order_of=sort_column(register, columns)))
    else:
        run(update_entries(plain_names, table, stage_name))
    for field in register.fields.values():
        if field.type == "list":
            write_list(register, field, rows, entry_ids, stage_name, fresh=fresh)
    hats = INSERT_HATS if fresh else UPDATE_HATS
    run(hats.format(register=sql.Literal(register.id), table=table, stage=stage_name))


def staged_columns(register: Register, columns: Mapping[str, str]) -> list[tuple[str, str]]:
    parts = [part for field in register.reported for part in physical(columns[field.id], field.type)]
    return [*HEAD, *((part.name, part.sql_type) for part in parts)]


def staged_row(fields: Sequence[tuple[str, Field, bool]], row: EntryRow, entry_id: int) -> list[object]:
    """In the order of `staged_columns`."""
    shown = row.projection
    value_of = shown.values.get
    cells: list[object] = [
        entry_id,
        row.subject_id,
        row.holder_id,
        row.region,
        shown.checked_on,
        json.dumps(shortened(shown.came_from)),
    ]
    add = cells.append
    for name, field, encrypted in fields:
        value = value_of(name)
        if encrypted:
            sealed = sealing.from_json(value)
            cells += (sealed.text, sealed.digest) if sealed else (None, None)
        else:
            add(value if value is None or row.is_typed else from_json(field, value))
    return cells


def sort_column(register: Register, columns: Mapping[str, str]) -> str:
    name, _ = default_sort(register)
    return columns.get(name, name)


def insert_entries(
    names: Sequence[str], table: sql.Composable, staged: sql.Composable, *, in_order_of: str
) -> sql.Composed:
    """By region and the default sort, as most indexes begin: neighbours then go to the same pages, a third cheaper."""
    values = [sql.Identifier(name) if name != "field_from" else sql.SQL("field_from::jsonb") for name in names]
    order = sql.Identifier(in_order_of) if in_order_of in names else sql.Identifier("entry_id")
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM pg_temp.{} ORDER BY region, {}").format(
        table,
        sql.SQL(", ").join(sql.Identifier("id" if name == "entry_id" else name) for name in names),
        sql.SQL(", ").join(values),
        staged,
        order,
    )


def update_entries(names: Sequence[str], table: sql.Composable, staged: sql.Composable) -> sql.Composed:
    changes = [
        sql.SQL("{0} = g.{0}{1}").format(sql.Identifier(name), sql.SQL("::jsonb" if name == "field_from" else ""))
        for name in names
        if name not in ("entry_id", "subject_id")
    ]
    return sql.SQL("UPDATE {} e SET version = e.version + 1, {} FROM pg_temp.{} g WHERE e.id = g.entry_id").format(
        table, sql.SQL(", ").join(changes), staged
    )


def write_list(
    register: Register,
    field: Field,
    rows: Sequence[EntryRow],
    entry_ids: Mapping[int, int],
    staged: sql.Composable,
    *,
    fresh: bool,
) -> None:
    child = sql.Identifier(child_table(register.id, field.id))
    if not fresh:
        run(sql.SQL("DELETE FROM {} WHERE entry_id IN (SELECT entry_id FROM pg_temp.{})").format(child, staged))
    values = (
        (entry_ids[row.subject_id], value)
        for row in rows
        for value in as_list(from_json(field, row.projection.values.get(field.id)))
    )
    if stage("stage_list", LIST_COLUMNS, values):
        entries = sql.SQL(FRESH_LIST if fresh else KNOWN_LIST)
        run(
            sql.SQL("INSERT INTO {} (entry_id, subject_id, holder_id, region, unit_id, value) ").format(child)
            + entries.format(entries=sql.Identifier(table_name(register.id)), stage=staged)
        )


def as_list(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


INSERT_HATS = sql.SQL(
    "INSERT INTO registers_hat (subject_id, register, entry_id, level, region, holder_id)"
    " SELECT subject_id, {register}, entry_id, '', region, holder_id FROM pg_temp.{stage}"
)
UPDATE_HATS = sql.SQL(
    "UPDATE registers_hat h SET level = e.level, region = e.region, unit_id = e.unit_id, holder_id = e.holder_id"
    " FROM {table} e JOIN pg_temp.{stage} g ON g.entry_id = e.id"
    " WHERE h.subject_id = e.subject_id AND h.register = {register}"
    " AND (h.level, h.region, h.unit_id, h.holder_id) IS DISTINCT FROM (e.level, e.region, e.unit_id, e.holder_id)"
)


def leave(register: Register, gone: Sequence[int]) -> None:
    """No report speaks for these entries any more. The subject stays; words only this register knew go."""
    if not gone:
        return
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
