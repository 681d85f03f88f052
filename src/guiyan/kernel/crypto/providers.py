"""The ciphers: each seals with authenticated data and opens only what is whole. Their numbers are stored for good."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

NONCE, TAG = 12, 16
DRAWN = 64  # nonces asked for at once


class Broken(Exception):
    """Not what was sealed: another key, another purpose, or changed bytes."""


class Provider(Protocol):
    number: int

    def sealer(self, key: bytes, bound: bytes) -> Callable[[bytes], bytes]: ...
    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes: ...


class AesGcm:
    """AES-256-GCM: nonce ‖ ciphertext ‖ tag."""

    number = 1

    def sealer(self, key: bytes, bound: bytes) -> Callable[[bytes], bytes]:
        encrypt, draw = AESGCM(derived(key, b"aes-256-gcm", 32)).encrypt, nonces().__next__

        def seal(plain: bytes) -> bytes:
            nonce = draw()
            return nonce + encrypt(nonce, plain, bound)

        return seal

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(derived(key, b"aes-256-gcm", 32)).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise Broken from error


def nonces() -> Iterator[bytes]:
    """From the system, the first by itself and then many at a time: asking it costs as much as sealing. None is drawn
    twice, not even by a process that was forked in between."""
    yield os.urandom(NONCE)
    while True:
        drawn, process = os.urandom(NONCE * DRAWN), os.getpid()
        for place in range(0, len(drawn), NONCE):
            if os.getpid() != process:
                break
            yield drawn[place : place + NONCE]


class Sm4Gcm:
    """SM4-GCM (GB/T 32907) by OpenSSL: nonce ‖ ciphertext ‖ tag. The algorithm only; no certified module is claimed."""

    number = 2

    def sealer(self, key: bytes, bound: bytes) -> Callable[[bytes], bytes]:
        algorithm = algorithms.SM4(derived(key, b"sm4-gcm", 16))

        def seal(plain: bytes) -> bytes:
            nonce = os.urandom(NONCE)
            sealer = Cipher(algorithm, modes.GCM(nonce)).encryptor()
            sealer.authenticate_additional_data(bound)
            return nonce + sealer.update(plain) + sealer.finalize() + sealer.tag

        return seal

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        if len(sealed) < NONCE + TAG:
            raise Broken
        nonce, text, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        opener = Cipher(algorithms.SM4(derived(key, b"sm4-gcm", 16)), modes.GCM(nonce, tag)).decryptor()
        opener.authenticate_additional_data(bound)
        try:
            return opener.update(text) + opener.finalize()
        except InvalidTag as error:
            raise Broken from error


PROVIDERS: dict[str, Provider] = {"aes-gcm": AesGcm(), "sm4-gcm": Sm4Gcm()}
BY_NUMBER: dict[int, Provider] = {provider.number: provider for provider in PROVIDERS.values()}


@lru_cache(maxsize=64)
def derived(key: bytes, use: bytes, size: int) -> bytes:
    """One stored key never serves two algorithms."""
    return HKDFExpand(hashes.SHA256(), size, b"guiyan:" + use).derive(key)


def keyed_digest(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")
