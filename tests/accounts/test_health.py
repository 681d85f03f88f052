"""/healthz says whether the installation is well, and what is not; it answers also when the database does not."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.scope import Scope


def ask() -> tuple[int, list[str]]:
    response = Client().get("/healthz")
    return response.status_code, response.json()["reasons"]


def start_worker(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            (seconds_ago,),
        )


def test_with_a_living_worker_and_a_pack_it_is_well(scoped_db: Scope) -> None:
    start_worker(seconds_ago=1)
    assert ask() == (200, [])


def test_a_silent_worker_is_named(scoped_db: Scope) -> None:
    start_worker(seconds_ago=600)
    status, reasons = ask()
    assert status == 503
    assert "后台任务" in reasons[0]


def test_a_missing_pack_is_named(scoped_db: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    start_worker(seconds_ago=1)
    monkeypatch.setattr(PackRelease, "objects", PackRelease.objects.none())
    status, reasons = ask()
    assert status == 503
    assert "城市包" in reasons[0]


def test_without_a_database_it_answers_503_and_gives_nothing_away(
    scoped_db: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", gone)
        status, reasons = ask()
    assert status == 503
    assert "10.0.0.7" not in "".join(reasons)
