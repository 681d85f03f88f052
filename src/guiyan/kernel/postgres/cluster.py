"""One embedded cluster: make it, start it, prove that it answers, stop it. Roles are in `roles`."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg

from guiyan.kernel.postgres import binaries, memory, processes
from guiyan.kernel.postgres.dsn import APP, DATABASE, OWNER, Dsn, Login
from guiyan.kernel.postgres.errors import PostgresError
from guiyan.kernel.postgres.place import PORT, Place, find_place, make_private_folder, socket_folder
from guiyan.kernel.postgres.roles import provision

START_SECONDS = 300
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Status:
    """state: absent (never made), stopped, or running."""

    state: Literal["absent", "stopped", "running"]
    data: Path
    log: Path
    pid: int | None = None


def ensure(data_dir: Path) -> Dsn:
    """Make the cluster if there is none, start it if it is down, wait until it answers, see that the roles exist.

    Safe to call from several processes at once: one works, the others wait and find it running.
    """
    with exclusive(data_dir):
        place = find_place(data_dir)
        if not (place.data / "PG_VERSION").exists():
            create(place)
        check_version(place)
        # A server seen running may be on its way out: then it is started once more.
        if processes.running_postmaster(place.data) is None or not answers(place):
            start(place)
            if not answers(place):
                raise PostgresError("数据库启动后又退出了。", log=place.log)
        dsn = dsn_of(place)
        provision(dsn)
        return dsn


def stop(data_dir: Path) -> bool:
    """Stop the server of this folder and no other; False if none was running."""
    with exclusive(data_dir):
        place = find_place(data_dir)
        if processes.running_postmaster(place.data) is None:
            return False
        command = [place.program("pg_ctl"), "stop", "-D", str(place.data), "-m", "fast", "-w", "-t", str(START_SECONDS)]
        outcome = binaries.run(command, account=place.account, cwd=place.data)
        if outcome.status:
            raise PostgresError(f"数据库没有停下来：{outcome.text}", log=place.log)
        return True


def status(data_dir: Path) -> Status:
    place = find_place(data_dir)
    postmaster = processes.running_postmaster(place.data)
    if postmaster:
        return Status("running", place.data, place.log, postmaster.pid)
    return Status("stopped" if (place.data / "PG_VERSION").exists() else "absent", place.data, place.log)


def destroy(data_dir: Path) -> None:
    """Stop the server and delete its data, wherever `ensure` had put it."""
    stop(data_dir)
    with exclusive(data_dir):
        place = find_place(data_dir)
        if (place.data / "PG_VERSION").exists():
            shutil.rmtree(socket_folder(place), ignore_errors=True)
            shutil.rmtree(place.data)


def locate(data_dir: Path) -> Dsn:
    """Where the server of `data_dir` is or will be; starts nothing."""
    return dsn_of(find_place(data_dir))


@contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """Hold the folder's lock; the system drops it when the holder dies."""
    folder = Path(os.path.abspath(data_dir.expanduser()))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(f"{folder.name}.lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def create(place: Place) -> None:
    """Make a cluster beside its place and rename it, so that a half-made one never looks whole."""
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    place.data.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    make_private_folder(draft, place.account)
    locale = ["--encoding=UTF8", f"--locale={binaries.LOCALE}"]
    access = [f"--username={SUPERUSER}", "--auth-local=trust", "--auth-host=reject"]
    settings = ["--set=listen_addresses=", "--set=max_connections=200", "--set=log_line_prefix=%m [%p] %u@%d "]
    command = [place.program("initdb"), "-D", str(draft), *locale, *access, *settings]
    outcome = binaries.run(command, account=place.account, cwd=draft.parent)
    if outcome.status:
        shutil.rmtree(draft, ignore_errors=True)
        raise PostgresError(f"建立数据库目录 {place.data} 失败：{outcome.text}")
    if place.data.exists():
        place.data.rmdir()  # refuses, as it should, when something lies in it
    draft.rename(place.data)


def check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != str(binaries.major_version()):
        raise PostgresError(
            f"数据库目录 {place.data} 是 PostgreSQL {found} 的，程序是 {binaries.major_version()} 的，不能直接打开。"
            "请用原版本导出（pg_dump）后导入，或用 GUIYAN_HOME 另指一个目录。"
        )


def start(place: Place) -> None:
    wait_for_orphans(place)
    processes.remove_stale_pid_file(place.data)
    folder = socket_folder(place)
    make_private_folder(folder, place.account)
    processes.remove_stale_socket(folder)
    options = f"-c listen_addresses='' -p {PORT} -c unix_socket_permissions=0700 -k {shlex.quote(str(folder))}"
    options += memory.options(place.data)
    # Paths relative to the data folder: pg_ctl hands them to a shell, quoted badly.
    command = [place.program("pg_ctl"), "start", "-D", ".", "-l", place.log.name]
    command += ["-w", "-t", str(START_SECONDS), "-s", "-o", options]
    outcome = binaries.run(command, account=place.account, cwd=place.data)
    if outcome.status:
        raise PostgresError(f"数据库没有启动起来：{outcome.text or '原因见日志'}", log=place.log)


def wait_for_orphans(place: Place, seconds: float = 30) -> None:
    """After kill -9 the server's children still hold its memory; starting before they are gone is refused."""
    deadline = time.monotonic() + seconds
    while orphans := processes.server_processes(place.data):
        if time.monotonic() > deadline:
            raise PostgresError(f"上次的数据库进程还没有退出：{orphans}。请稍后再试。", log=place.log)
        time.sleep(0.05)


def answers(place: Place) -> bool:
    """Ask the server a question until it answers: "running" may still mean recovering. False when it is gone."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(dsn_of(place).url("super", "postgres"), connect_timeout=10) as connection:
                connection.execute("SELECT 1")
            return True
        except psycopg.OperationalError as error:
            if processes.running_postmaster(place.data) is None:
                return False
            if time.monotonic() > deadline:
                raise PostgresError(f"数据库在运行，但连接不上：{error}", log=place.log) from error
            time.sleep(0.1)


def dsn_of(place: Place) -> Dsn:
    postmaster = processes.running_postmaster(place.data)
    known = postmaster is not None and postmaster.socket_folder.is_absolute()
    folder = postmaster.socket_folder if postmaster and known else socket_folder(place)
    return Dsn(
        host=str(folder),
        port=PORT,
        dbname=DATABASE,
        owner=Login(OWNER),
        app=Login(APP),
        super=Login(SUPERUSER),
        embedded=True,
    )
