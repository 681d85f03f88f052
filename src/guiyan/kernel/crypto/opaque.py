"""A number as an address that tells nothing of it: one block under a key of its own for each purpose.

Nothing is stored; whoever lacks the key can neither read one nor make one that leads anywhere.
"""

from __future__ import annotations

from binascii import Error as NotBase64

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from guiyan.kernel.crypto.keys import ring
from guiyan.kernel.crypto.providers import keyed_digest
from guiyan.kernel.crypto.tokens import decoded, encoded

HALF = 8
LENGTH = 22
"""Of the text: sixteen bytes in base64 without its padding."""


def opaque(purpose: str, number: int) -> str:
    """The same text for the same number, 22 signs, safe in an address. number: at least 0, below 2**64."""
    block = bytes(HALF) + number.to_bytes(HALF, "big")
    encryptor = cipher(purpose).encryptor()
    return encoded(encryptor.update(block) + encryptor.finalize())


def from_opaque(purpose: str, text: str) -> int | None:
    """The number; None for what was not made here for this purpose."""
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        block = decoded(text)
    except (NotBase64, ValueError):
        return None
    if len(block) != 2 * HALF or encoded(block) != text:
        return None
    decryptor = cipher(purpose).decryptor()
    plain = decryptor.update(block) + decryptor.finalize()
    return int.from_bytes(plain[HALF:], "big") if plain[:HALF] == bytes(HALF) else None


def cipher(purpose: str) -> Cipher[modes.ECB]:
    """A single block each: what makes the mode unfit for longer texts does not arise."""
    return Cipher(algorithms.AES(keyed_digest(ring().token, f"opaque\0{purpose}".encode())), modes.ECB())
