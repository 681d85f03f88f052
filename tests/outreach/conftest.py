"""A morning in June, and a real peer for text messages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guiyan.cli.sms_peer import Peer


@pytest.fixture
def morning(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


@pytest.fixture
def peer(tmp_path: Path, settings: object) -> Iterator[Peer]:
    server = Peer(0, tmp_path / "peer" / "messages.jsonl")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GUIYAN_SMS_URL = server.url  # type: ignore[attr-defined]
    yield server
    server.shutdown()
    server.server_close()
