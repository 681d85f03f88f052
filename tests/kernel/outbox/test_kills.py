"""Kill -9 at the named places: an event is there if and only if its change is, and an effect happens once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.fixtures import TestDatabase
from tests.kernel.workflow.papers import make_table

pytestmark = [pytest.mark.kills, pytest.mark.commits]
ROOT = Path(__file__).parents[3]
Run = Callable[..., list[dict[str, object]]]
KILLED = -signal.SIGKILL
NOTHING = {"papers": 0, "log": 0, "events": 0, "counted": 0}
CHANGED = {"papers": 1, "log": 2, "events": 1, "counted": 0}
DELIVERED = {**CHANGED, "counted": 1}


@pytest.fixture
def run(committed_db: TestDatabase) -> Run:
    """Do the steps in processes of their own on a fresh database; what each of them printed."""
    make_table(committed_db)
    with psycopg.connect(committed_db.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE counted (case_id bigint NOT NULL)")
        connection.execute(f"GRANT SELECT, INSERT ON counted TO {settings.GUIYAN_APP_ROLE}".encode())

    def process(*steps: str) -> list[dict[str, object]]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.kernel.outbox.changing", *steps],
            cwd=ROOT,
            env={**committed_db.environment, "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
            timeout=300,
            check=True,
            stdout=subprocess.PIPE,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return process


def step(name: str, code: int = 0) -> dict[str, object]:
    return {"step": name, "exit": code}


def test_a_change_killed_before_its_commit_leaves_nothing_behind(run: Run) -> None:
    for failpoint in ("locked", "posted", "before_commit"):
        assert run(f"change:{failpoint}", "count") == [step(f"change:{failpoint}", KILLED), NOTHING]
    assert run("change", "count") == [step("change"), CHANGED]


def test_a_change_killed_after_its_commit_is_whole_and_its_event_is_delivered(run: Run) -> None:
    assert run("change:after_commit", "count", "work", "count") == [
        step("change:after_commit", KILLED),
        CHANGED,
        step("work"),
        DELIVERED,
    ]


@pytest.mark.parametrize("failpoint", ["received", "before_commit"])
def test_a_receiver_killed_in_the_middle_runs_again_and_has_its_effect_once(run: Run, failpoint: str) -> None:
    assert run("change", f"work:{failpoint}", "count", "work", "count", "work", "count") == [
        step("change"),
        step(f"work:{failpoint}", KILLED),
        CHANGED,
        step("work"),
        DELIVERED,
        step("work"),
        DELIVERED,
    ]


def test_a_receiver_killed_after_its_commit_is_not_repeated(run: Run) -> None:
    assert run("change", "work:after_commit", "count", "work", "count") == [
        step("change"),
        step("work:after_commit", KILLED),
        DELIVERED,
        step("work"),
        DELIVERED,
    ]


def test_the_file_asks_once(run: Run, committed_db: TestDatabase) -> None:
    (committed_db.home / "failpoint").write_text("before_commit\n")
    assert run("change", "change", "count") == [step("change", KILLED), step("change"), CHANGED]
