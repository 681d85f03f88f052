"""How much of the machine's memory the embedded server takes, and what follows from it."""

from __future__ import annotations

import os
from pathlib import Path

MB = 1024 * 1024
SHARE = 4  # a quarter: pages, workers and the system's own cache need the rest
LEAST, MOST = 128 * MB, 8192 * MB
LEAST_LOG = 1024 * MB
# What a container may use at most; a file of a number, or "max".
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def options(data: Path) -> str:
    """For the server's command line, which would outweigh what an administrator set by ALTER SYSTEM: so without that.

    Between two checkpoints as much may be written as the server holds in memory. The first change of a page after one
    writes the whole page to the log, so that a large import would pay for each page of each index again and again.
    """
    size = f"{shared_buffers(memory_bytes()) // MB}MB"
    wanted = {"shared_buffers": size, "max_wal_size": f"{max(LEAST_LOG, shared_buffers(memory_bytes())) // MB}MB"}
    own = data / "postgresql.auto.conf"
    chosen = own.read_text(encoding="utf-8") if own.exists() else ""
    return "".join(f" -c {name}={value}" for name, value in wanted.items() if name not in chosen)


def shared_buffers(memory: int) -> int:
    """Bytes. Taken by the server only as pages are read, so that a small database stays small."""
    return max(LEAST, min(MOST, memory // SHARE))


def memory_bytes() -> int:
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([whole, *(limit for path in LIMITS if (limit := limit_in(path)))])


def limit_in(path: Path) -> int:
    """0 without one."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() else 0
