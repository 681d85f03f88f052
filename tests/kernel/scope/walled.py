"""Tables made for these tests alone, with walls on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from guiyan.kernel.scope import Wall
from tests.fixtures import TestDatabase

COLUMNS = """
CREATE TABLE {table} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  region bigint, subject_id bigint, unit_id bigint, owner_id bigint, is_public boolean NOT NULL DEFAULT false,
  label text NOT NULL DEFAULT ''
)
"""
WIDE = Wall("wall_sample", region="region", subject="subject_id", unit="unit_id", owner="owner_id", public="is_public")


@contextmanager
def as_owner(database: TestDatabase) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.url("owner")) as connection:
        yield connection


def make_table(database: TestDatabase, wall: Wall) -> None:
    with as_owner(database) as connection:
        connection.execute(sql.SQL(COLUMNS).format(table=sql.Identifier(wall.table)))
        for statement in wall.statements(database.dsn.app.user):
            connection.execute(statement.encode())
