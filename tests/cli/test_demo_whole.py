"""The demo from nothing: it comes up, brings back what is killed, stops everything, and starts again from its data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guiyan.cli.healthz import complaint
from guiyan.kernel import postgres
from guiyan.kernel.postgres import processes

pytestmark = pytest.mark.kills
PATIENCE_SECONDS = 240


class RunningDemo:
    """One demo in a home of its own, without DATABASE_URL."""

    def __init__(self, home: Path, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = home
        dropped = ("DATABASE_URL", "DATABASE_OWNER_URL", "GUIYAN_DB_ROLE", "GUIYAN_CITY")
        self.environment = {name: value for name, value in os.environ.items() if name not in dropped}
        command = [sys.executable, "-m", "guiyan.cli.main", "demo", f"--port={self.port}", "--people=50", *options]
        self.environment["GUIYAN_HOME"] = str(home / "run")
        with open(home / "words", "w") as words:
            self.process = subprocess.Popen(command, stderr=words, env=self.environment)

    def said(self) -> str:
        return (self.home / "words").read_text()

    def is_well(self) -> bool:
        assert self.process.poll() is None, self.said()
        return complaint(f"http://127.0.0.1:{self.port}/healthz") == ""

    def children(self) -> dict[str, int]:
        """Command -> pid of the processes it keeps alive."""
        found = {}
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            found["web" if "gunicorn" in words else words[3] if len(words) > 3 else ""] = int(pid)
        return found

    def data(self) -> Path:
        return postgres.status(postgres.data_dir_of(self.home / "run")).data

    def check(self) -> subprocess.CompletedProcess[str]:
        """What `bin/guiyan check` says of the running demo's data."""
        command = [sys.executable, "-m", "guiyan.cli.main", "check"]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="gy-demo-"))
    folder.chmod(0o755)
    yield folder
    postgres.destroy(postgres.data_dir_of(folder / "run"))
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def wait_until(condition: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(PATIENCE_SECONDS * 4):
        if condition():
            return
        waiting.wait(0.25)
    pytest.fail("it never happened")


def kill_and_see_it_come_back(demo: RunningDemo, part: str) -> None:
    before = demo.children()[part]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: demo.children().get(part, before) != before and demo.is_well())


def test_the_demo_comes_up_survives_kill_9_of_each_part_and_leaves_nothing_running(home: Path) -> None:
    demo = RunningDemo(home)
    try:
        wait_until(lambda: "归雁已启动" in demo.said() and demo.is_well())
        assert f"http://127.0.0.1:{demo.port}/" in demo.said()
        data = demo.data()
        checked = demo.check()
        assert checked.returncode == 0, checked.stdout

        for part in ("web", "worker"):
            kill_and_see_it_come_back(demo, part)

        server = processes.running_postmaster(data)
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: (now := processes.running_postmaster(data)) is not None and now.pid != server.pid)
        wait_until(demo.is_well)

        assert demo.stop() == 0, demo.said()
        assert processes.server_processes(data) == []
        assert complaint(f"http://127.0.0.1:{demo.port}/healthz") != ""

        again = RunningDemo(home)
        wait_until(lambda: "归雁已启动" in again.said() and again.is_well())
        assert "城市包 不用做" in again.said()
        assert "示例人口 不用做" in again.said()
        assert again.stop() == 0
    finally:
        demo.process.kill()
