"""Amounts in sentences: 30万元, 12,360.50元."""

from __future__ import annotations


def words(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    if rest:
        return f"{yuan:,}.{rest:02d}元"
    if yuan >= 10_000 and yuan % 1_000 == 0:
        return f"{yuan / 10_000:g}万元"
    return f"{yuan:,}元"
