"""One row of each of two counties in every walled table of the real schema, put there past all constraints."""

from __future__ import annotations

import re
from dataclasses import dataclass

import psycopg
from psycopg import sql

# county → (region, subject, unit, user)
PLACES = {
    421224000000: (421224107000, 900_001, 800_001, 700_001),
    421223000000: (421223101000, 900_002, 800_002, 700_002),
}
DIMENSIONS = ("regions", "subject", "units", "user")
COVERED = re.compile(r"'guiyan\.(regions|subject|units|user)'.*?@> \(?\"?(\w+)", re.DOTALL)
VALUES = {
    "bool": "false",
    "bytea": r"'\x00'",
    "date": "'2026-06-08'",
    "float8": "0",
    "int2": "1",
    "int4": "1",
    "int8": "1",
    "json": "'{}'",
    "jsonb": "'{}'",
    "numeric": "1",
    "text": "''",
    "time": "'09:00'",
    "timestamp": "'2026-06-08 09:00'",
    "timestamptz": "'2026-06-08 09:00+08'",
    "uuid": "gen_random_uuid()",
    "varchar": "''",
    "bpchar": "''",
}

WALLED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity ORDER BY 1
"""
CONDITIONS = "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'wall_read'"
CONSTRAINTS = """
SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u', 'x')
"""
UNIQUE_INDEXES = """
SELECT i.indexrelid::regclass::text FROM pg_index i
WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""
COLUMNS = """
SELECT a.attname, t.typname, a.attnotnull, a.attidentity <> '' AS identity, a.attgenerated <> '' AS generated,
  EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY(i.indkey)) AS key
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


@dataclass(frozen=True)
class Walled:
    """A table and the columns its wall reads by: regions, units, subject, user → column."""

    name: str
    columns: dict[str, str]


def walled_tables(owner: psycopg.Connection) -> list[Walled]:
    names = [str(name) for (name,) in owner.execute(WALLED).fetchall()]
    return [Walled(name, wall_columns(owner, name)) for name in names]


def wall_columns(owner: psycopg.Connection, table: str) -> dict[str, str]:
    row = owner.execute(CONDITIONS, (table,)).fetchone()
    return dict(COVERED.findall(str(row[0]))) if row else {}


def plant(url: str) -> list[Walled]:
    """As the tables' owner: lift what stands in the way of made-up rows, insert, and put the walls up again."""
    with psycopg.connect(url) as owner:
        tables = walled_tables(owner)
        for table in tables:
            lift_constraints(owner, table.name)
        for table in tables:
            insert_rows(owner, table)
        for table in tables:
            owner.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(sql.Identifier(table.name)))
    return tables


def lift_constraints(owner: psycopg.Connection, table: str) -> None:
    name = sql.Identifier(table)
    for (constraint,) in owner.execute(CONSTRAINTS, (table,)).fetchall():
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {} CASCADE")
        owner.execute(drop.format(name, sql.Identifier(constraint)))
    for (index,) in owner.execute(UNIQUE_INDEXES, (table,)).fetchall():
        owner.execute(f"DROP INDEX {index}".encode())
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(name))


def insert_rows(owner: psycopg.Connection, table: Walled) -> None:
    columns = owner.execute(COLUMNS, (table.name,)).fetchall()
    for number, place in enumerate(PLACES.values(), start=1):
        of_place = dict(zip(DIMENSIONS, place, strict=True))
        given = {column: of_place[dimension] for dimension, column in table.columns.items()}
        values: dict[str, str] = {}
        for name, kind, required, identity, generated, key in columns:
            if generated or identity:
                continue
            if name in given:
                values[name] = str(given[name])
            elif key:
                values[name] = key_value(kind, number)
            elif required:
                values[name] = "'{}'" if kind.startswith("_") else VALUES[kind]
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table.name),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.SQL(value) for value in values.values()),
        )
        owner.execute(statement)


def key_value(kind: str, number: int) -> str:
    """A value of a primary key's column, another one for each row."""
    if kind in ("bool", "uuid"):
        return VALUES[kind]
    if kind == "bytea":
        return f"'leak-{number}'::bytea"
    return f"'leak-{number}'" if kind in ("text", "varchar") else str(10**15 + number)
