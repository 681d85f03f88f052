"""Chinese text is found under any locale of the caller, and any folder name will do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from guiyan.kernel import postgres

SEARCH = """
import sys
from pathlib import Path
import psycopg
from guiyan.kernel import postgres
with psycopg.connect(postgres.ensure(Path(sys.argv[1])).url("owner")) as connection:
    connection.execute("CREATE EXTENSION pg_trgm")
    connection.execute("CREATE TABLE town (name text)")
    connection.execute("INSERT INTO town SELECT '城镇' || n FROM generate_series(1, 2000) n")
    connection.execute("INSERT INTO town VALUES ('咸宁市通山县大畈镇')")
    connection.execute("CREATE INDEX town_trigram ON town USING gin (name gin_trgm_ops)")
    connection.execute("SET enable_seqscan = off")
    plan = str(connection.execute("EXPLAIN SELECT name FROM town WHERE name LIKE '%通山县%'").fetchall())
    found = connection.execute("SELECT count(*) FROM town WHERE name LIKE '%通山县%'").fetchone()[0]
    print("town_trigram" in plan, found)
"""


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_trigram_search_finds_chinese_when_the_caller_has_a_c_locale(base: Path, locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", SEARCH, str(base / "data")]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.stdout.strip() == "True 1", done.stderr
    finally:
        postgres.destroy(base / "data")


@pytest.mark.parametrize("name", ["我的 项目/归雁 数据", 'it\'s "quoted", $HOME', "d" * 60 + "/" + "e" * 60])
def test_any_folder_name_works(new_server: Callable[..., Path], base: Path, name: str) -> None:
    (base / name).parent.mkdir(exist_ok=True)
    dsn = postgres.locate(new_server(name))
    assert len(os.fsencode(f"{dsn.host}/.s.PGSQL.{dsn.port}")) <= 107
    with psycopg.connect(dsn.url("app")) as connection:
        row = connection.execute("SELECT current_user, current_database()").fetchone()
        order = "SELECT datlocprovider, datlocale, '安' < '王' FROM pg_database WHERE datname = current_database()"
        # Names are compared by the server itself, by code point; the system's library would be asked for each two.
        assert connection.execute(order).fetchone() == ("b", "C.UTF-8", True)
    assert row == ("guiyan_app", "guiyan")


def test_a_process_with_another_tmpdir_finds_the_running_server(
    new_server: Callable[..., Path], base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = new_server("有 空格")
    address = postgres.locate(data).host
    monkeypatch.setattr("tempfile.tempdir", str(base))
    assert postgres.locate(data).host == address
