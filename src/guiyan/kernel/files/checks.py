"""Files against their rows. Content without a row is no fault: it is swept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from guiyan.kernel.checks import Finding
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.files.store import place


def findings() -> Iterable[Finding]:
    """A row without its content, or with content that is not what was stored. Run in the system scope."""
    for row in StoredFile.objects.order_by("id").iterator():
        path = place(row.sha256)
        if not path.is_file():
            yield Finding("file_missing", f"file:{row.pk}", "文件内容不在了。")
        elif path.stat().st_size != row.size or digest(row.sha256) != row.sha256:
            yield Finding("file_changed", f"file:{row.pk}", "文件内容与登记的摘要不一致。")


def digest(name: str) -> str:
    with open(place(name), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
