"""Blind index: what one value always gives, so that encrypted columns can be looked up and compared, and not read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from guiyan.kernel.crypto.keys import ring
from guiyan.kernel.crypto.providers import keyed_digest


def blind_index(purpose: str, text: str) -> bytes:
    """32 bytes: the same for one value however it is written (full-width, lower case, spaces), within one purpose."""
    return blind_indexer(purpose)(text)


def blind_indexer(purpose: str) -> Callable[[str], bytes]:
    """`blind_index` for many values of one purpose: the key is looked up once."""
    key, start = ring().index, f"{purpose}\0"
    return lambda text: keyed_digest(key, (start + normalised(text)).encode())


def normalised(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()  # what the rest comes to, for most numbers
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
