"""Identity numbers. Every number here has the county code 421299, which was never given out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.registers.id_numbers import check_character, mask_id_number, read_id_number
from guiyan.registers.wrong import WrongValue

TODAY = date(2026, 6, 8)


def number(first17: str) -> str:
    return first17 + check_character(first17)


def test_the_example_printed_in_the_standard_has_the_check_character_x() -> None:
    assert check_character("11010519491231002") == "X"


def test_a_number_says_birth_date_and_gender() -> None:
    read = read_id_number(" " + number("42129919970512002").lower() + " ", today=TODAY)
    assert (read.birth_date, read.gender) == (date(1997, 5, 12), "女")


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(born: date, sequence: int, place: int, shift: int) -> None:
    right = number(f"421299{born:%Y%m%d}{sequence:03d}")
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(WrongValue):
        read_id_number(wrong, today=TODAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (number("42129919970512002")[:17] + "?", "第18位应为数字或X"),
        ("42129919970512002", "有17位，应为18位"),
        (number("42129919971312002"), "不是有效的出生日期"),
        (number("42129920270101002"), "1900年至今天"),
        ("4.21299E+17", "科学计数法"),
    ],
)
def test_a_wrong_number_is_refused_with_what_would_be_right(text: str, words: str) -> None:
    with pytest.raises(WrongValue, match=words):
        read_id_number(text, today=TODAY)


def test_the_wrong_check_character_is_told_with_the_right_one() -> None:
    right = number("42129919970512002")
    wrong = right[:17] + ("1" if right[17] != "1" else "2")
    with pytest.raises(WrongValue, match=f"第18位应为{right[17]}"):
        read_id_number(wrong, today=TODAY)


def test_a_masked_number_shows_four_and_four() -> None:
    assert mask_id_number(number("42129919970512002")) == "4212**********" + number("42129919970512002")[-4:]
