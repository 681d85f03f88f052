"""Rows on their way: COPY into a staging table that ends with the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

Parameters = Sequence[Any] | Mapping[str, Any]
Columns = Sequence[tuple[str, str]]  # name, SQL type


def stage(name: str, columns: Columns, rows: Iterable[Sequence[object]]) -> int:
    """Fill the staging table `name` anew and return the number of rows. Values are Python's; JSON is staged as text.

    `rows` must not ask the database for anything: the connection is taken until the last of them.
    """
    table = sql.Identifier(name)
    described = sql.SQL(", ").join(sql.Identifier(c) + sql.SQL(" " + kind) for c, kind in columns)
    count = 0
    with connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(table))
        raw.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(table, described))
        with raw.copy(sql.SQL("COPY pg_temp.{} FROM STDIN (FORMAT binary)").format(table)) as copy:
            copy.set_types([kind for _, kind in columns])
            write_row = copy.write_row
            for row in rows:
                write_row(row)
                count += 1
    return count


def run(statement: sql.Composable | str, parameters: Parameters = ()) -> int:
    """Execute and return how many rows it touched."""
    with connection.cursor() as cursor:
        text = statement if isinstance(statement, str) else statement.as_string(connection.connection)
        cursor.execute(text, parameters or None)
        return int(cursor.rowcount)


def returned(statement: sql.Composable | str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        text = statement if isinstance(statement, str) else statement.as_string(connection.connection)
        cursor.execute(text, parameters or None)
        return list(cursor.fetchall())


def new_ids(table: str, count: int) -> list[int]:
    """Ids from the table's own sequence, before the rows exist."""
    if not count:
        return []
    with connection.cursor() as cursor:
        # The sequence is looked for once, not for every number.
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s)",
            [table, count],
        )
        return [number for (number,) in cursor.fetchall()]
