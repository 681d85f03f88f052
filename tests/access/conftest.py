"""The world is built once for a file of these tests; every test takes back what it did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import middleware as auth
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from pytest_django.plugin import DjangoDbBlocker

from guiyan.config import error_pages, middleware
from guiyan.kernel import calendar
from guiyan.kernel.scope import Scope, entered
from tests.access import world as worlds
from tests.access.knocking import Known
from tests.access.world import World
from tests.fixtures import TestDatabase
from tests.prepared import copied_database


@pytest.fixture(scope="module")
def world(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    home = tmp_path_factory.mktemp("world") / "home"
    with copied_database(test_database, home, django_db_blocker, worlds.build) as made:
        yield made


@pytest.fixture
def undone(world: World) -> Iterator[World]:
    """The world, in a transaction that is rolled back at the end, in the system's scope."""
    with entered(Scope.system()):
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def plain_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is its status alone: thousands are asked for here, and the pages of errors have tests of their own."""

    def bare(request: HttpRequest, template: str, context: object, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr(error_pages, "render", bare)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Known]:
    """Who somebody is and what she may do is looked up once, not at each of the hundreds of addresses."""
    memory = Known(auth.get_user, middleware.actor_for)
    monkeypatch.setattr(auth, "get_user", memory.user)
    monkeypatch.setattr(middleware, "actor_for", memory.actor)
    with calendar.held():
        yield memory
