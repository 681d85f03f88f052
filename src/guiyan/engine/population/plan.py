"""A plan: measures as they read on one day, every distinct question found once, ready for any engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from guiyan.engine.population.exactness import Atom, atoms, columns_are_exact, is_pair
from guiyan.engine.population.keys import Key, Value, key_of, read, replaced
from guiyan.engine.rules.amounts import Amounts
from guiyan.engine.rules.compiled import CompiledMeasure, CompiledVersion
from guiyan.engine.rules.core import AnyOf, Core, Variable, variables
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.paid import paid
from guiyan.engine.rules.simplify import FALSE


@dataclass(frozen=True)
class Question:
    """A yes/no question about a row. bounded: a pair that its bounds may decide while one side is unknown."""

    atom: Atom
    bounded: bool = False


@dataclass(frozen=True)
class Outcome:
    """decided: True, False or None (unknown). amount_fen: at most, None if nobody states it."""

    decided: bool | None
    amount_fen: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedMeasure:
    """One measure on the day. facts: what it asks, in the order in which missing ones are named.

    exact: three-valued columns give the verdict; else rows that come out unknown are settled by their key.
    """

    id: str
    kind: str
    core: Core
    facts: tuple[str, ...]
    amounts: Amounts
    exact: bool
    key: Key
    amount_key: Key

    @property
    def nobody(self) -> bool:
        """Whether nobody can ever meet it."""
        return self.core == FALSE

    @property
    def plain_amount(self) -> bool:
        return self.amounts.plain

    @property
    def amount_fen(self) -> int | None:
        """What everybody who meets it gets at most, where it is the same for all."""
        return self.amounts.tiers[0].most_fen

    @property
    def states_money(self) -> bool:
        return any(tier.most_fen is not None for tier in self.amounts.tiers)

    @cached_property
    def questions(self) -> Mapping[Core, Question]:
        """Those of the verdict, by the comparison they stand for."""
        return {atom: Question(atom, self.exact and is_pair(atom)) for atom in atoms(self.core)}

    @cached_property
    def amount_questions(self) -> Mapping[Core, Question]:
        """Those of the amount, which are never bounded."""
        return {digit.atom: Question(digit.atom) for digit in self.amount_key.digits}

    def variables(self) -> Iterator[Variable]:
        yield from variables(self.core)
        if not self.plain_amount:
            yield from self.amounts.asks()

    def outcome(self, verdict: bool | None, key: Sequence[Value], amount_key: Sequence[Value]) -> Outcome:
        """Of all who have this three-valued verdict, not False, and these keys; `key` counts only where it is None."""
        amount = self.amount(amount_key)
        if verdict is not None:
            return Outcome(verdict, amount)
        stand, known = read(self.key, key)
        found = outlook(replaced(self.core, stand), known)
        matter = {variable.fact for variable in found.matter}
        return Outcome(found.decided, amount, tuple(fact for fact in self.facts if fact in matter))

    def amount(self, key: Sequence[Value]) -> int | None:
        if self.plain_amount:
            return self.amount_fen
        stand, known = read(self.amount_key, key)
        tiers = tuple(replace(tier, core=replaced(tier.core, stand)) for tier in self.amounts.tiers)
        return paid(replace(self.amounts, tiers=tiers), known).most_fen


@dataclass(frozen=True)
class Plan:
    """`idle`: measures without a version in force that day, as "expired" or "not_begun"."""

    on: dt.date
    measures: tuple[PlannedMeasure, ...]
    idle: Mapping[str, str]

    @cached_property
    def questions(self) -> Mapping[Question, int]:
        """Each question once, numbered."""
        asked = (
            question
            for measure in self.measures
            for question in (*measure.questions.values(), *measure.amount_questions.values())
        )
        return {question: place for place, question in enumerate(dict.fromkeys(asked))}

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(dict.fromkeys(each for measure in self.measures for each in measure.variables()))

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(variable.fact for variable in self.variables))

    def of_kind(self, kind: str | None) -> Plan:
        """The measures for one kind of subject; all of them where the kind is None."""
        if kind is None:
            return self
        return Plan(self.on, tuple(measure for measure in self.measures if measure.kind == kind), self.idle)


def plan_of(measures: Iterable[CompiledMeasure], on: dt.date) -> Plan:
    planned: list[PlannedMeasure] = []
    idle: dict[str, str] = {}
    for compiled in measures:
        version = compiled.version_on(on)
        if version is None:
            idle[compiled.measure.id] = "not_begun"
        elif version.source.valid_to is not None and on > version.source.valid_to:
            idle[compiled.measure.id] = "expired"
        else:
            planned.append(planned_measure(compiled, version, on))
    return Plan(on, tuple(planned), idle)


def planned_measure(compiled: CompiledMeasure, version: CompiledVersion, on: dt.date) -> PlannedMeasure:
    ready = version.on(on)
    exact = columns_are_exact(ready.whole)
    return PlannedMeasure(
        id=compiled.measure.id,
        kind=compiled.measure.kind,
        core=ready.whole,
        facts=version.facts,
        amounts=ready.amounts,
        exact=exact,
        key=key_of(ready.whole, bounded=exact),
        amount_key=Key() if ready.amounts.plain else amount_key(ready.amounts),
    )


def amount_key(amounts: Amounts) -> Key:
    received = [*amounts.less, *(variable for ceiling in amounts.ceilings for variable in ceiling.received)]
    return key_of(AnyOf(tuple(tier.core for tier in amounts.tiers)), bounded=False, always=received)
