"""One database, one web server for all of these tests; each takes requests of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.fixtures import TestDatabase
from tests.kills.processes import Web, Worker, until
from tests.kills.stage import Stage, fill, findings, undelivered
from tests.prepared import prepared_database


@pytest.fixture(scope="module")
def prepared(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("kills")
    with prepared_database(test_database, folder / "home", django_db_blocker) as database:
        yield Stage(database, fill(folder, reviewing=9))


@pytest.fixture(scope="module")
def served(prepared: Stage) -> Iterator[Stage]:
    """With the web server running."""
    prepared.web = Web(prepared.database)
    yield prepared
    prepared.web.stop()


@pytest.fixture
def stage(prepared: Stage) -> Iterator[Stage]:
    """Whatever a test does, everything agrees with everything in the end."""
    yield prepared
    assert findings() == []


@pytest.fixture
def workers(prepared: Stage) -> Iterator[list[Worker]]:
    """Workers that a test starts; the one left running delivers what is still to be delivered, so all has been."""
    started: list[Worker] = []
    yield started
    if any(worker.alive() for worker in started):
        until(lambda: undelivered() == [], "all events have been delivered")
    for worker in started:
        worker.stop()
    assert undelivered() == []
