"""Where the database is and who may sign in to it. Nothing here connects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from guiyan.kernel.postgres.errors import PostgresError

Role = Literal["owner", "app", "super"]

OWNER = "guiyan_owner"
APP = "guiyan_app"
DATABASE = "guiyan"


@dataclass(frozen=True)
class Login:
    """One role's name and password; no password where the socket itself is the proof."""

    user: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Dsn:
    """One database and its three logins.

    host: a folder (Unix socket) or a host name.
    owner migrates; app serves and works; super is whoever may create the other two (None: not known).
    """

    host: str
    port: int
    dbname: str
    owner: Login | None
    app: Login
    super: Login | None = None
    options: tuple[tuple[str, str], ...] = ()
    embedded: bool = False

    def login(self, role: Role) -> Login:
        login = {"owner": self.owner, "app": self.app, "super": self.super}[role]
        if login is None:
            raise PostgresError(f"没有数据库角色“{role}”的登录信息。请同时设置 DATABASE_URL 和 DATABASE_OWNER_URL。")
        return login

    def url(self, role: Role, dbname: str = "") -> str:
        """The libpq address for `role`; a socket folder goes into `host=`, where any path is legal."""
        login = self.login(role)
        password = f":{quote(login.password, safe='')}" if login.password else ""
        query = urlencode([("host", self.host), ("port", str(self.port)), *self.options], quote_via=quote)
        return f"postgresql://{quote(login.user, safe='')}{password}@/{quote(dbname or self.dbname, safe='')}?{query}"

    def django(self, role: Role) -> dict[str, Any]:
        """An entry of Django's DATABASES."""
        login = self.login(role)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.dbname,
            "USER": login.user,
            "PASSWORD": login.password,
            "HOST": self.host,
            "PORT": str(self.port),
            # Of pages and of pieces of a file none is worth compiling; an estimate that is too high costs 100 ms then.
            "OPTIONS": {"options": "-c jit=off", **dict(self.options)},
        }


def split_url(url: str) -> tuple[Login, str, int, str, tuple[tuple[str, str], ...]]:
    """Take a postgresql:// address apart: login, host, port, database name, further options."""
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        host = options.pop("host", "") or unquote(parts.hostname or "") or "localhost"
        port = int(options.pop("port", "") or parts.port or 5432)
    except ValueError as error:
        raise PostgresError(f"DATABASE_URL 无法识别（{error}）。格式：postgresql://用户:密码@主机:端口/库名") from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise PostgresError("DATABASE_URL 应以 postgresql:// 开头；系统只支持 PostgreSQL。")
    user = options.pop("user", "") or unquote(parts.username or "") or "postgres"
    password = options.pop("password", "") or unquote(parts.password or "")
    dbname = options.pop("dbname", "") or unquote(parts.path.lstrip("/")) or DATABASE
    return Login(user, password), host, port, dbname, tuple(sorted(options.items()))
