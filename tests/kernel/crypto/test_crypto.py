"""Field encryption: only the right key and purpose open, keys change, an index tells nothing."""

from __future__ import annotations

import os
import stat
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from guiyan.kernel import crypto
from guiyan.kernel.crypto import providers
from guiyan.kernel.crypto.envelope import HEADER
from guiyan.kernel.crypto.field import EncryptedText

PROVIDERS = ("aes-gcm", "sm4-gcm")
NUMBER = "421224199001010000"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> Path:
    settings.GUIYAN_HOME = tmp_path
    return tmp_path / "keys" / "field-keys.json"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_was_encrypted_opens_again(provider: str, settings: Settings) -> None:
    settings.GUIYAN_CRYPTO = provider
    sealed = crypto.encrypt("case.account", "6217 0000 银行")
    assert crypto.decrypt("case.account", sealed) == "6217 0000 银行"
    assert "银行".encode() not in sealed


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_same_text_never_looks_the_same(provider: str, settings: Settings) -> None:
    settings.GUIYAN_CRYPTO = provider
    assert len({crypto.encrypt("p", NUMBER) for _ in range(50)}) == 50


@pytest.mark.parametrize("provider", PROVIDERS)
def test_another_purpose_does_not_open_it(provider: str, settings: Settings) -> None:
    settings.GUIYAN_CRYPTO = provider
    sealed = crypto.encrypt("person.phone", "13800000000")
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt("person.id_number", sealed)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_changed_byte_anywhere_is_noticed(provider: str, settings: Settings) -> None:
    settings.GUIYAN_CRYPTO = provider
    sealed = crypto.encrypt("p", NUMBER)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(crypto.CannotOpen):
            crypto.decrypt("p", bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(crypto.CannotOpen):
            crypto.decrypt("p", sealed[:length])


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key() -> None:
    old = crypto.encrypt("p", "旧")
    assert crypto.is_current(old)
    assert crypto.rotate() == 2
    assert crypto.decrypt("p", old) == "旧"
    assert not crypto.is_current(old)
    assert HEADER.unpack(crypto.encrypt("p", "新")[: HEADER.size])[2] == 2


def test_a_rotation_leaves_indexes_and_tokens_as_they_are() -> None:
    index, token = crypto.blind_index("id", NUMBER), crypto.sign("progress", "case:12")
    crypto.rotate()
    assert crypto.blind_index("id", NUMBER) == index
    assert crypto.verify("progress", token) == "case:12"


def test_values_of_both_providers_live_side_by_side(settings: Settings) -> None:
    first = crypto.encrypt("p", "甲")
    settings.GUIYAN_CRYPTO = "sm4-gcm"
    assert crypto.decrypt("p", first) == "甲"
    assert not crypto.is_current(first)


def test_an_unknown_provider_is_refused_by_name(settings: Settings) -> None:
    settings.GUIYAN_CRYPTO = "sm4"
    with pytest.raises(ValueError, match="sm4-gcm"):
        crypto.encrypt("p", "x")


def test_keys_are_for_their_owner_only(own_keys: Path) -> None:
    crypto.encrypt("p", "x")
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o600


def test_another_installation_cannot_open_it(settings: Settings, tmp_path: Path) -> None:
    sealed = crypto.encrypt("p", "x")
    settings.GUIYAN_HOME = tmp_path / "elsewhere"
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt("p", sealed)


@pytest.mark.parametrize("text", ["42122419900101123x", " 42122419900101123X ", "４２１２２４１９９００１０１１２３Ｘ"])
def test_one_value_has_one_index_however_it_is_written(text: str) -> None:
    assert crypto.blind_index("id", text) == crypto.blind_index("id", "42122419900101123X")


def test_indexes_of_two_purposes_cannot_be_joined() -> None:
    assert crypto.blind_index("id", NUMBER) != crypto.blind_index("phone", NUMBER)


def test_a_token_is_refused_when_changed_or_used_elsewhere() -> None:
    token = crypto.sign("progress", "case:12")
    assert crypto.verify("progress", token) == "case:12"
    assert crypto.verify("notice", token) is None
    for wrong in ("", ".", "case:12", token[:-1], token + "A", "x" + token, token.replace(".", "")):
        assert crypto.verify("progress", wrong) is None


def test_a_token_has_one_spelling() -> None:
    """The last sign of base64 holds bits that mean nothing, and its decoder passes over signs it does not know."""
    token = crypto.sign("progress", "case:12")
    spellings = [f"{token[:-1]}{sign}" for sign in string.ascii_letters + string.digits if sign != token[-1]]
    for wrong in (*spellings, f"{token}!", f"!{token}", f"{token}=", token.replace(".", "==.")):
        assert crypto.verify("progress", wrong) is None, wrong


@hypothesis_settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_comes_back_whole(text: str, purpose: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    tag = purpose.encode("utf-8", "ignore").decode()
    assert crypto.decrypt(tag, crypto.encrypt(tag, clean)) == clean
    assert crypto.verify(tag, crypto.sign(tag, clean)) == clean


def test_the_field_is_bytes_in_the_database_and_cannot_be_searched() -> None:
    field = EncryptedText(purpose="case.account", null=True)
    stored = field.get_db_prep_value("6217", connection=None)  # type: ignore[arg-type]
    assert isinstance(stored, bytes)
    assert field.from_db_value(memoryview(stored), None, None) == "6217"  # type: ignore[arg-type]
    assert field.deconstruct()[3]["purpose"] == "case.account"
    with pytest.raises(TypeError, match="blind index"):
        field.get_lookup("exact")


def test_no_nonce_is_drawn_twice_not_even_by_a_process_that_was_forked_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[bytes] = []
    real = os.urandom
    monkeypatch.setattr(providers.os, "urandom", lambda size: drawn.append(real(size)) or drawn[-1])
    draw = providers.nonces()
    first = [next(draw) for _ in range(providers.DRAWN + 2)]
    assert len(set(first)) == len(first) and b"".join(first) == b"".join(drawn)[: len(first) * providers.NONCE]
    monkeypatch.setattr(providers.os, "getpid", lambda: -1)
    assert next(draw) == drawn[-1][: providers.NONCE] and len(drawn) == 4
