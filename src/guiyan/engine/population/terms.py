"""How far a term's values reach: it decides in how many bits an engine computes it, and what half-known pairs allow."""

from __future__ import annotations

from itertools import product

from guiyan.engine.population.errors import PopulationError
from guiyan.engine.rules.core import Constant, Term, Variable

INT64 = 2**63 - 1
WIDEST = 10**37  # fits 128 bits and 38 decimal digits, with a place to spare


def span(term: Term) -> tuple[int, int]:
    """The smallest and largest value; every function rises or falls with each argument, so the corners hold both."""
    if isinstance(term, Constant):
        assert isinstance(term.value, int)
        return term.value, term.value
    if isinstance(term, Variable):
        assert term.bounds is not None
        return term.bounds
    first, second = (span(argument) for argument in term.arguments)
    corners = [term.run(one, two) for one, two in product(first, second)]
    return min(corners), max(corners)


def is_wide(term: Term) -> bool:
    """Whether it needs more than 64 bits. Raises PopulationError beyond 128."""
    low, high = span(term)
    if low < -WIDEST or high > WIDEST:
        raise PopulationError(f"a rule computes numbers of more than 37 digits ({low} to {high})")
    return low < -INT64 or high > INT64
