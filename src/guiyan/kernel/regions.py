"""Region codes: 12-digit numbers whose trailing zeros say how much lies below them.

Province 42, city 4212, county 421224, township 421224101, village 421224101201, each filled up with zeros.
Zones without a national code carry a local code inside their parent's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

Level = Literal["country", "province", "city", "county", "township", "village"]
Interval = tuple[int, int]

COUNTRY: Interval = (0, 10**12)
STEPS: tuple[tuple[Level, int], ...] = (
    ("village", 1),
    ("township", 10**3),
    ("county", 10**6),
    ("city", 10**8),
    ("province", 10**10),
)


def level(code: int) -> Level:
    """Which level a code is of: the coarsest one that its zeros allow."""
    return span(code)[0]


def subtree(code: int) -> Interval:
    """The half-open interval of all codes at or below `code`."""
    return code, code + span(code)[1]


def parent(code: int) -> int | None:
    """The code one level up, None above a province."""
    own = span(code)[1]
    coarser = [step for _, step in STEPS if step > own]
    return code - code % coarser[0] if coarser else None


def chain_below(root: int, code: int) -> list[int]:
    """From `root` down to `code`, both in it; `code` alone where it does not lie below."""
    found = [code]
    above = parent(code)
    while code != root and above is not None and contains(root, above):
        found.append(above)
        code, above = above, parent(above)
    return found[::-1]


def contains(root: int, code: int) -> bool:
    low, high = subtree(root)
    return low <= code < high


def within(intervals: Iterable[Interval], code: int) -> bool:
    return any(low <= code < high for low, high in intervals)


def gaps(whole: Interval, parts: Sequence[Interval]) -> Iterator[Interval]:
    """What of the interval no part covers."""
    at = whole[0]
    for low, high in sorted(parts):
        if low > at:
            yield at, low
        at = max(at, high)
    if at < whole[1]:
        yield at, whole[1]


def span(code: int) -> tuple[Level, int]:
    if not 0 <= code < COUNTRY[1]:
        raise ValueError(f"{code} is no 12-digit region code")
    if code == 0:
        return "country", COUNTRY[1]
    following = [step for _, step in STEPS[1:]] + [COUNTRY[1]]
    for (name, step), coarser in zip(STEPS, following, strict=True):
        if code % coarser:
            return name, step
    raise AssertionError("a positive code below 10**12 has a remainder at some level")
