"""Sweeping the store once an hour."""

from __future__ import annotations

from guiyan.kernel.files.store import sweep
from guiyan.kernel.jobs import every


@every(3600, name="kernel.sweep_files", label="清理无主文件", in_transaction=False)
def sweep_files() -> None:
    sweep()
