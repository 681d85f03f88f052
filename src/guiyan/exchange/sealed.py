"""A stream sealed for one reader: an X25519 key of one use, then AES-256-GCM piece by piece, in constant memory.

Each piece's nonce is its place and whether it is the last, so that none can be left out, moved, doubled or cut off.
The manifest's digest is mixed into the key: a payload opens only beside the manifest that it was sealed with.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from guiyan.kernel.errors import Refused

PIECE = 1 << 20
TAG = 16
KEY_BYTES = 32
NONCE = struct.Struct(">I7x?")
BROKEN = "包里的内容打不开：不是给本系统的，或者路上被改过、没有传完。请让对方重新发。"


def seal(target: BinaryIO, blocks: Iterable[bytes], *, reader: bytes, bound_to: bytes) -> None:
    """Write the sealed form of `blocks` to `target`. reader: X25519 public key; bound_to: what it must stand beside."""
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    cipher = AESGCM(key_for(once.exchange(X25519PublicKey.from_public_bytes(reader)), public + reader, bound_to))
    target.write(public)
    held = next(pieces := in_pieces(blocks), b"")
    place = 0
    for following in pieces:
        target.write(cipher.encrypt(NONCE.pack(place, False), held, None))
        held, place = following, place + 1
    target.write(cipher.encrypt(NONCE.pack(place, True), held, None))


def opened(source: BinaryIO, *, reader: X25519PrivateKey, bound_to: bytes) -> Iterator[bytes]:
    """The pieces, each checked before it is given. Raises Refused; what was given before then must not be used."""
    public = source.read(KEY_BYTES)
    if len(public) < KEY_BYTES:
        raise Refused(BROKEN, "broken")
    mine = reader.public_key().public_bytes_raw()
    try:
        shared = reader.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise Refused(BROKEN, "broken") from error
    cipher = AESGCM(key_for(shared, public + mine, bound_to))
    held, place = source.read(PIECE + TAG), 0
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield cipher.decrypt(NONCE.pack(place, not following), held, None)
        except (InvalidTag, ValueError) as error:
            raise Refused(BROKEN, "broken") from error
        if not following:
            return
        held, place = following, place + 1


def key_for(shared: bytes, keys: bytes, bound_to: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=keys, info=b"guiyan-exchange-1" + bound_to).derive(shared)


def in_pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; only the last is shorter."""
    held = bytearray()
    for block in blocks:
        held += block
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)
