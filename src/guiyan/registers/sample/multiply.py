"""Many people from few: what the real path made of some is copied inside the database, under other ids and numbers.

A register of millions is filled so in minutes, and each copy is stored as its original is: its entry, hat, key, search
terms and reports differ in ids and digests alone. Names, places and days come again, so the originals should be many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from guiyan.packs.register import Register
from guiyan.registers.schema.columns import child_table, table_name
from guiyan.registers.writing.staging import returned, run

COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
SECONDARY = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = %s::regclass AND NOT indisunique"""
SUBJECT, KEY, HAT = "registers_subject", "registers_subjectkey", "registers_hat"
ASSERTION, TERM = "registers_assertion", "registers_searchterm"
OWN_IDS_AFTER = 1_000  # those below are of demonstration accounts


@dataclass(frozen=True)
class Originals:
    """The ids that are copied, table → (first, last). A copy's id is the original's and a number of whole spans."""

    spans: Mapping[str, tuple[int, int]]

    def moved(self, table: str, column: str) -> sql.Composed:
        first, last = self.spans[table]
        return sql.SQL("t.{} + c * {}").format(sql.Identifier(column), sql.Literal(last - first + 1))

    def within(self, table: str, column: str) -> sql.Composed:
        return sql.SQL("t.{} BETWEEN {} AND {}").format(sql.Identifier(column), *map(sql.Literal, self.spans[table]))


def multiply(registers: Sequence[Register], copies: int, *, tell: Callable[[str], None] = lambda table: None) -> None:
    """Copy everybody in these registers of people `copies` times. Call in the system's scope.

    All entries must be of people, and nothing but these registers may name them.
    """
    tables = tables_of(registers)
    with_ids = [SUBJECT, ASSERTION, *(table_name(register.id) for register in registers)]
    originals = Originals({table: span(table) for table in with_ids})
    for table in tables:
        tell(table)
        for register in registers if table == HAT else [owner_of(table, registers)]:
            run(copied(table, register, originals), [copies])


def tables_of(registers: Sequence[Register]) -> list[str]:
    own = [table for register in registers for table in (table_name(register.id), *children_of(register))]
    return [SUBJECT, KEY, ASSERTION, TERM, *own, HAT]


def children_of(register: Register) -> list[str]:
    return [child_table(register.id, field.id) for field in register.fields.values() if field.type == "list"]


def owner_of(table: str, registers: Sequence[Register]) -> Register:
    """The register that ids of entries in this table are of; any where there are none."""
    return next((one for one in registers if table in (table_name(one.id), *children_of(one))), registers[0])


def span(table: str) -> tuple[int, int]:
    query = sql.SQL("SELECT min(id), max(id) FROM {} WHERE id > {}").format(
        sql.Identifier(table), sql.Literal(OWN_IDS_AFTER if table == SUBJECT else 0)
    )
    ((first, last),) = returned(query)
    if first is None:
        raise ValueError(f"{table} is empty: there is nobody to copy")
    return first, last


def copied(table: str, register: Register, originals: Originals) -> sql.Composed:
    own_ids = table in originals.spans
    names = [name for (name,) in returned(COLUMNS, [table]) if name != "id" or own_ids]
    values = [value_of(table, name, table_name(register.id), originals) for name in names]
    whose = "id" if table == SUBJECT else "subject_id"
    only = sql.SQL(" AND t.register = {}").format(sql.Literal(register.id)) if table == HAT else sql.SQL("")
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, %s) c, {} t WHERE {}{}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(values),
        sql.Identifier(table),
        originals.within(SUBJECT, whose),
        only,
    )


def value_of(table: str, name: str, entries: str, originals: Originals) -> sql.Composable:
    """The column of a copy: ids move, digests become other digests, all else is the original's."""
    column = sql.Identifier(name)
    if name == "id":
        return originals.moved(table, name)
    if name in ("subject_id", "holder_id", "canonical_id"):
        return originals.moved(SUBJECT, name)
    if name == "entry_id":
        return originals.moved(entries, name)
    if name == "field_from":
        first, last = originals.spans[ASSERTION]
        return sql.SQL(
            "(SELECT coalesce(jsonb_object_agg(f.key, f.value::bigint + c * {}), '{{}}')"
            " FROM jsonb_each(t.field_from) f)"
        ).format(sql.Literal(last - first + 1))
    if name == "digest" or name.endswith("_digest"):
        return sql.SQL("sha256(t.{} || int4send(c))").format(column)
    return sql.SQL("t.{}").format(column)


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Secondary indexes are dropped for the block and built again after it, as the owner: quicker, and dense."""
    kept = [found for table in tables for found in returned(SECONDARY, [table])]
    for name, _ in kept:
        run(f"DROP INDEX {name}")
    yield
    for _, definition in kept:
        run(definition)


def go_on_numbering(tables: Sequence[str]) -> None:
    """As the owner: the next row of each table gets an id after the last copy's."""
    for table in tables:
        run(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}) + 1)").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )
