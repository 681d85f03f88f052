"""One database of its own for a whole module of tests: filled once, with real commits, and shared."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.scope import Scope, entered
from tests import database
from tests.fixtures import TestDatabase


@contextmanager
def prepared_database(base: TestDatabase, home: Path, blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """A clone of the template with a home of its own; Django works in it until the end."""
    name = f"guiyan_commits_{os.getpid()}"
    own = replace(base, name=name, home=home)
    database.clone(base.dsn, base.template, name)
    database.use_home(home)
    database.connect_django(base.dsn, name, "app")
    try:
        with blocker.unblock():
            yield own
            connections.close_all()
    finally:
        database.connect_django(base.dsn, base.name, "app")
        database.use_home(base.home)
        database.drop(base.dsn, name)


def clock_to(text: str) -> None:
    """Move the business clock there."""
    with entered(Scope.system()):
        move_clock(SYSTEM, to=timezone.make_aware(datetime.fromisoformat(text)), reason="test")
