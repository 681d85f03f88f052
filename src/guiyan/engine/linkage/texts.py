"""Chinese text reduced to what both sides write alike: half width, simplified characters, and 64-bit hashes of it.

Everything that is compared is a hash, so that no name and no number stands in a temporary file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_NOISE = re.compile(r"[\s·•・．.,，、;；:：'\"“”‘’_\-—/\\*?？]+")
_PARTS = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]?")


def hashed(text: str) -> int:
    """63 bits, the same on every machine and in every version."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def hashed_or_none(text: str | None) -> int | None:
    return hashed(text) if text else None


@cache
def _converters() -> tuple[OpenCC, ...]:
    """Hong Kong and Taiwan write some characters differently, so each has its own way back."""
    return OpenCC("hk2s"), OpenCC("tw2s"), OpenCC("t2s")


@lru_cache(maxsize=50_000)
def simplified_sign(sign: str) -> str:
    """One character in, one out: names are converted a character at a time, because phrases would guess."""
    for converter in _converters():
        found = converter.convert(sign)
        sign = found if len(found) == 1 else sign
    return sign


def simplified(text: str) -> str:
    return text if text.isascii() else "".join(map(simplified_sign, text))


def folded(text: str) -> str:
    """Half width, small letters, simplified."""
    return simplified(unicodedata.normalize("NFKC", text).lower())


def bare(text: str) -> str:
    """Without spaces, dots and signs."""
    return _NOISE.sub("", text)


def apart(text: str) -> tuple[str, list[str]]:
    """What stands outside brackets, and what each pair of brackets holds."""
    return _PARTS.sub(" ", text), _PARTS.findall(text)
