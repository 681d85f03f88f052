"""Streams sealed for one reader: whole, or not at all."""

from __future__ import annotations

import gzip
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.exchange import sealed
from guiyan.exchange.container import packed
from guiyan.exchange.keys import drawn
from guiyan.exchange.sealed import TAG, opened, seal
from guiyan.kernel.errors import Refused

READER = drawn()
SMALL = 64


def sealed_text(blocks: list[bytes]) -> bytes:
    target = io.BytesIO()
    seal(target, blocks, reader=READER.sealing_public, bound_to=b"one")
    return target.getvalue()


def read(text: bytes, bound_to: bytes = b"one") -> bytes:
    return b"".join(opened(io.BytesIO(text), reader=READER.sealing, bound_to=bound_to))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PIECE", SMALL)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=6))
def test_what_was_sealed_opens_as_it_was(blocks: list[bytes]) -> None:
    sealed.PIECE = SMALL
    assert read(sealed_text(blocks)) == b"".join(blocks)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=300), st.data())
def test_one_changed_byte_anywhere_is_refused(text: bytes, data: st.DataObject) -> None:
    sealed.PIECE = SMALL
    whole = bytearray(sealed_text([text]))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    if place == 31 and whole[place] >> 7:  # the highest bit of an X25519 key is not used
        return
    with pytest.raises(Refused):
        read(bytes(whole))


@pytest.mark.parametrize("kept", [0, 31, 32, 32 + SMALL + TAG, 32 + 2 * (SMALL + TAG)])
def test_what_was_cut_off_is_refused_even_between_two_pieces(kept: int) -> None:
    whole = sealed_text([b"x" * (3 * SMALL)])
    with pytest.raises(Refused):
        read(whole[:kept])


def test_pieces_moved_or_doubled_are_refused() -> None:
    whole, step = sealed_text([bytes(range(192))]), SMALL + TAG
    head, first, second, third = (
        whole[:32],
        whole[32 : 32 + step],
        whole[32 + step : 32 + 2 * step],
        whole[32 + 2 * step :],
    )
    for order in ((second, first, third), (first, first, second, third), (first, third)):
        with pytest.raises(Refused):
            read(head + b"".join(order))


def test_it_opens_for_its_reader_and_beside_its_manifest_alone() -> None:
    text = sealed_text([b"secret"])
    with pytest.raises(Refused):
        read(text, bound_to=b"two")
    with pytest.raises(Refused):
        b"".join(opened(io.BytesIO(text), reader=drawn().sealing, bound_to=b"one"))


def test_lines_are_packed_piece_by_piece() -> None:
    """Random lines, which gzip can't make small: no block grows with the whole."""
    lines = [os.urandom(SMALL * 1024) for _ in range(40)]
    blocks = list(packed(lines))
    assert len(blocks) > 2 and max(map(len, blocks)) < 2 * 1024 * 1024
    assert gzip.decompress(b"".join(blocks)) == b"".join(lines)
