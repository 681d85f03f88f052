"""Which database an installation uses: DATABASE_URL if set, else the embedded server under its home.

- DATABASE_URL and DATABASE_OWNER_URL: the application's and the owner's logins, used as they are.
- DATABASE_URL alone, user guiyan_app: the application's login; this machine cannot migrate.
- DATABASE_URL alone, any other user: an administrator, who makes both roles with passwords kept under the home.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from guiyan.kernel.postgres.cluster import ensure, locate
from guiyan.kernel.postgres.dsn import APP, OWNER, Dsn, Login, split_url
from guiyan.kernel.postgres.errors import PostgresError
from guiyan.kernel.postgres.roles import check_logins, provision


def data_dir_of(home: Path) -> Path:
    return home / "pg"


def resolve(home: Path) -> Dsn:
    """The database of this installation; connects to nothing and starts nothing."""
    url = os.environ.get("DATABASE_URL", "")
    return from_environment(home, url) if url else locate(data_dir_of(home))


def open_database(home: Path) -> Dsn:
    """`resolve`, and the server is up and the roles and the database exist."""
    dsn = resolve(home)
    if not os.environ.get("DATABASE_URL"):
        return ensure(data_dir_of(home))
    if dsn.super is not None:
        provision(dsn)
    check_logins(dsn)
    return dsn


def from_environment(home: Path, url: str) -> Dsn:
    login, host, port, dbname, options = split_url(url)
    owner_url = os.environ.get("DATABASE_OWNER_URL", "")
    if owner_url:
        owner, *place = split_url(owner_url)
        if place[:3] != [host, port, dbname]:
            raise PostgresError("DATABASE_URL 和 DATABASE_OWNER_URL 指向的不是同一个数据库。")
        return Dsn(host, port, dbname, owner, login, None, options)
    if login.user == APP:
        return Dsn(host, port, dbname, None, login, None, options)
    passwords = role_passwords(home)
    owner, app = Login(OWNER, passwords["owner"]), Login(APP, passwords["app"])
    return Dsn(host, port, dbname, owner, app, login, options)


def role_passwords(home: Path) -> dict[str, str]:
    """The roles' passwords, drawn once and kept where only this system user reads them."""
    path = home / "keys" / "database.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"owner": secrets.token_urlsafe(24), "app": secrets.token_urlsafe(24)}, file)
        try:
            os.link(draft, path)  # the first of two processes wins, and both read its words
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    passwords: dict[str, str] = json.loads(path.read_text())
    return passwords
