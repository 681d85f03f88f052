"""The next question: the missing fact that is expected to settle most measures, given the answers so far.

How likely an answer is says a population (`Weights`: how many have which value); of a fact that it does not know,
every stretch on which the rule answers alike counts the same. Once every measure is settled, the facts that only the
amount waits for are asked in the same way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from guiyan.engine.rules.catalogue import Catalogue, Facts
from guiyan.engine.rules.core import Core, Known, Variable
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.stretches import Stretches

Single = int | str | bool


@dataclass(frozen=True)
class Weights:
    """Per fact how many of the population have which value; of a list per key how many have it, and of how many."""

    values: Mapping[str, Mapping[Single, int]] = field(default_factory=dict)
    keys: Mapping[str, tuple[Mapping[str, int], int]] = field(default_factory=dict)

    @classmethod
    def counted(cls, catalogue: Catalogue, people: Iterable[Facts]) -> Weights:
        """From the facts of a population, or of a sample of it. Raises FactError for facts that are wrong."""
        values: dict[str, Counter[Single]] = {}
        keys: dict[str, Counter[str]] = {}
        listed: Counter[str] = Counter()
        for facts in people:
            for name, value in catalogue.read(facts).items():
                if isinstance(value, int | str):
                    values.setdefault(name, Counter())[value] += 1
                elif isinstance(value, frozenset):
                    keys.setdefault(name, Counter()).update(value)
                    listed[name] += 1
        return cls(values, {name: (found, listed[name]) for name, found in keys.items()})

    def shares(self, variable: Variable, choices: Sequence[Single]) -> list[Fraction]:
        """How likely each of the choices is; they stand for all values between them."""
        counts = self.counts(variable, choices)
        total = sum(counts)
        return [Fraction(count, total) if total else Fraction(1, len(choices)) for count in counts]

    def counts(self, variable: Variable, choices: Sequence[Single]) -> list[int]:
        if variable.key is not None:
            having, total = self.keys.get(variable.fact, ({}, 0))
            count = having.get(variable.key, 0)
            return [count if choice else total - count for choice in choices]
        found = Counter[int]()
        for value, count in self.values.get(variable.fact, {}).items():
            found[self.place(variable, value, choices)] += count
        return [found[place] for place in range(len(choices))]

    @staticmethod
    def place(variable: Variable, value: Single, choices: Sequence[Single]) -> int:
        """Which of the choices stands for the value: the nearest below it, itself, or a text that no rule names."""
        if variable.bounds is not None:
            return max(0, bisect_right([int(choice) for choice in choices], int(value)) - 1)
        if value in choices:
            return list(choices).index(value)
        return next(place for place, choice in enumerate(choices) if str(choice).startswith("\x00"))


NOBODY = Weights()


@dataclass(frozen=True)
class Undecided:
    """What is kept of an unknown verdict, to find the question that settles most."""

    whole: Core
    known: Known

    def settled_by(self, fact: str, weights: Weights = NOBODY) -> Fraction:
        """How likely an answer about the fact decides this measure."""
        stretches = Stretches(self.known, self.whole)
        asked = [variable for variable in stretches.unknown if variable.fact == fact]
        if not asked:
            return Fraction(0)
        # Whoever answers a question about a list says of every key whether it is there.
        others = dict.fromkeys(asked, False) if asked[0].key is not None else {}
        likely = Fraction(0)
        for variable in asked:
            choices = ordered(variable, stretches.values(variable))
            for choice, share in zip(choices, weights.shares(variable, choices), strict=True):
                if share and outlook(self.whole, {**self.known, **others, variable: choice}).decided is not None:
                    likely += share
        return likely / len(asked)


def ordered(variable: Variable, choices: Sequence[Single]) -> Sequence[Single]:
    return choices if variable.bounds is None else sorted(int(choice) for choice in choices)


class Screened(Protocol):
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def amount_missing(self) -> tuple[str, ...]: ...
    @property
    def undecided(self) -> Undecided | None: ...


def next_question(
    results: Sequence[Screened], catalogue: Catalogue | None = None, weights: Weights = NOBODY
) -> str | None:
    """The fact to ask next; those with a question first, ties in their order. None when nothing is left to ask."""
    waiting = [(each, fact) for each in results for fact in each.missing]
    if not waiting:
        return next((fact for fact in amount_questions(results) if askable(fact, catalogue)), None)
    order = list(dict.fromkeys(fact for _, fact in waiting))
    gains = Counter(fact for _, fact in waiting)
    scores = dict.fromkeys(order, Fraction(0))
    for each, fact in waiting:
        if each.undecided is not None:
            scores[fact] += each.undecided.settled_by(fact, weights)
    return max(order, key=lambda fact: (askable(fact, catalogue), scores[fact], gains[fact], -order.index(fact)))


def askable(fact: str, catalogue: Catalogue | None) -> bool:
    if catalogue is None:
        return True
    found = catalogue.get(fact)
    return found is not None and found.question is not None


def amount_questions(results: Sequence[Screened]) -> Iterator[str]:
    """The facts that amounts still wait for, those of most measures first."""
    gains = Counter(fact for each in results for fact in each.amount_missing)
    yield from (fact for fact, _ in gains.most_common())
