"""Entering a scope tells PostgreSQL, nests, and leaves nothing behind."""

from __future__ import annotations

from django.db import connection

from guiyan.kernel.scope import current
from tests.fixtures import TestDatabase


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", (f"guiyan.{name}",))
        return str(cursor.fetchone()[0])


def test_outside_a_scope_nothing_is_set(committed_db: TestDatabase) -> None:
    assert current() is None
    assert setting("regions") == ""
