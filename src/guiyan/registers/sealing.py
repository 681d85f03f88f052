"""ID numbers and phones at rest: sealed text to show on demand, and a keyed digest to look up and compare by."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from guiyan.kernel import crypto
from guiyan.packs.register import Field, FieldType
from guiyan.registers.id_numbers import mask_id_number, normalise
from guiyan.registers.phones import mask_phone


@dataclass(frozen=True)
class Sealed:
    text: bytes
    digest: bytes


@dataclass
class Batch:
    """What one batch of reports has sealed already, and from which text."""

    sealed: dict[tuple[str, str], Sealed] = field(default_factory=dict)
    digests: dict[tuple[str, str], bytes] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)


_batch: ContextVar[Batch | None] = ContextVar("guiyan_sealed_in_batch", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Seal a number that many reports of one batch repeat only once; nothing of it outlives the block."""
    token = _batch.set(Batch())
    try:
        yield
    finally:
        _batch.reset(token)


def seal(kind: FieldType, text: str) -> Sealed:
    batch = _batch.get()
    if batch is not None and (kind, text) in batch.sealed:
        return batch.sealed[kind, text]
    sealed = Sealed(crypto.encrypt(purpose(kind), text), digest_of(kind, text))
    if batch is not None:
        batch.sealed[kind, text] = sealed
        batch.texts[sealed.text] = text
    return sealed


def digest_of(kind: str, text: str) -> bytes:
    """What one number always gives, whoever wrote it: for `id_number`, `phone` and `credit_code`."""
    batch = _batch.get()
    if batch is None:
        return crypto.blind_index(purpose(kind), normalise(text))
    if (kind, text) not in batch.digests:
        batch.digests[kind, text] = crypto.blind_index(purpose(kind), normalise(text))
    return batch.digests[kind, text]


def opened(kind: FieldType, sealed: bytes) -> str:
    batch = _batch.get()
    known = batch.texts.get(sealed) if batch is not None else None
    return known if known is not None else crypto.decrypt(purpose(kind), sealed)


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


def from_json(stored: object) -> Sealed | None:
    if not isinstance(stored, Mapping):
        return None
    return Sealed(b64decode(stored["sealed"]), bytes.fromhex(stored["digest"]))
