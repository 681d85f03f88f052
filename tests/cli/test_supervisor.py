"""Children are kept alive, stopped in the end, and never outlive their supervisor. Real processes throughout."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cli.supervisor import LONGEST_PAUSE_SECONDS, STEADY_SECONDS, Child, Supervisor

PATIENCE_SECONDS = 30.0


def child(tmp_path: Path, program: str) -> Child:
    return Child("测试", [sys.executable, "-c", program], tmp_path / "child.log", dict(os.environ))


def wait_until(condition: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / 0.05)):
        if condition():
            return
        waiting.wait(0.05)
    pytest.fail("it never happened")


def test_a_dead_child_is_started_again_after_its_pause(tmp_path: Path) -> None:
    supervisor = Supervisor(watch=str)
    worker = child(tmp_path, "import time; time.sleep(600)")
    supervisor.start(worker)
    assert worker.process is not None
    first = worker.process
    first.kill()
    first.wait()

    assert "将自动重启" in worker.look(now=worker.started + 1)
    assert worker.restart_at is not None
    assert worker.look(now=worker.restart_at - 0.1) == ""
    assert "已重启" in worker.look(now=worker.restart_at + 0.1)

    assert worker.process.pid != first.pid
    assert worker.process.poll() is None
    supervisor.stop()
    assert worker.process.poll() is not None


def test_pauses_double_up_to_a_limit_and_start_over_after_a_long_life(tmp_path: Path) -> None:
    crashing = child(tmp_path, "raise SystemExit(3)")
    pauses = []
    for _ in range(8):
        crashing.start()
        assert crashing.process is not None
        crashing.process.wait()
        now = crashing.started + 1
        assert "（3）" in crashing.look(now)
        assert crashing.restart_at is not None
        pauses.append(crashing.restart_at - now)
    assert pauses == pytest.approx([1, 2, 4, 8, 16, *[LONGEST_PAUSE_SECONDS] * 3])

    crashing.start()
    assert crashing.process is not None
    crashing.process.wait()
    now = crashing.started + STEADY_SECONDS + 1
    crashing.look(now)
    assert crashing.restart_at == pytest.approx(now + 1)


def test_what_children_say_is_in_their_log(tmp_path: Path) -> None:
    talking = child(tmp_path, "import sys; print('到标准输出'); print('到标准错误', file=sys.stderr)")
    talking.start()
    assert talking.process is not None
    talking.process.wait()
    assert set(talking.log.read_text().splitlines()) == {"到标准输出", "到标准错误"}


def test_a_child_that_ignores_being_asked_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiyan.cli.supervisor.STOP_SECONDS", 0.2)
    supervisor = Supervisor(watch=str)
    deaf = child(
        tmp_path, "import signal, time; signal.signal(15, signal.SIG_IGN); print('x', flush=True); time.sleep(600)"
    )
    supervisor.start(deaf)
    wait_until(lambda: deaf.log.read_text() == "x\n")
    supervisor.stop()
    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGKILL


SUPERVISE = """
import sys, os
from pathlib import Path
from guiyan.cli.supervisor import Child, Supervisor
supervisor = Supervisor(watch=str)
supervisor.listen()
child = Child("x", [sys.executable, "-c", "import time; time.sleep(600)"], Path(sys.argv[1]), dict(os.environ))
supervisor.start(child)
print(child.process.pid, flush=True)
supervisor.run()
supervisor.stop()
print("stopped", flush=True)
"""


def supervise(tmp_path: Path) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-c", SUPERVISE, str(tmp_path / "log")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_supervisor_stops_all_in_order(tmp_path: Path, number: signal.Signals) -> None:
    process, pid = supervise(tmp_path)
    process.send_signal(number)
    assert process.communicate()[0] == "stopped\n"
    assert process.returncode == 0
    assert not is_alive(pid)


def test_kill_9_of_the_supervisor_leaves_no_orphans(tmp_path: Path) -> None:
    process, pid = supervise(tmp_path)
    process.kill()
    process.communicate()
    wait_until(lambda: not is_alive(pid))
