"""Money as people read it in messages and decisions."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """500000 -> 5,000元; 500050 -> 5,000.50元; whole tens of thousands read 30万元."""
    whole, rest = divmod(fen, 100)
    if rest:
        return f"{whole:,}.{rest:02d}元"
    if whole >= 10_000 and whole % 10_000 == 0:
        return f"{whole // 10_000:,}万元"
    return f"{whole:,}元"
