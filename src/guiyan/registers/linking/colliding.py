"""What the layers above keep of two people: what one may have only once, and whether anything at all is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# All ids of the one, all ids of the other → what stands against each other, in words.
Colliding = Callable[[Sequence[int], Sequence[int]], list[str]]
_told: list[Colliding] = []
Keeping = Callable[[int], bool]
_kept: list[Keeping] = []


def tells_collisions(function: Colliding) -> Colliding:
    """Declare it; called when Django is ready."""
    if function not in _told:
        _told.append(function)
    return function


def collisions(ones: Sequence[int], others: Sequence[int]) -> list[str]:
    """In the system's scope: what is had once in the city is had once, wherever it was asked for."""
    return [words for function in _told for words in function(ones, others)]


def keeps_something(function: Keeping) -> Keeping:
    """Declare that a layer keeps things under a subject's very id; called when Django is ready."""
    if function not in _kept:
        _kept.append(function)
    return function


def is_stood_on(subject_id: int) -> bool:
    """Whether a layer above keeps something under this very id."""
    return any(function(subject_id) for function in _kept)
