"""Keeping and reading files. Content is written and synced before its row; a row never points to nothing."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.files.kinds import KINDS, extension, fits, kind_of, labels
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.scope import Scope, entered

MEBIBYTE = 1024 * 1024
# A file without a row may belong to a transaction that still runs.
ORPHAN_AFTER_SECONDS = 24 * 60 * 60


def store(
    actor: Actor,
    *,
    name: str,
    content: bytes | IO[bytes],
    purpose: str,
    region: int | None,
    subject_id: int | None = None,
    unit_id: int | None = None,
    allowed: set[str] | frozenset[str],
    max_bytes: int,
) -> StoredFile:
    """Check and keep a file in the caller's transaction; Refused, in plain words, if it is not what it should be.

    allowed: the kinds this place takes, of KINDS. If the transaction is rolled back the content is swept later.
    """
    strange = allowed - KINDS
    if strange:
        raise ValueError(f"unknown kinds of file: {', '.join(sorted(strange))}")
    data = taken(content, name, max_bytes)
    kind = checked_kind(name, data, allowed)
    digest = hashlib.sha256(data).hexdigest()
    write(digest, data)
    row = StoredFile(
        name=plain_name(name),
        kind=kind,
        purpose=purpose,
        sha256=digest,
        size=len(data),
        stored_at=calendar.now(),
        stored_by=actor.user_id,
        region=region,
        unit_id=unit_id,
        subject_id=subject_id,
    )
    row.save()
    audit.record(actor, "file.store", f"file:{row.pk}", region=region, detail={"sha256": digest, "purpose": purpose})
    return row


def store_written(actor: Actor, *, name: str, path: Path, kind: str, purpose: str, region: int | None) -> StoredFile:
    """Keep a file that the system itself wrote, however large: it is copied in pieces."""
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        write_pieces(digest, source)
    row = StoredFile(
        name=plain_name(name),
        kind=kind,
        purpose=purpose,
        sha256=digest,
        size=path.stat().st_size,
        stored_at=calendar.now(),
        stored_by=actor.user_id,
        region=region,
    )
    row.save()
    audit.record(actor, "file.store", f"file:{row.pk}", region=region, detail={"sha256": digest, "purpose": purpose})
    return row


def plain_name(name: str) -> str:
    """The last part of a file's name, without signs that no one sees: they forge endings and break headers."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-200:] or "未命名"


def taken(content: bytes | IO[bytes], name: str, max_bytes: int) -> bytes:
    data = content if isinstance(content, bytes) else content.read(max_bytes + 1)
    if not data:
        raise Refused(f"“{name}”是空文件（0字节），请重新选择。", code="file_empty")
    if len(data) > max_bytes:
        raise Refused(f"“{name}”超过{size_words(max_bytes)}，请压缩或分开上传。", code="file_too_big")
    return data


def size_words(size: int) -> str:
    return f"{size // MEBIBYTE}MB" if size >= MEBIBYTE else f"{max(1, size // 1024)}KB"


def checked_kind(name: str, data: bytes, allowed: set[str] | frozenset[str]) -> str:
    claimed, found = extension(name), kind_of(data)
    if claimed not in allowed:
        raise Refused(f"这里只收{labels(allowed)}，“{name}”不是。", code="file_kind")
    if not fits(claimed, found):
        really = f"内容其实是{labels({found})}" if found else "内容不是这种文件，或者已经损坏"
        raise Refused(f"“{name}”的{really}，请核对后重新上传。", code="file_mismatch")
    return claimed


def root() -> Path:
    return Path(settings.GUIYAN_HOME) / "files"


def place(digest: str) -> Path:
    return root() / digest[:2] / digest


def path_of(stored: StoredFile) -> Path:
    """Where the content lies; for jobs that need a path. People read through `open_file`."""
    return place(stored.sha256)


def write(digest: str, data: bytes) -> None:
    write_pieces(digest, io.BytesIO(data))


def write_pieces(digest: str, source: IO[bytes]) -> None:
    """Whole or not at all: written beside, synced, renamed, and the folder synced too."""
    target = place(digest)
    if target.exists():
        os.utime(target)  # young again, so that a sweep leaves it to the row about to be written
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{digest}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(source, file, MEBIBYTE)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_file(actor: Actor, stored: StoredFile, *, purpose: str = "") -> BinaryIO:
    """The content, for someone who may see the row; the reading is logged. Raises NotFound if the content is gone."""
    try:
        content = open(path_of(stored), "rb")  # noqa: SIM115  the caller closes it
    except FileNotFoundError as error:
        raise NotFound("这个文件的内容不在了，请联系系统管理员。") from error
    audit.record_read(actor, "file", [f"file:{stored.pk}"], purpose or stored.purpose, region=stored.region)
    return content


def contents() -> Iterator[Path]:
    """Everything that lies in the store, drafts included."""
    return (path for path in root().glob("??/*") if path.is_file())


def sweep(*, older_than_seconds: float = ORPHAN_AFTER_SECONDS) -> int:
    """Remove content that no row names: left by transactions rolled back or killed. How many there were."""
    with entered(Scope.system()):
        known = set(StoredFile.objects.values_list("sha256", flat=True).iterator())
    limit, swept = time.time() - older_than_seconds, 0
    for path in contents():
        if path.name not in known and path.stat().st_mtime <= limit:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
