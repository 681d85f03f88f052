"""Where the server's files lie and which system user owns them.

PostgreSQL refuses to run as root. Started by root, the server runs as an unprivileged user who owns the data folder;
if that user cannot reach the folder wanted, the data goes under /var/lib/guiyan. Permissions of other folders are
never changed.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guiyan.kernel.postgres import binaries
from guiyan.kernel.postgres.binaries import Account
from guiyan.kernel.postgres.errors import PostgresError

SYSTEM_FOLDER = Path("/var/lib/guiyan")
PORT = 5432
SOCKET_PATH_LIMIT = 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Place:
    """One cluster's data folder, program folder and account."""

    data: Path
    account: Account
    programs: Path

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def program(self, name: str) -> str:
        return str(self.programs / name)


def find_place(data_dir: Path) -> Place:
    """Decide where the cluster asked for at `data_dir` really lies. Data that exists already decides first."""
    wanted = Path(os.path.abspath(data_dir.expanduser())).resolve()
    programs = binaries.package_folder() / "pginstall" / "bin"
    if os.geteuid() != 0:
        return Place(wanted, own_account(wanted), programs)
    fallback = SYSTEM_FOLDER / digest(wanted)
    for data in (wanted, fallback):
        if (data / "PG_VERSION").exists():
            return Place(data, owner_of(data), reachable_programs(owner_of(data)))
    account = service_account()
    data = wanted if can_enter(account, nearest_existing(wanted.parent)) else fallback
    return Place(data, account, reachable_programs(account))


def own_account(data: Path) -> Account:
    if data.exists() and data.stat().st_uid != os.geteuid():
        raise PostgresError(f"数据库目录 {data} 属于另一个系统用户。请用该用户运行，或用 GUIYAN_HOME 另指一个目录。")
    return Account(os.geteuid(), os.getegid())


def owner_of(data: Path) -> Account:
    status = data.stat()
    if status.st_uid == 0:
        raise PostgresError(f"数据库目录 {data} 属于 root,而 PostgreSQL 不以 root 运行。请把该目录交给普通系统用户。")
    return Account(status.st_uid, status.st_gid)


def service_account() -> Account:
    """An unprivileged user every Linux has; `postgres` where the system brought one."""
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresError("以 root 运行时需要一个普通系统用户（postgres 或 nobody），本机没有。请换普通用户运行。")


@cache
def reachable_programs(account: Account) -> Path:
    """The program folder, copied to /var/lib/guiyan when `account` cannot reach the environment's own."""
    package = binaries.package_folder()
    if can_enter(account, package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    copy = SYSTEM_FOLDER / f"programs-{digest(package)}-{package.stat().st_mtime_ns}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER, prefix=".programs-"))
        # The programs look for their libraries beside the package, so both folders move together.
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, draft / name)
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another starter was faster
            shutil.rmtree(draft)
    return copy / package.name / "pginstall" / "bin"


def can_enter(account: Account, folder: Path) -> bool:
    """Ask the system itself, as that user: bits, groups, access lists and mounts all count."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
    )
    return done.returncode == 0


def nearest_existing(folder: Path) -> Path:
    return folder if folder.exists() else nearest_existing(folder.parent)


def make_private_folder(folder: Path, account: Account) -> None:
    """Make `folder` for `account` alone; refuse one that somebody else prepared."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
            raise PostgresError(f"目录 {folder} 不是本系统专用的（属主或权限不对）。请删除它后重试。") from None


def socket_folder(place: Place) -> Path:
    """A folder whose socket path fits the system's limit and needs no quoting."""
    inside = place.data / "socket"
    if PLAIN_PATH.fullmatch(str(inside)) and socket_fits(inside):
        return inside
    name = f"guiyan-{place.account.uid}-{digest(place.data)}"
    for folder in (Path(tempfile.gettempdir()) / name, Path("/tmp") / name):
        if PLAIN_PATH.fullmatch(str(folder)) and socket_fits(folder) and folder.parent.is_dir():
            return folder
    raise PostgresError("找不到可放数据库连接口的临时目录。请把 TMPDIR 设为一个较短的目录。")


def socket_fits(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
