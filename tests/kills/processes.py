"""The web server and the worker as real processes in one test database; killed and started again."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fixtures import TestDatabase
from tests.kills.visitor import GONE, Visitor

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 180


def until(reached: Callable[[], bool], what: str) -> None:
    """Wait for something that another process does; fails when it never happens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(database: TestDatabase, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "guiyan.cli.main", *words],
        cwd=ROOT,
        env={**database.environment, "PYTHONPATH": f"{ROOT}/src"},
    )


class Web:
    """`bin/guiyan serve` with one worker process, which the server replaces when it is killed."""

    def __init__(self, database: TestDatabase) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = command(database, "serve", f"--port={self.port}", "--workers=1")
        until(self.answers, "the web server answers")

    def answers(self) -> bool:
        assert self.process.poll() is None, f"the web server ended with {self.process.returncode}"
        return Visitor(self.base).read("/sign-in/")[0] != GONE

    def visitor(self, username: str) -> Visitor:
        visitor = Visitor(self.base)
        visitor.sign_in(username)
        return visitor

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


class Worker:
    """`bin/guiyan worker`."""

    def __init__(self, database: TestDatabase) -> None:
        self.database = database
        self.process = command(database, "worker")

    def was_killed(self) -> bool:
        return self.process.poll() == -signal.SIGKILL

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        if self.alive():
            self.process.kill()
        self.process.wait(timeout=60)


def check(database: TestDatabase) -> list[dict[str, str]]:
    """What `bin/guiyan check` finds."""
    done = subprocess.run(
        [sys.executable, "-m", "guiyan.cli.main", "check"],
        cwd=ROOT,
        env={**database.environment, "PYTHONPATH": f"{ROOT}/src"},
        stdout=subprocess.PIPE,
        timeout=300,
    )
    found = json.loads(done.stdout)
    assert found["ok"] == (done.returncode == 0) == (not found["findings"])
    return list(found["findings"])
