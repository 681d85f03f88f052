"""Another system, a county's, with keys of its own: what it sends and what it can open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from guiyan.exchange.cards import Card, card_of
from guiyan.exchange.container import (
    FORMAT,
    Manifest,
    new_id,
    open_payload,
    prove,
    read_manifest,
    seal_payload,
    write_container,
)
from guiyan.exchange.keys import OwnKeys, drawn

REGION = 421224000000


@dataclass
class County:
    """sent: chain of the package sent last, by register."""

    folder: Path
    name: str = "通山县返乡创业平台"
    keys: OwnKeys = field(default_factory=drawn)
    sent: dict[str, str] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        raw = (self.keys.signing.private_bytes_raw(), self.keys.sealing.private_bytes_raw())
        return {**self.__dict__, "keys": raw}

    def __setstate__(self, state: dict[str, Any]) -> None:
        signing, sealing = state["keys"]
        keys = OwnKeys(Ed25519PrivateKey.from_private_bytes(signing), X25519PrivateKey.from_private_bytes(sealing))
        self.__dict__.update(state, keys=keys)

    @property
    def card(self) -> Card:
        return card_of(self.name, self.keys)

    def sends(
        self, to: Card, register: str, number: int, head: Sequence[str], rows: Iterable[Sequence[str]], **changes: Any
    ) -> Path:
        """A package of these rows; `changes` are to its manifest."""
        id, payload, path = new_id(), self.folder / "payload", self.folder / f"{register}-{number}.gyx"
        rows = list(rows)
        digest = seal_payload(payload, (line(cells).encode() for cells in (head, *rows)), id=id, reader=to)
        told = {
            "format": FORMAT,
            "id": id,
            "sender": self.card.fingerprint,
            "sender_name": self.name,
            "reader": to.fingerprint,
            "region": REGION,
            "register": register,
            "label": "",
            "fields": list(head),
            "number": number,
            "previous": self.sent.get(register, ""),
            "as_of": "2026-06-01",
            "since": "",
            "entries": len(rows),
            "payload": digest,
        }
        manifest = Manifest(**{**told, **changes})
        write_container(path, manifest, payload, self.keys)
        self.sent[register] = manifest.chain
        return path

    def opens(self, path: Path, sender: Card) -> tuple[Manifest, list[list[str]]]:
        manifest = read_manifest(path)
        prove(path, manifest, sender)
        text = b"".join(open_payload(path, manifest, self.keys)).decode()
        return manifest, list(csv.reader(io.StringIO(text)))


def line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
