"""Real servers in temporary folders, always stopped and deleted again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guiyan.kernel import postgres


@pytest.fixture
def base() -> Iterator[Path]:
    """A short folder that an unprivileged server user can reach (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="gy-pg-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def new_server(base: Path) -> Iterator[Callable[..., Path]]:
    """Start a server under `base` and return its data folder."""
    started: list[Path] = []

    def start(name: str = "data") -> Path:
        started.append(base / name)
        postgres.ensure(base / name)
        return base / name

    yield start
    for data in started:
        postgres.destroy(data)


@pytest.fixture
def no_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("DATABASE_", "PG"))]:
        monkeypatch.delenv(name)
