"""Credit codes and mobile numbers as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.registers.credit_codes import (
    ALPHABET,
    check_character,
    organisation_check,
    read_credit_code,
)
from guiyan.registers.phones import mask_phone, read_phone
from guiyan.registers.wrong import WrongValue


def test_the_example_printed_in_the_standard_passes() -> None:
    assert read_credit_code("91350100m000100y43") == "91350100M000100Y43"


def test_the_organisation_code_inside_has_its_own_check_character() -> None:
    assert organisation_check("D2143569") == "X"


@given(st.text("0123456789", min_size=6, max_size=6), st.text(ALPHABET, min_size=9, max_size=9), st.integers(8, 16))
def test_a_changed_character_is_found(region: str, organisation: str, place: int) -> None:
    first = "92" + region + organisation
    right = first + check_character(first)
    other = ALPHABET[(ALPHABET.index(right[place]) + 1) % 31]
    assert read_credit_code(right) == right
    with pytest.raises(WrongValue, match="第18位应为"):
        read_credit_code(right[:place] + other + right[place + 1 :])


def test_letters_that_look_like_digits_are_named() -> None:
    with pytest.raises(WrongValue, match="第9位“O”"):
        read_credit_code("91350100O000100Y43")


@pytest.mark.parametrize("text", ["15412345678", "+86 154-1234-5678", "0086 15412345678", "86 154 1234 5678"])
def test_a_phone_is_read_however_it_is_written(text: str) -> None:
    assert read_phone(text) == "15412345678"


@pytest.mark.parametrize(
    ("text", "words"),
    [("1541234567", "少了1位"), ("154123456789", "多了1位"), ("12412345678", "13—19"), ("一五四", "不是数字的字符")],
)
def test_a_wrong_phone_is_refused_with_what_would_be_right(text: str, words: str) -> None:
    with pytest.raises(WrongValue, match=words):
        read_phone(text)


def test_a_masked_phone_shows_three_and_four() -> None:
    assert mask_phone("15412345678") == "154****5678"
