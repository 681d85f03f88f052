"""Children that must stay alive: start, watch, restart with growing pauses, stop. Knows nothing of what they do."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guiyan.cli.environment import say

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 25.0
LOOK_EVERY_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process to keep alive. pause: how long to wait before the next restart; it doubles until a life was long."""

    label: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    restart_at: float | None = None

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                process_group=0,  # Ctrl-C reaches the supervisor alone, which stops its children in order
                preexec_fn=end_with_parent,
            )
        self.started, self.restart_at = time.monotonic(), None

    def look(self, now: float) -> str:
        """Restart the process if it died and its pause is over; say in words what happened, or nothing."""
        if self.process is None or self.process.poll() is None:
            return ""
        if self.restart_at is None:
            self.pause = FIRST_PAUSE_SECONDS if now - self.started > STEADY_SECONDS else self.pause
            self.restart_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            return f"{self.label}进程退出（{self.process.returncode}），将自动重启。日志：{self.log}"
        if now >= self.restart_at:
            self.start()
            return f"{self.label}进程已重启。"
        return ""


@dataclass
class Supervisor:
    """watch: called now and then; brings back what is no child (the database)."""

    watch: Callable[[], str]
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Let Ctrl-C, TERM and a closed terminal end `run` instead of the process."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def run(self) -> None:
        """Keep everything alive until told to stop."""
        while not self.stopping.wait(LOOK_EVERY_SECONDS):
            self.look()

    def look(self) -> None:
        for words in (self.watch(), *(child.look(time.monotonic()) for child in self.children)):
            if words:
                say(words)

    def stop(self) -> None:
        """End the children politely, last started first; after a while, not politely."""
        living = [child.process for child in reversed(self.children) if child.process]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in living:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def end_with_parent() -> None:
    """In the child: ask Linux for TERM when the supervisor dies, so that kill -9 of it leaves no orphans."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
