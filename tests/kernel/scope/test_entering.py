"""Entering a scope tells PostgreSQL, nests, and leaves nothing behind."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guiyan.kernel.scope import Scope, current, entered
from tests.fixtures import TestDatabase

COUNTY = Scope(regions=((421224000000, 421225000000),))
OTHER = Scope(regions=((421223000000, 421224000000),))


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", (f"guiyan.{name}",))
        return str(cursor.fetchone()[0])


def test_outside_a_scope_nothing_is_set(lent_db: TestDatabase) -> None:
    assert current() is None
    assert setting("regions") == ""


def test_a_scope_ends_with_its_transaction_and_leaves_the_connection_clean(lent_db: TestDatabase) -> None:
    with entered(COUNTY):
        assert current() == COUNTY
        assert setting("regions") == "{[421224000000,421225000000)}"
    assert current() is None
    assert setting("regions") == ""


def test_an_inner_scope_gives_way_to_the_outer_one(lent_db: TestDatabase) -> None:
    with entered(COUNTY):
        with entered(OTHER):
            assert setting("regions") == "{[421223000000,421224000000)}"
        assert current() == COUNTY
        assert setting("regions") == "{[421224000000,421225000000)}"


def test_an_inner_scope_that_fails_gives_way_to_the_outer_one(lent_db: TestDatabase) -> None:
    with entered(COUNTY):
        with pytest.raises(ValueError, match="inside"), entered(OTHER):
            raise ValueError("inside")
        assert current() == COUNTY
        assert setting("regions") == "{[421224000000,421225000000)}"


def test_an_inner_block_marked_for_rollback_gives_way_to_the_outer_scope(lent_db: TestDatabase) -> None:
    with entered(COUNTY):
        with entered(OTHER):
            transaction.set_rollback(True)
        assert setting("regions") == "{[421224000000,421225000000)}"


def test_inside_a_plain_transaction_leaving_a_scope_leaves_no_scope(lent_db: TestDatabase) -> None:
    with transaction.atomic():
        with entered(COUNTY):
            assert setting("regions") != ""
        assert setting("regions") == ""


def test_a_scope_inside_the_same_one_is_not_told_again(lent_db: TestDatabase) -> None:
    with entered(COUNTY):
        with CaptureQueriesContext(connection) as captured, entered(COUNTY):
            pass
        assert not [query for query in captured.captured_queries if "set_config" in query["sql"]]
        with pytest.raises(ValueError, match="inside"), entered(COUNTY):
            raise ValueError("inside")
        assert setting("regions") == "{[421224000000,421225000000)}"


def test_a_failing_block_is_rolled_back(lent_db: TestDatabase) -> None:
    with pytest.raises(ValueError, match="late"), entered(Scope.system()):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO accounts_region VALUES (429999000000, '样本县', '', 'county', NULL)")
        raise ValueError("late")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_region WHERE code = 429999000000")
        assert cursor.fetchone() == (0,)


def test_threads_do_not_share_a_scope(lent_db: TestDatabase) -> None:
    seen: list[Scope | None] = []
    with entered(COUNTY):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_the_system_scope_covers_every_dimension() -> None:
    assert Scope.system().settings() == ("{[0,)}",) * 4 + ("on", "on")


def test_an_empty_dimension_is_written_as_nothing() -> None:
    assert Scope(subject_id=7).settings() == ("", "", "{[7,8)}", "", "", "")
