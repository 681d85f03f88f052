"""A sentence taken apart: its clauses, its quantities, and the role that each quantity plays."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from guiyan.engine.documents.figures.quantities import Quantity


class Role(Enum):
    BENEFIT = "benefit"
    CONDITION = "condition"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, semicolons or colons (outside brackets)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read: its clauses, its quantities, and the role of each quantity."""

    chars: str
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    roles: tuple[Role, ...]

    def clause_of(self, at: int) -> int:
        """The index of the clause around `at`."""
        return max(0, bisect_right([clause.start for clause in self.clauses], at) - 1)


def clauses_of(chars: str, marks: str = ",;:。") -> tuple[Clause, ...]:
    """Clauses at bracket depth 0."""
    found: list[Clause] = []
    depth = start = 0
    for i, char in enumerate(chars):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            found.append(Clause(start, i))
            start = i + 1
    if start < len(chars) or not found:
        found.append(Clause(start, len(chars)))
    return tuple(found)
