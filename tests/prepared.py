"""One database of its own for a whole module of tests: filled once, with real commits, and shared."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import TypeVar

from django.db import connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.scope import Scope, entered
from tests import database
from tests.fixtures import TestDatabase

Made = TypeVar("Made")


@contextmanager
def prepared_database(
    base: TestDatabase, home: Path, blocker: DjangoDbBlocker, *, keep_as: str = ""
) -> Iterator[TestDatabase]:
    """A clone of the template with a home of its own; Django works in it until the end. keep_as: it stays, so named."""
    name = keep_as or f"guiyan_commits_{os.getpid()}"
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
        if not keep_as:
            database.drop(base.dsn, name)


@contextmanager
def copied_database(
    base: TestDatabase, home: Path, blocker: DjangoDbBlocker, build: Callable[[Path], Made]
) -> Iterator[Made]:
    """A copy of the database, home and object that `build` makes: the first of this run's workers makes it for all."""
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    kept = database.run_home() / f"{build.__module__}-{run}"
    source = f"guiyan_kept_{run}"
    with database.alone():
        if not (kept / "made").exists():
            kept.mkdir()
            with prepared_database(base, kept / "home", blocker, keep_as=source):
                made = build(kept)
            (kept / "made").write_bytes(pickle.dumps(made))
    copytree(kept / "home", home, symlinks=True)
    with prepared_database(replace(base, template=source), home, blocker):
        yield pickle.loads((kept / "made").read_bytes())


def clock_to(text: str) -> None:
    """Move the business clock there."""
    with entered(Scope.system()):
        move_clock(SYSTEM, to=timezone.make_aware(datetime.fromisoformat(text)), reason="test")
