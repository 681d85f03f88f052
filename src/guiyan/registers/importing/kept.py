"""Where a handed-in file lies while it is worked on: GUIYAN_HOME/imports/<id>, for this system user alone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from guiyan.kernel.errors import Refused

LARGEST_MB = 300
TOO_LARGE = f"文件超过{LARGEST_MB}MB，没有接收。请分成几个文件，或请系统管理员用命令导入。"


def folder_of(file_id: int) -> Path:
    return Path(settings.GUIYAN_HOME) / "imports" / str(file_id)


def upload_of(file_id: int) -> Path:
    return folder_of(file_id) / "upload"


def returned_of(file_id: int) -> Path:
    """The rows that were not taken, as a file to mend."""
    return folder_of(file_id) / "returned.xlsx"


def keep(file_id: int, blocks: Iterable[bytes]) -> Path:
    """Raises Refused, and keeps nothing, as soon as there is more than may be handed in."""
    path = upload_of(file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    left = LARGEST_MB * 1024 * 1024
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        for block in blocks:
            left -= len(block)
            if left < 0:
                break
            target.write(block)
    if left < 0:
        forget(file_id)
        raise Refused(TOO_LARGE, "too-large")
    return path


def forget(file_id: int, *, but_returned: bool = False) -> None:
    if but_returned:
        upload_of(file_id).unlink(missing_ok=True)
        (folder_of(file_id) / "progress.json").unlink(missing_ok=True)
    else:
        shutil.rmtree(folder_of(file_id), ignore_errors=True)


def write_progress(file_id: int, rows: int) -> None:
    """Beside the database, whose transaction shows nothing until it ends."""
    path = folder_of(file_id) / "progress.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"rows": rows}))
    os.replace(draft, path)


def read_progress(file_id: int) -> int:
    try:
        return int(json.loads((folder_of(file_id) / "progress.json").read_text())["rows"])
    except (OSError, ValueError, KeyError):
        return 0


def kept_files() -> list[int]:
    folder = Path(settings.GUIYAN_HOME) / "imports"
    return sorted(int(one.name) for one in folder.iterdir() if one.name.isdigit()) if folder.exists() else []
