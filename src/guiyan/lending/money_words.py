"""Amounts and rates in sentences: 30万元, 12,360.50元, 3.1%."""

from __future__ import annotations

from decimal import Decimal


def words(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    if rest:
        return f"{yuan:,}.{rest:02d}元"
    if yuan >= 10_000 and yuan % 1_000 == 0:
        return f"{yuan / 10_000:g}万元"
    return f"{yuan:,}元"


def percent_words(rate: Decimal | None) -> str:
    """3.1%, 50%; nothing for no rate."""
    return "" if rate is None else f"{rate.normalize():f}%"
