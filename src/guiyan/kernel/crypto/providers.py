"""The ciphers: each seals with authenticated data and opens only what is whole. Their numbers are stored for good."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

NONCE, TAG = 12, 16


class Broken(Exception):
    """Not what was sealed: another key, another purpose, or changed bytes."""


class Provider(Protocol):
    number: int

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes: ...
    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes: ...


class AesGcm:
    """AES-256-GCM: nonce ‖ ciphertext ‖ tag."""

    number = 1

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(derived(key, b"aes-256-gcm", 32)).encrypt(nonce, plain, bound)

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(derived(key, b"aes-256-gcm", 32)).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise Broken from error


class Sm4Gcm:
    """SM4-GCM (GB/T 32907) by OpenSSL: nonce ‖ ciphertext ‖ tag. The algorithm only; no certified module is claimed."""

    number = 2

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        sealer = Cipher(algorithms.SM4(derived(key, b"sm4-gcm", 16)), modes.GCM(nonce)).encryptor()
        sealer.authenticate_additional_data(bound)
        return nonce + sealer.update(plain) + sealer.finalize() + sealer.tag

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
    mac = hmac.HMAC(key, hashes.SHA256())
    mac.update(content)
    return mac.finalize()
