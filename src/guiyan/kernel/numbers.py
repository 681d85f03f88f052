"""Numbers and days as they come in addresses and forms: what can be none is none, never an error."""

from __future__ import annotations

from datetime import date

MOST_DIGITS = 18  # fits the database's widest integer


def whole(text: str) -> int | None:
    """17 for `17`; None for anything else, other scripts' digits (², ٣) and endless ones among it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def decimal_words(hundredths: int) -> str:
    """A number held in hundredths as people write it: 1234550 → 12,345.5."""
    whole_part, rest = divmod(hundredths, 100)
    return f"{whole_part:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def day_of(text: str) -> date | None:
    """The day that `2026-06-08` names; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None
