"""Signed tokens for links and QR codes: readable by whoever has them, impossible to make or change without the key."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from guiyan.kernel.crypto.keys import ring
from guiyan.kernel.crypto.providers import keyed_digest

SIGNATURE = 16  # bytes: short enough for a QR code, 128 bits strong


def sign(purpose: str, text: str) -> str:
    """`text` with its signature, safe in an address."""
    return f"{encoded(text.encode())}.{encoded(signature(purpose, text))}"


def verify(purpose: str, signed: str) -> str | None:
    """The text, if it was signed for this purpose by this installation, and written as `sign` writes it."""
    try:
        text = decoded(signed.partition(".")[0]).decode()
    except (NotBase64, ValueError):
        return None
    return text if hmac.compare_digest(signed.encode(), sign(purpose, text).encode()) else None


def signature(purpose: str, text: str) -> bytes:
    return keyed_digest(ring().token, f"{purpose}\0{text}".encode())[:SIGNATURE]


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
