"""Values at rest: version, provider, key id, then what the provider sealed."""

from __future__ import annotations

import struct
from collections.abc import Callable

from django.conf import settings

from guiyan.kernel.crypto.keys import ring
from guiyan.kernel.crypto.providers import BY_NUMBER, PROVIDERS, Broken, Provider
from guiyan.kernel.errors import GuiyanError

VERSION = 1
HEADER = struct.Struct(">BBH")


class CannotOpen(GuiyanError):
    """A stored value can't be decrypted: its key is not here, it belongs elsewhere, or it was changed."""

    status = 500
    default_message = "有一项加密数据打不开，请联系系统管理员核对密钥。"


def encrypt(purpose: str, text: str) -> bytes:
    """Seal `text` so that it opens only for the same purpose."""
    return encryptor(purpose)(text)


def encryptor(purpose: str) -> Callable[[str], bytes]:
    """`encrypt` for many values of one purpose: the key is looked up once. Not to be kept longer than the work."""
    keys, provider = ring(), current_provider()
    header = HEADER.pack(VERSION, provider.number, keys.newest)
    seal = provider.sealer(keys.encryption[keys.newest], header + purpose.encode())
    return lambda text: header + seal(text.encode())


def decrypt(purpose: str, sealed: bytes | memoryview) -> str:
    """Raises CannotOpen; never gives something that was not sealed for this purpose."""
    whole = bytes(sealed)
    if len(whole) < HEADER.size:
        raise CannotOpen
    header, body = whole[: HEADER.size], whole[HEADER.size :]
    version, number, key_id = HEADER.unpack(header)
    key, provider = ring().encryption.get(key_id), BY_NUMBER.get(number)
    if version != VERSION or key is None or provider is None:
        raise CannotOpen
    try:
        return provider.open(key, body, header + purpose.encode()).decode()
    except Broken as error:
        raise CannotOpen from error


def is_current(sealed: bytes | memoryview) -> bool:
    """Whether the value is sealed by the newest key and today's provider: what a re-encryption looks for."""
    _, number, key_id = HEADER.unpack(bytes(sealed)[: HEADER.size])
    return (number, key_id) == (current_provider().number, ring().newest)


def current_provider() -> Provider:
    return PROVIDERS[provider_name()]


def provider_name() -> str:
    """GUIYAN_CRYPTO in the settings: aes-gcm (default) or sm4-gcm."""
    name = str(getattr(settings, "GUIYAN_CRYPTO", "aes-gcm"))
    if name not in PROVIDERS:
        raise ValueError(f"GUIYAN_CRYPTO is {name}; known: {', '.join(PROVIDERS)}")
    return name
