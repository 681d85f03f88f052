"""The worker as a process of its own: does what is asked, comes back after losing the database, stops when told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from guiyan.kernel.audit.models import AuditSeal
from guiyan.kernel.outbox.models import OutboxReceipt
from guiyan.kernel.scope import Scope, entered
from tests.fixtures import TestDatabase

pytestmark = pytest.mark.commits
ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 180


@pytest.fixture
def worker(committed_db: TestDatabase) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "guiyan.cli.main", "worker"],
        cwd=ROOT,
        env={**committed_db.environment, "PYTHONPATH": f"{ROOT}/src"},
    )
    yield process
    process.kill()
    process.wait()


def until(reached: Callable[[], bool], worker: subprocess.Popen[bytes]) -> None:
    """Wait for something the worker is to do; fails when it ends before, or never does it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert worker.poll() is None, f"the worker ended with {worker.returncode}"
        assert time.monotonic() < deadline, "the worker did not do it"
        time.sleep(0.2)


def ticks() -> int:
    with entered(Scope.system()):
        return OutboxReceipt.objects.filter(receiver="kernel.tick").count()


def seals() -> int:
    with entered(Scope.system()):
        return AuditSeal.objects.count()


def lose_connections(database: TestDatabase) -> int:
    """End every connection of the application but ours."""
    query = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = %s AND usename = %s AND application_name = ''"
    )
    with psycopg.connect(database.url("super"), autocommit=True, application_name="test") as connection:
        row = connection.execute(query, (database.name, database.dsn.app.user)).fetchone()
        assert row is not None
        return int(row[0])


def test_a_worker_delivers_seals_reconnects_and_stops(
    committed_db: TestDatabase, worker: subprocess.Popen[bytes], at: Callable[[str], datetime]
) -> None:
    at("2026-06-08 09:00")
    until(lambda: ticks() == 1, worker)
    until(lambda: seals() > 0, worker)
    from django.db import connection

    connection.close()  # ours would be ended too
    assert lose_connections(committed_db) > 0
    at(f"{timezone.localtime():2026-06-09 09:%M}")
    until(lambda: ticks() == 2, worker)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
