"""Where test databases come from: a server, a template migrated once, clones for workers and for tests that commit."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from guiyan.kernel import postgres
from guiyan.kernel.postgres import Dsn

ROOT = Path(__file__).resolve().parents[1]
HOME_VARIABLE = "GUIYAN_TEST_RUN_HOME"
SERVER_HOME_VARIABLE = "GUIYAN_TEST_SERVER_HOME"  # keeps the roles' passwords when DATABASE_URL names the server
SMALL = "256MB"
MADE_FROM = (
    "src/guiyan/**/migrations/*.py",
    "src/guiyan/kernel/scope/*.py",
    "src/guiyan/accounts/actions.py",
    "src/guiyan/packs/**/*",
    "src/guiyan/registers/schema/*.py",
    "cities/xianning/**/*",
    "tests/template.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Give the run its home. Workers inherit it from the process that started them."""
    if HOME_VARIABLE not in os.environ:
        kept = os.environ.get("GUIYAN_TEST_HOME", "")
        home = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="guiyan-test-"))
        home.mkdir(parents=True, exist_ok=True)
        if not kept:
            home.chmod(0o755)  # the server may run as another, unprivileged user
        os.environ[HOME_VARIABLE] = str(home)
        os.environ[SERVER_HOME_VARIABLE] = str(settings.GUIYAN_HOME)
        config.guiyan_home_owner = not kept  # type: ignore[attr-defined]
    use_home(run_home() / f"worker-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    settings.GUIYAN_DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    owner = getattr(config, "guiyan_home_owner", None)
    if owner is None:
        return
    home = Path(os.environ.pop(HOME_VARIABLE))
    if not owner:
        return
    if not os.environ.get("DATABASE_URL"):
        postgres.destroy(postgres.data_dir_of(home))
    shutil.rmtree(home, ignore_errors=True)


def run_home() -> Path:
    return Path(os.environ[HOME_VARIABLE])


def use_home(home: Path) -> None:
    """Keep run-time state under `home` from now on; keys are shared by the whole run."""
    home.mkdir(parents=True, exist_ok=True)
    keys = run_home() / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    with suppress(FileExistsError):
        (home / "keys").symlink_to(keys)
    settings.GUIYAN_HOME = home
    os.environ["GUIYAN_HOME"] = str(home)


def server() -> Dsn:
    """The server of this run: any through DATABASE_URL, else an embedded one of its own."""
    if os.environ.get("DATABASE_URL"):
        return postgres.open_database(Path(os.environ[SERVER_HOME_VARIABLE]))
    data = postgres.data_dir_of(run_home())
    with alone():
        dsn = postgres.ensure(data)
        if hurry(dsn):
            postgres.stop(data)
            dsn = postgres.ensure(data)
    return dsn


def hurry(dsn: Dsn) -> bool:
    """Spare this run's own server the waiting for the disk: it has nothing to keep after a power cut.

    Each of hundreds of small databases that go is looked for in all of its memory, so that is small. True: this needs
    another start.
    """
    wanted = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": SMALL}
    with psycopg.connect(dsn.url("super", "postgres"), autocommit=True) as connection:
        for name, value in wanted.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        connection.execute("SELECT pg_reload_conf()")
        row = connection.execute("SHOW shared_buffers").fetchone()
    return row != (SMALL,)


def digest() -> str:
    """Names everything a template is made from."""
    found = hashlib.sha256()
    files = {path for pattern in MADE_FROM for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(files):
        if path.suffix != ".pyc":
            found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time makes the template."""
    with open(run_home() / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template(dsn: Dsn) -> str:
    """The name of a migrated database with the city pack in it; made if there is none."""
    from tests.template import fill

    name = f"guiyan_template_{digest()}"
    with alone():
        if exists(dsn, name):
            return name
        draft = f"{name}_new"
        drop(dsn, draft)
        execute(dsn, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", draft)
        connect_django(dsn, draft, "owner")
        fill()
        connections["default"].close()
        execute(dsn, "ALTER DATABASE {} RENAME TO {}", draft, name)
        drop_old_templates(dsn)
        drop_orphans(dsn)
    return name


def drop_old_templates(dsn: Dsn) -> None:
    """A home that is kept would fill up; the newest few may still be in use by another run."""
    query = "SELECT datname FROM pg_database WHERE datname LIKE 'guiyan_template_%' ORDER BY oid DESC OFFSET 5"
    with psycopg.connect(dsn.url("owner", "postgres"), autocommit=True) as connection:
        names = [str(name) for (name,) in connection.execute(query).fetchall()]
    for name in names:
        drop(dsn, name)


def drop_orphans(dsn: Dsn) -> None:
    """Clones of runs that were killed."""
    query = "SELECT datname FROM pg_database WHERE datname ~ '^guiyan_(worker|commits|kept)_[0-9]+$'"
    with psycopg.connect(dsn.url("owner", "postgres"), autocommit=True) as connection:
        names = [str(name) for (name,) in connection.execute(query).fetchall()]
    for name in names:
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
            drop(dsn, name)


def clone(dsn: Dsn, source: str, name: str) -> None:
    drop(dsn, name)
    execute(dsn, "CREATE DATABASE {} TEMPLATE {}", name, source)


def drop(dsn: Dsn, name: str) -> None:
    """Only an administrator may send away sessions of other roles, the server's own vacuum among them."""
    if dsn.super is None:
        execute(dsn, "DROP DATABASE IF EXISTS {}", name)
    else:
        execute(dsn, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name, role="super")


def exists(dsn: Dsn, name: str) -> bool:
    with psycopg.connect(dsn.url("owner", "postgres"), autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def execute(dsn: Dsn, statement: str, *names: str, role: postgres.Role = "owner") -> None:
    """Run one statement about whole databases."""
    with psycopg.connect(dsn.url(role, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def connect_django(dsn: Dsn, name: str, role: postgres.Role) -> None:
    """Point Django's connection, of this and of new threads, at another database or role."""
    connections["default"].close()
    settings_dict = connections.settings["default"]
    settings_dict.update({**dsn.django(role), "NAME": name})
    settings.GUIYAN_APP_ROLE = dsn.app.user
