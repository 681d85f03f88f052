"""Blind index: what one value always gives, so that encrypted columns can be looked up and compared, and not read."""

from __future__ import annotations

import unicodedata

from guiyan.kernel.crypto.keys import ring
from guiyan.kernel.crypto.providers import keyed_digest


def blind_index(purpose: str, text: str) -> bytes:
    """32 bytes: the same for one value however it is written (full-width, lower case, spaces), within one purpose."""
    return keyed_digest(ring().index, f"{purpose}\0{normalised(text)}".encode())


def normalised(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
