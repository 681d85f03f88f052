"""Where the data lies when the server's user cannot go where the caller can. As root this matters; for others not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from guiyan.kernel import postgres
from guiyan.kernel.postgres import binaries, place

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def system_folder(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(place, "SYSTEM_FOLDER", base / "system")
    return base / "system"


@pytest.fixture
def closed(base: Path) -> Path:
    """A folder like a home: its owner's alone."""
    (base / "home").mkdir(mode=0o700)
    return base / "home"


def test_data_goes_where_the_servers_user_can_reach_it_and_the_closed_folder_stays_closed(
    new_server: Callable[..., Path], system_folder: Path, closed: Path
) -> None:
    data = new_server("home/data")
    assert closed.stat().st_mode & 0o777 == 0o700
    assert postgres.status(data).data.parent == (system_folder if IS_ROOT else closed)
    postgres.stop(data)
    with psycopg.connect(postgres.ensure(data).url("app")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_programs_in_a_closed_folder_are_copied_for_the_servers_user(
    base: Path, system_folder: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.package_folder()
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, closed / name)
    monkeypatch.setattr(binaries, "package_folder", lambda: closed / package.name)
    place.reachable_programs.cache_clear()
    try:
        dsn = postgres.ensure(base / "data")
        with psycopg.connect(dsn.url("app")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert system_folder.exists() == IS_ROOT
    finally:
        postgres.destroy(base / "data")
        place.reachable_programs.cache_clear()


def test_data_of_another_user_is_refused_not_taken_over(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (base / "data").mkdir()
    (base / "data" / "PG_VERSION").write_text("18\n")
    if IS_ROOT:
        with pytest.raises(postgres.PostgresError, match="属于 root"):
            postgres.ensure(base / "data")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(postgres.PostgresError, match="属于另一个系统用户"):
        postgres.ensure(base / "data")
