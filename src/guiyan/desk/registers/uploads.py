"""An uploaded file on the disk for as long as it is read: imports read by path, in pieces."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(file: UploadedFile[bytes]) -> Iterator[Path]:
    """Under a name of our own: the sender's name is for messages only."""
    with tempfile.TemporaryDirectory(prefix="guiyan-upload-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        yield path
