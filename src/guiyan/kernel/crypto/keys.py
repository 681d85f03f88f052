"""The key ring: one file of numbered keys, readable by this system user only.

Encryption uses the newest key; older ones only open. The keys of blind indexes and tokens never change, because what
they made is stored and looked up: changing them is a migration of data, not a rotation.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
FILE = "field-keys.json"


@dataclass(frozen=True)
class KeyRing:
    """encryption: key id → key; index, token: the fixed keys."""

    encryption: dict[int, bytes]
    index: bytes
    token: bytes

    @property
    def newest(self) -> int:
        return max(self.encryption)


def ring() -> KeyRing:
    # Asked for every value: one look at the file, and no Path is built.
    path = f"{settings.GUIYAN_HOME}/keys/{FILE}"
    try:
        changed = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        make(Path(path))
        changed = os.stat(path).st_mtime_ns
    return read(path, changed)


@lru_cache(maxsize=4)
def read(path: str, changed: int) -> KeyRing:
    """`changed`: when the file was last written, so that a rotation is seen by running processes."""
    stored = json.loads(Path(path).read_text(encoding="ascii"))
    keys = {int(number): bytes.fromhex(key) for number, key in stored["encryption"].items()}
    return KeyRing(keys, bytes.fromhex(stored["index"]), bytes.fromhex(stored["token"]))


def make(path: Path) -> None:
    """Draw the first keys; of two processes at once the first wins and both use its keys."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = written(path, {"encryption": {"1": fresh()}, "index": fresh(), "token": fresh()})
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def rotate() -> int:
    """Add a new encryption key, from now on the one that encrypts, and give its id."""
    path = settings.GUIYAN_HOME / "keys" / FILE
    ring()
    stored = json.loads(path.read_text(encoding="ascii"))
    number = max(int(number) for number in stored["encryption"]) + 1
    stored["encryption"][str(number)] = fresh()
    os.replace(written(path, stored), path)
    return number


def written(path: Path, stored: dict[str, object]) -> Path:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        json.dump(stored, file)
        file.flush()
        os.fsync(file.fileno())
    return draft


def fresh() -> str:
    return secrets.token_hex(KEY_BYTES)
