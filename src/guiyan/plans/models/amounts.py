"""Figures in words. Money stands in one scale wherever it is read: 亿元 from 100 million, 万元 from 10,000."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

YUAN = "元"
SCALES = ((Decimal(10**8), "亿元", 2), (Decimal(10**4), "万元", 1))
MOST_PLACES, PERCENT_PLACES = 4, 2


def amount_words(value: Decimal, unit: str, beside: Decimal | None = None) -> str:
    """10,000人, 60%, 29.34亿元: to be read, so large money is rounded. What must be exact is `exact_words`.

    beside: the sum it is compared with (its target, last year's); the smaller takes on the scale of the larger.
    """
    if unit == YUAN:
        for size, name, places in SCALES:
            shown = _rounded(value / size, places)
            if max(abs(value), abs(beside or value)) >= size and shown:
                return _plain(shown, name, places)
    return plain_words(value, unit)


def exact_words(value: Decimal, unit: str) -> str:
    """The same to the last yuan: 29.3417亿元, 1,234.5678万元; in yuan where four decimals do not say it."""
    if unit == YUAN:
        size, name = next(((size, name) for size, name, _ in SCALES if abs(value) >= size), (Decimal(1), YUAN))
        if value % (size / 10**MOST_PLACES) == 0:
            return _plain(value / size, name, MOST_PLACES)
    return plain_words(value, unit)


def plain_words(value: Decimal, unit: str) -> str:
    """A number in the unit it is given in, whatever its size: 300,000万元."""
    return _plain(value, unit, PERCENT_PLACES if unit == "%" else MOST_PLACES)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(value: Decimal, unit: str, places: int) -> str:
    digits = f"{value:,.{places}f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + unit
