"""The next question: the missing fact that is expected to settle most measures, given the answers so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.core import Core, Known
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.stretches import Stretches


@dataclass(frozen=True)
class Undecided:
    """What is kept of an unknown verdict, to find the question that settles most."""

    whole: Core
    known: Known

    def settled_by(self, fact: str) -> Fraction:
        """The share of the fact's possible answers that decide this measure."""
        cores = Stretches(self.known, self.whole)
        asked = [variable for variable in cores.unknown if variable.fact == fact]
        if not asked:
            return Fraction(0)
        # Whoever answers a question about a list says of every key whether it is there.
        others = dict.fromkeys(asked, False) if asked[0].key is not None else {}
        answers = [{**others, variable: value} for variable in asked for value in cores.values(variable)]
        decided = [outlook(self.whole, {**self.known, **answer}).decided is not None for answer in answers]
        return Fraction(sum(decided), len(decided))


class Screened(Protocol):
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def undecided(self) -> Undecided | None: ...


def next_question(results: Sequence[Screened], catalogue: Catalogue | None = None) -> str | None:
    """The missing fact that settles most undecided measures; facts with a question first, ties in their order."""
    gains: Counter[str] = Counter()
    order: dict[str, int] = {}
    scores: dict[str, Fraction] = {}
    for each in results:
        for fact in each.missing:
            order.setdefault(fact, len(order))
            gains[fact] += 1
            share = each.undecided.settled_by(fact) if each.undecided is not None else Fraction(0)
            scores[fact] = scores.get(fact, Fraction(0)) + share

    def rank(fact: str) -> tuple[bool, Fraction, int, int]:
        found = catalogue.get(fact) if catalogue is not None else None
        return (
            catalogue is None or (found is not None and found.question is not None),
            scores[fact],
            gains[fact],
            -order[fact],
        )

    return max(order, key=rank, default=None)
