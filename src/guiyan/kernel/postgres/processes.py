"""Which server process belongs to which data folder, as /proc tells it. A pid alone proves nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """What postmaster.pid says of a server that is proven to run on this folder."""

    pid: int
    port: int
    socket_folder: Path


def running_postmaster(data: Path) -> Postmaster | None:
    """The live server of `data`, or None; a stale file (dead pid, or a pid taken by another program) is None."""
    lines = pid_file_lines(data)
    if not lines or not is_server_of(int(lines[0]), data):
        return None
    port = int(lines[3]) if len(lines) > 3 and lines[3].isdigit() else 0
    return Postmaster(int(lines[0]), port, Path(lines[4] if len(lines) > 4 else ""))


def remove_stale_pid_file(data: Path) -> bool:
    """Remove postmaster.pid when its pid lives but is another program's; PostgreSQL itself settles dead pids.

    Call only under the lock, after `running_postmaster` said None.
    """
    lines = pid_file_lines(data)
    path = data / "postmaster.pid"
    if not path.exists() or (lines and not (PROC / lines[0]).exists()):
        return False
    path.unlink()
    return True


def remove_stale_socket(folder: Path) -> None:
    """Remove what a dead server left in its private socket folder: its lock names a pid, too.

    Call only under the lock, after `running_postmaster` said None.
    """
    for path in folder.glob(".s.PGSQL.*"):
        path.unlink()


def server_processes(data: Path) -> list[int]:
    """Every PostgreSQL process working on `data`: after kill -9 of the server its children live a moment longer."""
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit() and is_server_of(int(entry.name), data)]


def is_server_of(pid: int, data: Path) -> bool:
    """PostgreSQL works inside its data folder, so the working folder of a process proves whose it is."""
    try:
        inside = Path(os.readlink(PROC / str(pid) / "cwd")) == data
        return inside and (PROC / str(pid) / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def pid_file_lines(data: Path) -> list[str]:
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    lines = [line.strip() for line in lines]
    return lines if lines and lines[0].isdigit() else []
