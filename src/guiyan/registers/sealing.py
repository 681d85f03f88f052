"""ID numbers and phones at rest: sealed text to show on demand, and a keyed digest to look up and compare by."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guiyan.kernel import crypto
from guiyan.packs.register import Field, FieldType
from guiyan.registers.id_numbers import mask_id_number, normalise
from guiyan.registers.phones import mask_phone


@dataclass(frozen=True, slots=True)
class Sealed:
    """plain: the text where it was sealed just now; None where it was read from the database."""

    text: bytes
    digest: bytes
    plain: str | None = field(default=None, compare=False, repr=False)


class Sealer:
    """Seals what one batch of reports says. A number that many of them repeat is sealed once."""

    def __init__(self) -> None:
        self._sealed: dict[tuple[str, str], Sealed] = {}
        self._tools: dict[str, tuple[Callable[[str], bytes], Callable[[str], bytes]]] = {}

    def seal(self, kind: str, text: str) -> Sealed:
        known = self._sealed.get((kind, text))
        if known is None:
            encrypt, index = self._of(kind)
            known = self._sealed[kind, text] = Sealed(encrypt(text), index(normalise(text)), text)
        return known

    def pairs(self, kind: str, texts: Sequence[Any]) -> list[tuple[bytes, bytes] | None]:
        """Sealed text and digest of a column of texts, None of None."""
        encrypt, index = self._of(kind)
        return [None if text is None else (encrypt(text), index(normalise(text))) for text in texts]

    def digest_of(self, kind: str, text: str) -> bytes:
        known = self._sealed.get((kind, text))
        return known.digest if known else self._of(kind)[1](normalise(text))

    def _of(self, kind: str) -> tuple[Callable[[str], bytes], Callable[[str], bytes]]:
        if kind not in self._tools:
            self._tools[kind] = crypto.encryptor(purpose(kind)), crypto.blind_indexer(purpose(kind))
        return self._tools[kind]


def digest_of(kind: str, text: str) -> bytes:
    """What one number always gives, whoever wrote it: for `id_number`, `phone` and `credit_code`."""
    return crypto.blind_index(purpose(kind), normalise(text))


def opened(kind: FieldType, sealed: bytes) -> str:
    return crypto.decrypt(purpose(kind), sealed)


def masked(one: Field, sealed: bytes | memoryview | None) -> str | None:
    """What a page may show of a sealed value without anybody asking for it."""
    if sealed is None:
        return None
    if one.mask == "hidden":
        return "****"
    text = opened(one.type, bytes(sealed))
    return mask_phone(text) if one.type == "phone" else mask_id_number(text)


def purpose(kind: str) -> str:
    return f"registers.{kind}"


def to_json(value: Sealed) -> dict[str, str]:
    return {"sealed": b64encode(value.text).decode(), "digest": value.digest.hex()}


def as_json(pair: tuple[bytes, bytes]) -> str:
    """`to_json` of a sealed text and its digest, written."""
    return f'{{"sealed": "{b64encode(pair[0]).decode()}", "digest": "{pair[1].hex()}"}}'


def from_json(stored: object) -> Sealed | None:
    """Of what an assertion keeps; a value sealed just now stays what it is."""
    if isinstance(stored, Sealed):
        return stored
    if not isinstance(stored, Mapping) or "sealed" not in stored:
        return None
    return Sealed(b64decode(stored["sealed"]), bytes.fromhex(stored["digest"]))
