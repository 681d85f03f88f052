"""The wall on a table: what each dimension of a scope opens, for reading and for writing."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.scope import Scope, Wall, entered
from tests.fixtures import TestDatabase
from tests.kernel.scope.walled import WIDE, as_owner, make_table
from tests.prepared import prepared_database

TONGSHAN = ((421224000000, 421225000000),)
CHONGYANG = ((421223000000, 421224000000),)
ROWS = [
    # label, region, subject, unit, owner, public
    ("tongshan", 421224107000, 11, 1, 101, False),
    ("chongyang", 421223101000, 12, 2, 102, False),
    ("published", 421223101000, 13, 2, 102, True),
    ("nowhere", None, None, None, None, False),
]


@pytest.fixture(scope="module")
def walled(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """A database with a walled table, for all tests of this file."""
    with prepared_database(test_database, tmp_path_factory.mktemp("wall"), django_db_blocker) as own:
        make_table(own, WIDE)
        yield own


@pytest.fixture
def sample(walled: TestDatabase) -> Iterator[TestDatabase]:
    """The table with a few rows of two counties, behind its first wall."""
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO wall_sample (label, region, subject_id, unit_id, owner_id, is_public)"
            " VALUES (%s, coalesce(%s, 0), %s, %s, %s, %s)",
            ROWS,
        )
        cursor.execute("UPDATE wall_sample SET region = NULL, unit_id = 3 WHERE label = 'nowhere'")
    yield walled
    with as_owner(walled) as owner:
        owner.execute(b"TRUNCATE wall_sample")
        for statement in WIDE.statements(walled.dsn.app.user):
            owner.execute(statement.encode())


def labels() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT label FROM wall_sample ORDER BY id")
        return [label for (label,) in cursor.fetchall()]


def labels_in(scope: Scope) -> list[str]:
    with entered(scope):
        return labels()


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), []),
        (Scope(regions=TONGSHAN), ["tongshan"]),
        (Scope(regions=TONGSHAN + CHONGYANG), ["tongshan", "chongyang", "published"]),
        (Scope(subject_id=12), ["chongyang"]),
        (Scope(units=frozenset({1, 3})), ["tongshan", "nowhere"]),
        (Scope(user_id=101), ["tongshan"]),
        (Scope.public_pages(), ["published"]),
        (Scope(regions=TONGSHAN, public=True), ["tongshan", "published"]),
        (Scope.system(), ["tongshan", "chongyang", "published", "nowhere"]),
        (Scope(audit=True), []),
    ],
)
def test_a_scope_opens_its_rows_and_no_others(sample: TestDatabase, scope: Scope, expected: list[str]) -> None:
    assert labels_in(scope) == expected


def test_without_a_scope_there_are_no_rows_for_the_application_nor_for_the_owner(sample: TestDatabase) -> None:
    assert labels() == []
    with as_owner(sample) as owner:
        assert owner.execute("SELECT count(*) FROM wall_sample").fetchone() == (0,)


def test_a_row_outside_the_scope_cannot_be_written(sample: TestDatabase) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), entered(Scope(regions=TONGSHAN)):
        execute("INSERT INTO wall_sample (region, label) VALUES (421223101000, 'smuggled')")


def test_a_row_cannot_be_moved_out_of_the_scope(sample: TestDatabase) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), entered(Scope(regions=TONGSHAN)):
        execute("UPDATE wall_sample SET region = 421223101000, subject_id = NULL, unit_id = NULL, owner_id = NULL")


def test_updates_and_deletes_touch_only_the_scope(sample: TestDatabase) -> None:
    with entered(Scope(regions=TONGSHAN)):
        assert execute("UPDATE wall_sample SET label = label || '!'") == 1
        assert execute("DELETE FROM wall_sample") == 1
    assert labels_in(Scope.system()) == ["chongyang", "published", "nowhere"]


def test_the_public_may_read_what_is_released_and_write_none_of_it(sample: TestDatabase) -> None:
    with entered(Scope.public_pages()):
        assert execute("UPDATE wall_sample SET label = 'defaced'") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            execute("INSERT INTO wall_sample (region, is_public) VALUES (421224107000, true)")


def test_an_append_only_table_takes_and_shows_rows_and_keeps_them(walled: TestDatabase) -> None:
    make_table(walled, Wall("kept_sample", region="region", append_only=True))
    with entered(Scope(regions=TONGSHAN)):
        execute("INSERT INTO kept_sample (region) VALUES (421224107000)")
    for change in ("UPDATE kept_sample SET label = 'x'", "DELETE FROM kept_sample", "TRUNCATE kept_sample"):
        with pytest.raises(ProgrammingError, match="permission denied"), entered(Scope.system()):
            execute(change)


def test_a_second_wall_replaces_the_first(sample: TestDatabase) -> None:
    with as_owner(sample) as owner:
        for statement in Wall("wall_sample", unit="unit_id").statements(sample.dsn.app.user):
            owner.execute(statement.encode())
    assert labels_in(Scope(regions=TONGSHAN)) == []
    assert labels_in(Scope(units=frozenset({1}))) == ["tongshan"]


def test_the_application_can_neither_lift_a_wall_nor_leave_its_role(sample: TestDatabase) -> None:
    for attempt in (
        "ALTER TABLE wall_sample DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall_read ON wall_sample",
        "SET ROLE guiyan_owner",
        "CREATE TABLE loot AS SELECT * FROM wall_sample",
    ):
        with psycopg.connect(sample.url("app")) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(attempt.encode())


def test_a_wall_needs_something_to_go_by() -> None:
    with pytest.raises(ValueError, match="nobody could read it"):
        Wall("anything")


def test_a_wall_survives_being_written_into_a_migration() -> None:
    name, arguments, keywords = WIDE.deconstruct()
    assert name == "Wall"
    assert Wall(*arguments, **keywords).statements("guiyan_app") == WIDE.statements("guiyan_app")


def execute(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)
