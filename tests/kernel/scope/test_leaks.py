"""With every filter taken out, one county still sees nothing of another: over every walled table there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from guiyan.kernel.regions import subtree, within
from guiyan.kernel.scope import Scope
from guiyan.kernel.scope.model import SETTINGS
from tests import database
from tests.fixtures import TestDatabase
from tests.kernel.scope.leaks import PLACES, Walled, plant

TONGSHAN, CHONGYANG = PLACES


@dataclass(frozen=True)
class Planted:
    tables: list[Walled]
    app: psycopg.Connection

    def read(self, table: Walled, column: str, scope: Scope | None) -> list[int]:
        """The bare SELECT that a careless query would be, as the application."""
        with self.app.transaction():
            for name, value in zip(SETTINGS, scope.settings(), strict=True) if scope else ():
                self.app.execute("SELECT set_config(%s, %s, true)", (name, value))
            query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table.name))
            return [value for (value,) in self.app.execute(query).fetchall()]

    def count(self, table: Walled, scope: Scope | None) -> int:
        """How many rows, whatever they hold."""
        return len(self.read(table, first_column(self.app, table), scope))


def first_column(app: psycopg.Connection, table: Walled) -> str:
    query = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1"
    row = app.execute(query, (table.name,)).fetchone()
    assert row is not None
    return str(row[0])


@pytest.fixture(scope="module")
def planted(test_database: TestDatabase) -> Iterator[Planted]:
    dsn, name = test_database.dsn, f"{test_database.name.replace('worker', 'commits')}"
    database.clone(dsn, test_database.template, name)
    tables = plant(dsn.url("owner", name))
    with psycopg.connect(dsn.url("app", name), autocommit=True) as app:
        yield Planted(tables, app)
    database.drop(dsn, name)


def test_no_table_shows_a_row_without_a_scope(planted: Planted) -> None:
    assert len(planted.tables) > 10
    assert [table.name for table in planted.tables if planted.count(table, None)] == []


def test_the_system_sees_every_planted_row(planted: Planted) -> None:
    assert [table.name for table in planted.tables if planted.count(table, Scope.system()) < 2] == []


def test_an_officer_of_one_county_sees_its_rows_and_none_of_another(planted: Planted) -> None:
    county = subtree(TONGSHAN)
    officer = Scope(regions=(county,), user_id=999, public=True)
    wrong = {}
    for table in planted.tables:
        if column := table.columns.get("regions"):
            seen = planted.read(table, column, officer)
            if not seen or not all(within([county], code) for code in seen):
                wrong[table.name] = seen
    assert wrong == {}


def test_a_resident_sees_only_what_concerns_herself(planted: Planted) -> None:
    _, mine, _, _ = PLACES[TONGSHAN]
    wrong = {}
    for table in planted.tables:
        if column := table.columns.get("subject"):
            seen = planted.read(table, column, Scope.of_subject(mine))
            if set(seen) != {mine}:
                wrong[table.name] = seen
        elif rows := planted.count(table, Scope.of_subject(mine)):
            wrong[table.name] = [rows]
    assert wrong == {}


def test_another_unit_and_another_user_see_nothing(planted: Planted) -> None:
    stranger = Scope(units=frozenset({123}), user_id=456, subject_id=789, public=True)
    assert [table.name for table in planted.tables if planted.count(table, stranger)] == []


def test_the_log_is_read_by_auditors_alone(planted: Planted) -> None:
    log = next(table for table in planted.tables if table.name == "audit_entry")
    assert planted.count(log, Scope(regions=(subtree(TONGSHAN), subtree(CHONGYANG)), user_id=700_001)) == 0
    assert planted.count(log, Scope(audit=True)) > 0
