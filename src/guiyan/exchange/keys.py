"""This system's own two key pairs: Ed25519 to sign what it sends, X25519 to open what is sealed for it.

They lie beside the field keys, for this system user alone, and never leave. Lost, a new card must go to all partners.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from guiyan.kernel.crypto.keys import written

FILE = "exchange-keys.json"


@dataclass(frozen=True)
class OwnKeys:
    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey

    @property
    def signing_public(self) -> bytes:
        return self.signing.public_key().public_bytes_raw()

    @property
    def sealing_public(self) -> bytes:
        return self.sealing.public_key().public_bytes_raw()


def drawn() -> OwnKeys:
    return OwnKeys(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())


def own_keys() -> OwnKeys:
    """Drawn the first time they are asked for; of two processes at once the first wins."""
    path = Path(settings.GUIYAN_HOME) / "keys" / FILE
    if not path.exists():
        make(path)
    return read(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def read(path: str, changed: int) -> OwnKeys:
    stored = json.loads(Path(path).read_text(encoding="ascii"))
    return OwnKeys(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(stored["signing"])),
        X25519PrivateKey.from_private_bytes(bytes.fromhex(stored["sealing"])),
    )


def make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = drawn()
    draft = written(
        path, {"signing": keys.signing.private_bytes_raw().hex(), "sealing": keys.sealing.private_bytes_raw().hex()}
    )
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
