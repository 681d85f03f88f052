"""What a seal is, how it is chained, and the copy of all seals outside the database."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from guiyan.kernel.audit.merkle import canonical

NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True)
class Seal:
    """All entries of transactions `from_txid <= txid < upto_txid`, chained to the seal before by its digest."""

    number: int
    from_txid: int
    upto_txid: int
    entries: int
    root: str
    previous: str
    sealed_at: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(canonical(asdict(self))).hexdigest()

    def line(self) -> str:
        return json.dumps({**asdict(self), "digest": self.digest}, sort_keys=True)


class UnreadableLine(ValueError):
    """A line of the seal file is not a seal that was ever written."""


def file_path() -> Path:
    return Path(settings.GUIYAN_HOME) / "audit" / "seals.log"


def read_file() -> list[Seal]:
    """The seals in the file, oldest first. A last line cut off by a crash was never finished and does not count."""
    path = file_path()
    if not path.exists():
        return []
    whole, _, _torn = path.read_text(encoding="utf-8").rpartition("\n")
    return [seal_of(line, number) for number, line in enumerate(whole.splitlines(), start=1)]


def seal_of(line: str, number: int) -> Seal:
    try:
        fields: dict[str, Any] = json.loads(line)
        digest = fields.pop("digest")
        seal = Seal(**fields)
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableLine(f"封存文件第 {number} 行无法读取。") from error
    if digest != seal.digest:
        raise UnreadableLine(f"封存文件第 {number} 行的内容与其摘要不符。")
    return seal


def append_to_file(seals: list[Seal]) -> None:
    """Write seals after the file's last whole line and wait until they are on the disk."""
    path = file_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        whole, newline, _torn = file.read().rpartition(b"\n")
        file.seek(len(whole) + len(newline))
        file.truncate()
        file.write("".join(seal.line() + "\n" for seal in seals).encode())
        file.flush()
        os.fsync(file.fileno())
