"""Region codes: GB/T 2260 and its extensions as 12-digit numbers; what lies inside one is a half-open interval."""

from __future__ import annotations

WRITTEN_LENGTHS = (2, 4, 6, 9, 12)
# What one more place at each level weighs: province, city, county, township, village.
LEVEL_SPANS = (10_000_000_000, 100_000_000, 1_000_000, 1_000, 1)


def region_code(written: object) -> int:
    """`4212`, `"421224"` and `421224107000` all become 12 digits; anything else raises ValueError."""
    text = str(written) if isinstance(written, int | str) and not isinstance(written, bool) else ""
    if not (text.isascii() and text.isdigit()) or len(text) not in WRITTEN_LENGTHS or text[0] == "0":
        raise ValueError(f"`{written}` is not a region code: 2, 4, 6, 9 or 12 digits are needed, such as 421224")
    return int(text.ljust(12, "0"))


def region_span(code: int) -> tuple[int, int]:
    """First code inside the region and first code after it: trailing zeros say how far it reaches."""
    for span in LEVEL_SPANS:
        if code % span == 0:
            return code, code + span
    raise ValueError(f"{code} is not a region code")
