"""`bin/demo`: from nothing to a city that can be looked at, in one process that keeps the others alive.

Steps: database, migrations, city pack, documents, sample people, web and worker. State lies under GUIYAN_HOME.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from guiyan.cli.demo_accounts import introduce
from guiyan.cli.demo_steps import STEPS, Demo, Marker, check_city, database_identity, run_step
from guiyan.cli.environment import ROOT, home, say
from guiyan.cli.healthz import complaint
from guiyan.cli.supervisor import Child, Supervisor
from guiyan.kernel import postgres
from guiyan.kernel.errors import Refused

HEALTHY_WITHIN_SECONDS = 120
HEALTH_PAUSE_SECONDS = 0.3
DATABASE_LOOK_SECONDS = 2


def run(argv: list[str]) -> int:
    options = parse(argv)
    started = time.monotonic()
    demo = Demo(options.city, options.people, home(), Path(os.environ.get("GUIYAN_CITIES") or ROOT / "cities"))
    demo.home.mkdir(parents=True, exist_ok=True)
    with only_one(demo.home):
        check_port(options.port)
        if options.fresh:
            wipe(demo.home)
        (demo.home / "logs").mkdir(exist_ok=True)
        supervisor = Supervisor(watch=database_watch(demo.home))
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            prepare(demo)
            supervisor.listen()
            serve(supervisor, demo, options.port)
            say(f"共用 {time.monotonic() - started:.1f} 秒。\n{introduce(demo, options.port)}")
            supervisor.run()
        finally:
            say("正在停止…")
            supervisor.stop()
            stop_database(demo.home)
        say("已全部停止。再次运行 bin/demo 会接着用现有数据。")
    return 0


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="启动演示环境，Ctrl-C 全部停止。")
    parser.add_argument("--city", default=os.environ.get("GUIYAN_CITY") or "xianning", help="城市包的名字")
    parser.add_argument("--port", type=int, default=8000, help="网站端口，默认 8000")
    parser.add_argument("--people", type=int, default=20000, help="示例人口数，默认 20000")
    parser.add_argument("--fresh", action="store_true", help="先清空本目录下的演示数据")
    return parser.parse_args(argv)


def prepare(demo: Demo) -> None:
    """Bring the database up and load what is not loaded yet."""
    with step("环境", 1):
        pass
    with step("数据库", 2):
        dsn = postgres.open_database(demo.home)
    marker = Marker(demo.home, database_identity(dsn))
    check_city(demo, marker)
    for number, each in enumerate(STEPS, start=3):
        digest = each.digest(demo)
        done = marker.done.get(each.label) == digest or not each.command(demo)
        with step(each.label, number, already=done) as needed:
            if needed:
                run_step(each, demo, environment(demo), demo.home / "logs" / "steps.log")
        marker.done[each.label] = digest
        marker.save()


def serve(supervisor: Supervisor, demo: Demo, port: int) -> None:
    """Start the web and the job worker and wait until both say that they are well."""
    with step("服务", len(STEPS) + 3):
        sms = free_port()
        children = (
            ("短信网关", "sms-peer", f"--port={sms}"), ("网站", "serve", f"--port={port}"), ("后台任务", "worker")
        )  # fmt: skip
        for label, name, *more in children:
            command = [sys.executable, "-m", "guiyan.cli.main", name, *more]
            supervisor.start(Child(label, command, demo.home / "logs" / f"{name}.log", environment(demo, sms)))
        wait_until_healthy(supervisor, port)


def wait_until_healthy(supervisor: Supervisor, port: int) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while reason := complaint(f"http://127.0.0.1:{port}/healthz"):
        if time.monotonic() > deadline:
            raise Refused(f"服务没有就绪：{reason}")
        if supervisor.stopping.wait(HEALTH_PAUSE_SECONDS):
            raise KeyboardInterrupt
        supervisor.look()


def environment(demo: Demo, sms_port: int | None = None) -> dict[str, str]:
    """What the children see: this city, this home, demo accounts, a clock that can be moved, a gateway to try."""
    settled = {"GUIYAN_CITY": demo.city, "GUIYAN_HOME": str(demo.home), "GUIYAN_DEMO": "1"}
    if sms_port is not None:
        settled["GUIYAN_SMS_URL"] = f"http://127.0.0.1:{sms_port}/"
    return {**os.environ, **settled, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


@contextmanager
def step(label: str, number: int, *, already: bool = False) -> Iterator[bool]:
    """Show a step with its seconds; yields whether it has to be done."""
    started = time.monotonic()
    if not already:
        say(f"[{number}/{len(STEPS) + 3}] {label} …")
    yield not already
    words = "不用做" if already else f"完成，{time.monotonic() - started:.1f} 秒"
    say(f"[{number}/{len(STEPS) + 3}] {label} {words}")


@contextmanager
def only_one(folder: Path) -> Iterator[IO[str]]:
    """Hold the home for one demo at a time."""
    with open(folder / "demo.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"演示已在运行（{folder}）。要再开一个，请用 GUIYAN_HOME 另指目录、--port 另选端口。"
            ) from None
        yield lock


def free_port() -> int:
    """One that nobody listens on, for the gateway, which only this demo asks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(f"端口 {port} 用不了（{error.strerror}）。请用 --port 另选一个。") from None


def wipe(folder: Path) -> None:
    """Empty this installation's own home and nothing else; refuse a folder that does not look like one."""
    known = {"pg", "pg.lock", "pg.new", "files", "keys", "audit", "exchange", "static", "logs", "failpoint"}
    known |= {"matching", "facts", "sms-peer", "imports"}
    known |= {"demo.json", "demo.lock"}
    foreign = sorted(path.name for path in folder.iterdir() if path.name not in known)
    if foreign:
        raise Refused(f"{folder} 里有不属于演示的内容（{'、'.join(foreign[:5])}），没有清空。")
    if os.environ.get("DATABASE_URL"):
        raise Refused("已设置 DATABASE_URL：外部数据库请自行清空，--fresh 只清空内置数据库。")
    postgres.destroy(postgres.data_dir_of(folder))
    for path in folder.iterdir():
        if path.name == "demo.lock":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def database_watch(folder: Path) -> Callable[[], str]:
    """Brings the embedded database back when it died; an external one is not ours to start."""
    data_dir = postgres.data_dir_of(folder)
    next_look = 0.0

    def look() -> str:
        nonlocal next_look
        if os.environ.get("DATABASE_URL") or time.monotonic() < next_look:
            return ""
        next_look = time.monotonic() + DATABASE_LOOK_SECONDS
        if postgres.status(data_dir).state == "running":
            return ""
        postgres.ensure(data_dir)
        return "数据库进程已重新启动。"

    return look


def stop_database(folder: Path) -> None:
    if not os.environ.get("DATABASE_URL"):
        postgres.stop(postgres.data_dir_of(folder))
