"""Where files for the treasury's system lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def outbox_folder() -> Path:
    """The folder from which the treasury's system fetches requests; nobody else may read it."""
    folder = Path(settings.GUIYAN_HOME) / "exchange" / "out"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
