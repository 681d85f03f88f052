"""Under which subject ids one person is known. The registers, a layer above, know; here is only the question."""

from __future__ import annotations

from collections.abc import Callable

Known = Callable[[int], tuple[int, ...]]


def alone(subject_id: int) -> tuple[int, ...]:
    return (subject_id,)


_known: list[Known] = [alone]


def answered_by(known: Known) -> None:
    """Who is who is said by this function from now on: a subject's ids, the canonical one first."""
    _known[:] = [known]


def known_as(subject_id: int) -> tuple[int, ...]:
    """All ids of the same person or organisation, the canonical one first."""
    return _known[0](subject_id)
