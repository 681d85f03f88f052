"""Figures in words: money in one scale, to be read or exact; everything else as it is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiyan.plans.models.amounts import amount_words, exact_words, plain_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("2934170000", "元", "29.34亿元"),
        ("5000000000", "元", "50亿元"),
        ("100000000", "元", "1亿元"),
        ("99999999", "元", "10,000万元"),
        ("12345678", "元", "1,234.6万元"),
        ("9999", "元", "9,999元"),
        ("0", "元", "0元"),
        ("10000.0000", "人", "10,000人"),
        ("18.1818", "%", "18.18%"),
        ("-4.5", "%", "-4.5%"),
    ],
)
def test_large_money_is_rounded_for_reading(value: str, unit: str, words: str) -> None:
    assert amount_words(Decimal(value), unit) == words


def test_the_smaller_of_two_sums_takes_the_scale_of_the_larger() -> None:
    target = Decimal(3_000_000_000)
    assert amount_words(Decimal(95_000_000), "元", target) == "0.95亿元"
    assert amount_words(Decimal(100_000), "元", target) == "10万元"  # in 亿元 nothing of it would be left
    assert amount_words(Decimal(0), "元", target) == "0元"
    assert amount_words(target, "元", Decimal(5)) == "30亿元"


def test_what_must_be_exact_loses_nothing() -> None:
    assert exact_words(Decimal(2_934_170_000), "元") == "29.3417亿元"
    assert exact_words(Decimal(12_345_678), "元") == "1,234.5678万元"
    assert exact_words(Decimal(2_934_170_001), "元") == "2,934,170,001元"
    assert plain_words(Decimal(300_000), "万元") == "300,000万元"
