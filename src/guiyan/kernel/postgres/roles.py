"""The two roles and the database of an installation.

`guiyan_owner` migrates; `guiyan_app` serves and works. Neither is a superuser nor passes by row-level security.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from guiyan.kernel.postgres.dsn import Dsn, Login
from guiyan.kernel.postgres.errors import PostgresError

OWNER_RIGHTS: LiteralString = "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION CREATEDB CREATEROLE"
APP_RIGHTS: LiteralString = "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEDB NOCREATEROLE"

# Two installations may start on one server in the same moment.
PROVISION_LOCK = 0x6775_6979


def provision(dsn: Dsn) -> None:
    """Make the roles and the database that are missing; refuse roles that could pass by row-level security."""
    owner = dsn.login("owner")
    try:
        with psycopg.connect(dsn.url("super", "postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (PROVISION_LOCK,))
            ensure_role(connection, owner, OWNER_RIGHTS)
            ensure_role(connection, dsn.app, APP_RIGHTS)
            ensure_database(connection, dsn.dbname, owner=owner.user, app=dsn.app.user)
    except psycopg.Error as error:
        raise PostgresError(f"数据库角色没有建成：{str(error).strip()}") from error


def ensure_role(connection: psycopg.Connection, login: Login, rights: LiteralString) -> None:
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s"
    row = connection.execute(query, (login.user,)).fetchone()
    if row is not None and row[0]:
        raise PostgresError(f"数据库角色 {login.user} 是超级用户或能绕过行级权限，不能使用。")
    if row is not None:
        return
    statement = sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(login.user))
    if login.password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(login.password))
    connection.execute(statement)


def ensure_database(connection: psycopg.Connection, name: str, *, owner: str, app: str) -> None:
    row = connection.execute(
        "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", (name,)
    ).fetchone()
    if row is None:
        # The administrator of a hosted server is no superuser and must belong to the role it gives a database to.
        allow_giving_to(connection, owner)
        create = sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0" + order_of(connection))
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(owner)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        grant = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}")
        connection.execute(grant.format(sql.Identifier(name), sql.Identifier(app)))
        return
    if row[1] != "UTF8":
        raise PostgresError(f"数据库 {name} 的编码是 {row[1]}，应为 UTF8。")


def order_of(connection: psycopg.Connection) -> str:
    """Texts in the order of their code points, compared by the server itself: asking the system's library costs an
    index of names a third of its insertions. Before version 17 there is only the library."""
    builtin = connection.info.server_version >= 170_000
    return " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if builtin else ""


def allow_giving_to(connection: psycopg.Connection, owner: str) -> None:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is not None and not row[0]:
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))


def check_logins(dsn: Dsn) -> None:
    """Sign in as each role that serves or migrates, so that a wrong password shows now and in plain words."""
    for login, url in ((dsn.owner, dsn.url("owner") if dsn.owner else ""), (dsn.app, dsn.url("app"))):
        if login is None:
            continue
        try:
            with psycopg.connect(url, connect_timeout=10) as connection:
                query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
                row = connection.execute(query).fetchone()
        except psycopg.OperationalError as error:
            raise PostgresError(
                f"数据库角色 {login.user} 登录不上：{str(error).strip()}\n"
                "如果该角色是别的安装建立的，请同时设置 DATABASE_URL 和 DATABASE_OWNER_URL，或恢复 keys/database.json。"
            ) from error
        if row is None or row[0]:
            raise PostgresError(f"数据库角色 {login.user} 是超级用户或能绕过行级权限，不能使用。")
