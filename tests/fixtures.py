"""The fixtures every test may use; see each one's words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.postgres import Dsn, Role
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from tests import database


@dataclass(frozen=True)
class TestDatabase:
    """One database of this run; `environment` lets another process work in it, in the same home."""

    __test__ = False
    dsn: Dsn
    name: str
    home: Path
    template: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GUIYAN_HOME": str(self.home),
            "GUIYAN_DEMO": "1",
            "DATABASE_URL": self.dsn.url("app", self.name),
            "DATABASE_OWNER_URL": self.dsn.url("owner", self.name),
        }

    def url(self, role: Role) -> str:
        """For raw connections: as the application, as the owner, as the superuser."""
        return self.dsn.url(role, self.name)


@pytest.fixture(scope="session")
def test_database(django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """This worker's clone of the template."""
    with django_db_blocker.unblock():
        dsn = database.server()
        template = database.template(dsn)
        name = f"guiyan_worker_{os.getpid()}"
        database.clone(dsn, template, name)
        database.connect_django(dsn, name, "app")
        yield TestDatabase(dsn, name, settings.GUIYAN_HOME, template)
        connections.close_all()
        database.drop(dsn, name)


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> None:
    """Replaces pytest-django's own: the database is a clone, and the connection is the application's."""


@pytest.fixture(scope="module")
def standing(
    request: pytest.FixtureRequest,
    test_database: TestDatabase,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Path]:
    """What the module's own `stands(folder)` builds, once, in a transaction that is rolled back after its last test.

    Gives the folder, for what it put into files.
    """
    folder = tmp_path_factory.mktemp("standing")
    with django_db_blocker.unblock(), rolled_back():
        request.module.stands(folder)
        yield folder


@pytest.fixture
def scoped_db(request: pytest.FixtureRequest) -> Iterator[Scope]:
    """The whole test in one transaction that is rolled back, in the system's scope.

    In a module that has `stands`, every test begins with what that built: rolled back is what the test did to it.
    """
    request.getfixturevalue("standing" if hasattr(request.module, "stands") else "db")
    with rolled_back() as scope:
        yield scope


@contextmanager
def rolled_back() -> Iterator[Scope]:
    """A block in the system's scope after which nothing of it is there, nor remembered."""
    from guiyan.kernel import calendar, releases
    from guiyan.kernel.calendar.clock import forget

    with calendar.held(), releases.held():
        with entered(Scope.system()) as scope:
            yield scope
            transaction.set_rollback(True)
        forget()


@pytest.fixture
def committed_db(
    test_database: TestDatabase, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """A fresh clone with a home of its own, where commits are real. No scope is entered: the test enters its own."""
    dsn, name = test_database.dsn, f"guiyan_commits_{os.getpid()}"
    own = replace(test_database, name=name, home=tmp_path / "home")
    database.clone(dsn, own.template, name)
    database.use_home(own.home)
    database.connect_django(dsn, name, "app")
    with django_db_blocker.unblock():
        yield own
        connections.close_all()
    database.connect_django(dsn, test_database.name, "app")
    database.use_home(test_database.home)
    database.drop(dsn, name)


@pytest.fixture(scope="module")
def lent_db(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """`committed_db` for a whole module, whose tests leave nothing behind."""
    from tests.prepared import prepared_database

    with prepared_database(test_database, tmp_path_factory.mktemp("lent") / "home", django_db_blocker) as lent:
        yield lent


@pytest.fixture
def pack(request: pytest.FixtureRequest) -> Pack:
    """The city pack in force in the test's database."""
    from guiyan.kernel import releases

    need_database(request)
    return releases.current()


@pytest.fixture
def actor(request: pytest.FixtureRequest) -> Callable[[str], Actor]:
    """`actor("zhoumin")`: a demo account with its grants of today."""
    from guiyan.accounts.queries import actor_by_username

    need_database(request)
    return actor_by_username


@pytest.fixture
def at(request: pytest.FixtureRequest) -> Callable[[str], datetime]:
    """`at("2026-06-08 09:00")`: move the business clock there."""
    from guiyan.kernel.clock_moves import move_clock

    need_database(request)

    def move(text: str) -> datetime:
        to = timezone.make_aware(datetime.fromisoformat(text))
        with entered(Scope.system()):
            move_clock(SYSTEM, to=to, reason="test")
        return to

    return move


@pytest.fixture
def client_as(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """`client_as("zhoumin")`: Django's client, signed in; `client_as("")`: signed in as nobody."""
    from guiyan.accounts.models import User

    need_database(request)

    def sign_in(username: str) -> Client:
        client = Client()
        if username:
            client.force_login(User.objects.get(username=username))
        return client

    return sign_in


@pytest.fixture
def max_queries() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with max_queries(7): …` fails, listing them, when more statements run."""

    @contextmanager
    def limit(number: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured
        listed = "\n".join(query["sql"][:200] for query in captured.captured_queries)
        assert len(captured) <= number, f"{len(captured)} queries, at most {number} allowed:\n{listed}"

    return limit


def need_database(request: pytest.FixtureRequest) -> None:
    """A fixture that reads the database works in the test's own: the committed one if it asked for it."""
    if "committed_db" in request.fixturenames:
        request.getfixturevalue("committed_db")
    else:
        request.getfixturevalue("scoped_db")
