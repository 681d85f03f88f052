"""Every table of the real schema that says where or whose a row is stands behind a wall."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from guiyan.kernel.scope.model import SETTINGS
from tests.fixtures import TestDatabase

# Accounts say who may pass a wall; they describe offices and their people, no subjects' affairs.
# A user's subject is the key to a resident's own scope; an API key's region is where another system may read.
OPEN = {"accounts_region", "accounts_unit", "accounts_user", "accounts_grant", "accounts_post", "accounts_api_key"}

SCOPED = """
SELECT DISTINCT c.relname, c.relrowsecurity, c.relforcerowsecurity
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND a.attname IN ('region', 'subject_id', 'is_public')
ORDER BY 1
"""


@pytest.fixture
def scoped_tables(test_database: TestDatabase) -> list[tuple[str, bool, bool]]:
    with psycopg.connect(test_database.url("app")) as raw:
        found = raw.execute(SCOPED).fetchall()
    return [row for row in found if row[0] not in OPEN]


def test_every_table_with_a_region_or_a_subject_has_a_forced_wall(
    scoped_tables: list[tuple[str, bool, bool]],
) -> None:
    assert "audit_entry" in [name for name, _, _ in scoped_tables]
    assert [name for name, enabled, forced in scoped_tables if not (enabled and forced)] == []


def test_without_a_scope_the_application_sees_no_row_of_any_walled_table(
    test_database: TestDatabase, scoped_tables: list[tuple[str, bool, bool]]
) -> None:
    with psycopg.connect(test_database.url("app")) as raw:
        for name, _, _ in scoped_tables:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            assert raw.execute(query).fetchone() == (0,), name


def test_a_connection_that_used_a_scope_before_sees_nothing_afterwards(test_database: TestDatabase) -> None:
    """After SET LOCAL a custom setting is empty text, not NULL: the policies must take both for nothing."""
    with psycopg.connect(test_database.url("app"), autocommit=True) as raw:
        with raw.transaction():
            for name in SETTINGS:
                value = "on" if name in ("guiyan.public", "guiyan.audit") else "{[0,)}"
                raw.execute("SELECT set_config(%s, %s, true)", (name, value))
            within = raw.execute("SELECT count(*) FROM audit_entry").fetchone()
        assert raw.execute("SELECT current_setting('guiyan.audit', true)").fetchone() == ("",)
        assert within is not None and within[0] > 0
        assert raw.execute("SELECT count(*) FROM audit_entry").fetchone() == (0,)


def test_the_roles_have_no_way_around(test_database: TestDatabase) -> None:
    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    for role in ("app", "owner"):
        with psycopg.connect(test_database.url(role)) as raw:
            assert raw.execute(query).fetchone() == (False, False), role


def test_the_application_may_use_every_table(test_database: TestDatabase) -> None:
    query = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'))
    """
    with psycopg.connect(test_database.url("app")) as raw:
        assert raw.execute(query).fetchall() == []
