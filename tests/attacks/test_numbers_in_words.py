"""Numbers of persons in what people write: seen as such however they are written, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.config.discreet import PERSONAL
from guiyan.kernel.texts import masked_numbers, plain_amount, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证421224199705120021不对", "身份证4212**********0021不对"),
        ("身份证42122419970512002X。", "身份证4212**********002X。"),
        ("电话138-0000-0000找我", "电话138****0000找我"),
        ("138 0000 0000", "138****0000"),
        ("138\u200b0000\u200b0000", "138****0000"),
        ("１３８００００００００", "138****0000"),
        ("卡号6200 0000 0000 0381，户名不符", "卡号************0381，户名不符"),
        ("13800000000和13900000000", "138****0000和139****0000"),
    ],
)
def test_a_number_of_a_person_is_masked_however_it_is_written(text: str, shown: str) -> None:
    assert masked_numbers(text) == shown


@pytest.mark.parametrize(
    "text", ["2026年6月15日", "GS421224-2026-00001-01", "5,000.00元", "0715-8256000", "421224107206", "第12行\n第13行"]
)
def test_numbers_of_cases_days_money_and_offices_stay(text: str) -> None:
    assert masked_numbers(text) == text


PIECES = [
    "13800000000",
    "421224199705120021",
    "42122419970512002X",
    "6200000000000381",
    "，",
    "-",
    " ",
    "电话",
    "a",
    "7",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_after_masking_nothing_is_left_that_is_kept_out_of_addresses(pieces: list[str]) -> None:
    assert PERSONAL.search(masked_numbers("".join(pieces))) is None


@given(st.text(max_size=200))
def test_a_text_with_fewer_digits_than_a_phone_is_left_as_it_is(text: str) -> None:
    assert sum(sign.isdecimal() for sign in text) > 10 or masked_numbers(text) == text


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u3164", "\x00\x07", "\u0301"])
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert visible(text) == ""


def test_rare_characters_of_names_are_seen() -> None:
    assert visible(" \ue863\U0003134a\u200b ") == "\ue863\U0003134a"


@pytest.mark.parametrize(
    "text", ["1e5", "1E5", "-1", "+1", "0x10", "1_000", "1,00", "1,0000", "1.", ".5", "", "∞", "NaN"]
)
def test_money_is_digits_and_nothing_else(text: str) -> None:
    assert plain_amount(text) is None


@pytest.mark.parametrize(
    ("text", "yuan"), [("5000", "5000"), ("1,234,567.89", "1234567.89"), ("５，０００．５", "5000.5")]
)
def test_thousands_and_full_width_digits_are_read(text: str, yuan: str) -> None:
    assert str(plain_amount(text)) == yuan


def test_what_is_said_back_is_short() -> None:
    assert shortened("9" * 5000) == "9" * 20 + "…"
    assert shortened("9" * 20) == "9" * 20
