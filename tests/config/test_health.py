"""`/healthz` is 200 only when database, pack and worker are well, and names what is not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


@pytest.fixture
def worker(scoped_db: None) -> int:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        return int(cursor.fetchone()[0])


def test_all_is_well(worker: int, client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"ok": True, "reasons": []})


def test_a_silent_worker_is_named(worker: int, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    response = client.get("/healthz")
    assert (response.status_code, response.json()["reasons"]) == (503, ["后台任务进程没有在运行。"])


def test_a_missing_worker_is_named(scoped_db: None, client: Client) -> None:
    assert client.get("/healthz").json()["reasons"] == ["后台任务进程没有在运行。"]
