"""Groups so small that people could be told from them, shown to readers who may not look at people: put together.

A group counts as small where 1 or 2 people stand behind one of its numbers. Small groups become one row with others,
the next smallest first, until none of its numbers is small: so no row can be reckoned from the total and the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

FEW = 3


class Counted(Protocol):
    @property
    def counts(self) -> Sequence[int]: ...


R = TypeVar("R", bound=Counted)


def is_small(row: Counted) -> bool:
    return any(0 < count < FEW for count in row.counts)


def without_small(rows: Sequence[R], together: Callable[[Sequence[R]], R]) -> list[R]:
    """The rows in their order, those put together last. together: makes one row of several."""
    gathered = [row for row in rows if is_small(row)]
    rest = [row for row in rows if not is_small(row)]
    by_size = sorted((row for row in rest if any(row.counts)), key=lambda row: max(row.counts))
    while gathered and by_size and (len(gathered) < 2 or is_small(together(gathered))):
        gathered.append(by_size.pop(0))
    return [*(row for row in rest if row not in gathered), *([together(gathered)] if gathered else [])]
