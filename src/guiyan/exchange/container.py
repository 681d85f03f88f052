"""The file that travels: manifest.json (readable, without personal data), manifest.sig (Ed25519), payload.bin (sealed).

The payload is a gzipped CSV in UTF-8: a line of field ids, then an entry a line, texts as a register's file has them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from guiyan.exchange.cards import Card
from guiyan.exchange.keys import OwnKeys
from guiyan.exchange.sealed import BROKEN, PIECE, opened, seal
from guiyan.kernel.errors import Refused

FORMAT = "guiyan-exchange-1"
MANIFEST, SIGNATURE, PAYLOAD = "manifest.json", "manifest.sig", "payload.bin"
LARGEST_MANIFEST = 64 * 1024
NOT_ONE = "这不是往来包，或者没有下载完整。往来包的文件名以.gyx结尾，请让对方重新发。"


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself. sender, reader: fingerprints. previous: the chain of the package before, or "".

    since: ISO day, or "" for all entries. entries: how many. payload: SHA-256 of payload.bin in hex.
    """

    format: str
    id: str
    sender: str
    sender_name: str
    reader: str
    region: int
    register: str
    label: str
    fields: list[str]
    number: int
    previous: str
    as_of: str
    since: str
    entries: int
    payload: str

    @property
    def text(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @property
    def chain(self) -> str:
        return hashlib.sha256(self.text).hexdigest()

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)


def new_id() -> str:
    return secrets.token_hex(16)


def seal_payload(path: Path, lines: Iterable[bytes], *, id: str, reader: Card) -> str:
    """Write the payload and give its SHA-256."""
    with path.open("wb") as target:
        seal(target, packed(lines), reader=reader.sealing, bound_to=bytes.fromhex(id))
    return digest_of(path)


def packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    buffer = Pieces()
    with gzip.GzipFile(fileobj=cast(IO[bytes], buffer), mode="wb", mtime=0) as archive:
        for line in lines:
            archive.write(line)
            if buffer.size >= PIECE:
                yield buffer.taken()
    yield buffer.taken()


class Pieces:
    """Where gzip writes, emptied as it fills."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        whole = b"".join(self._held)
        self._held, self.size = [], 0
        return whole


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_container(path: Path, manifest: Manifest, payload: Path, keys: OwnKeys) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, manifest.text)
        archive.writestr(SIGNATURE, keys.signing.sign(manifest.text))
        archive.write(payload, PAYLOAD)


def read_manifest(path: Path) -> Manifest:
    """What the file says, not yet believed (see `prove`). Raises Refused for what is no package."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise Refused(NOT_ONE, "no-package")
            told: Any = json.loads(archive.read(MANIFEST))
            manifest = Manifest(**told)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise Refused(NOT_ONE, "no-package") from error
    if manifest.format != FORMAT or not typed_rightly(manifest):
        raise Refused("这个往来包是另一种版本的，本系统读不了。请双方升级到同一版本。", "format")
    return manifest


def typed_rightly(manifest: Manifest) -> bool:
    texts = (manifest.id, manifest.sender, manifest.reader, manifest.register, manifest.previous, manifest.payload)
    numbers = (manifest.number, manifest.region, manifest.entries)
    return (
        all(isinstance(one, str) for one in (*texts, *manifest.fields))
        and all(type(one) is int and one >= 0 for one in numbers)
        and manifest.number > 0
        and is_day(manifest.as_of)
    )


def is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def prove(path: Path, manifest: Manifest, sender: Card) -> None:
    """Raise Refused unless the sender signed just this manifest and just this payload."""
    changed = Refused("包上的签名和对方登记的公钥对不上，可能被改过，没有收。请和对方电话核对。", "signature")
    try:
        with zipfile.ZipFile(path) as archive:
            signature, text = archive.read(SIGNATURE), archive.read(MANIFEST)
            Ed25519PublicKey.from_public_bytes(sender.signing).verify(signature, text)
            with archive.open(PAYLOAD) as payload:
                found = hashlib.file_digest(cast(BufferedReader, payload), "sha256").hexdigest()
    except (InvalidSignature, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise changed from error
    if found != manifest.payload or text != manifest.text:
        raise changed


def open_payload(path: Path, manifest: Manifest, keys: OwnKeys) -> Iterator[bytes]:
    """The CSV piece by piece. Raises Refused when it was not sealed for this system."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(PAYLOAD) as payload:
            pieces = opened(cast(Any, payload), reader=keys.sealing, bound_to=bytes.fromhex(manifest.id))
            with gzip.GzipFile(fileobj=cast(IO[bytes], Reading(pieces))) as text:
                while block := text.read(PIECE):
                    yield block
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, KeyError) as error:
        raise Refused(BROKEN, "broken") from error


class Reading:
    """Pieces as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._held += piece
        size = len(self._held) if size < 0 else size
        given, self._held = self._held[:size], self._held[size:]
        return given
