"""Two roles, neither of which can pass by row-level security."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from guiyan.kernel import postgres

NewServer = Callable[..., Path]


def test_neither_role_is_a_superuser_or_bypasses_row_security(new_server: NewServer) -> None:
    with psycopg.connect(postgres.locate(new_server()).url("super")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolreplication, rolcreatedb, rolcreaterole FROM pg_roles "
            "WHERE rolname LIKE 'guiyan%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("guiyan_app", False, False, False, False, False),
        ("guiyan_owner", False, False, False, True, True),
    ]


def test_the_database_is_the_owners_and_the_application_cannot_change_its_shape(new_server: NewServer) -> None:
    dsn = postgres.locate(new_server())
    with psycopg.connect(dsn.url("owner")) as connection:
        connection.execute("CREATE TABLE t (id int)")
        connection.execute("CREATE EXTENSION btree_gist")
    with psycopg.connect(dsn.url("app")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE u (id int)")


def test_a_role_that_was_given_bypassrls_is_refused(new_server: NewServer) -> None:
    data = new_server()
    with psycopg.connect(postgres.locate(data).url("super")) as connection:
        connection.execute("ALTER ROLE guiyan_app BYPASSRLS")
    with pytest.raises(postgres.PostgresError, match="绕过行级权限"):
        postgres.ensure(data)


@pytest.fixture
def administered(new_server: NewServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server without our roles and the address of an administrator who is no superuser, asked for a password."""
    data = new_server("hosted")
    dsn = postgres.locate(data)
    with psycopg.connect(dsn.url("super", "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE guiyan")
        connection.execute("DROP ROLE guiyan_app")
        connection.execute("DROP ROLE guiyan_owner")
        connection.execute("CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'secret'")
        (data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        connection.execute("SELECT pg_reload_conf()")
    url = f"postgresql://admin:secret@/guiyan?host={dsn.host}&port={dsn.port}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    return url


def test_an_administrators_address_is_enough_to_make_roles_with_passwords(administered: str, base: Path) -> None:
    dsn = postgres.open_database(base / "home")
    with psycopg.connect(dsn.url("app")) as connection:
        row = connection.execute("SELECT current_user, current_database()").fetchone()
    assert row == ("guiyan_app", "guiyan")
    assert (base / "home" / "keys" / "database.json").stat().st_mode & 0o077 == 0
    assert dsn.app.password not in repr(dsn)
    assert postgres.open_database(base / "home") == dsn


def test_another_installation_on_the_same_server_is_refused_instead_of_taking_the_roles_over(
    administered: str, base: Path
) -> None:
    first = postgres.open_database(base / "home")
    with pytest.raises(postgres.PostgresError, match="登录不上"):
        postgres.open_database(base / "other")
    with psycopg.connect(first.url("owner")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_given_addresses_are_used_as_they_are(administered: str, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = postgres.open_database(base / "home")
    monkeypatch.setenv("DATABASE_URL", made.url("app"))
    monkeypatch.setenv("DATABASE_OWNER_URL", made.url("owner"))
    dsn = postgres.open_database(base / "elsewhere")
    assert (dsn.app, dsn.owner, dsn.super) == (made.app, made.owner, None)
    assert not (base / "elsewhere").exists()


def test_an_application_login_alone_cannot_migrate(
    administered: str, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = postgres.open_database(base / "home")
    monkeypatch.setenv("DATABASE_URL", made.url("app"))
    dsn = postgres.open_database(base / "elsewhere")
    with pytest.raises(postgres.PostgresError, match="DATABASE_OWNER_URL"):
        dsn.url("owner")


def test_a_superuser_given_as_the_application_is_refused(
    administered: str, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = postgres.open_database(base / "home")
    monkeypatch.setenv("DATABASE_URL", administered.replace("admin:secret", "postgres"))
    monkeypatch.setenv("DATABASE_OWNER_URL", made.url("owner"))
    with pytest.raises(postgres.PostgresError, match="超级用户"):
        postgres.open_database(base / "home")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [("mysql://a@b/c", "postgresql://"), ("postgresql://a@b:port/c", "无法识别")],
)
def test_a_wrong_address_is_explained(url: str, complaint: str, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(postgres.PostgresError, match=complaint):
        postgres.resolve(base)


def test_a_password_with_special_signs_survives_the_address(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    login = postgres.Login("guiyan_app", "a/b@c:d?e 中")
    dsn = postgres.Dsn("db.example", 6543, "guiyan", None, login, None, (("sslmode", "require"),))
    monkeypatch.setenv("DATABASE_URL", dsn.url("app"))
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert postgres.resolve(base) == dsn
