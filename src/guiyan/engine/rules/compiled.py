"""Measures made ready: versions with their conditions and amounts resolved, and as they read on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from guiyan.engine.rules.amounts import Amounts
from guiyan.engine.rules.catalogue import ON_DAY, ON_DAY_FACT, Catalogue, bounds
from guiyan.engine.rules.closures import Answer, closure
from guiyan.engine.rules.core import All, Core, Known, Test, Variable, variables
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.exact import Outlook, outlook
from guiyan.engine.rules.model import Measure, Verdict, Version
from guiyan.engine.rules.paid import Paid, paid
from guiyan.engine.rules.simplify import simplified
from guiyan.engine.rules.stretches import tests
from guiyan.engine.rules.tree import Tree

ON_DAY_VARIABLE = Variable(ON_DAY, bounds=bounds(ON_DAY_FACT))
DAYS_KEPT, OUTLOOKS_KEPT = 8, 500
WORDS: dict[bool | None, Verdict] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class ReadyCondition:
    """`valid_from`, `valid_to`: the days of a decision that stands for some of the version's days only."""

    id: str
    label: str
    tree: Tree
    core: Core
    sentence: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def stands_on(self, on: dt.date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Reason:
    """One condition and how it stands; `facts` are those it asks, `sentence` what it says in full."""

    condition: str
    label: str
    verdict: Verdict
    facts: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class OnDay:
    """One version as it reads on one day, with all that can be prepared before anybody's facts are known."""

    conditions: tuple[tuple[ReadyCondition, Answer, tuple[str, ...]], ...]
    whole: Core
    asks: tuple[Variable, ...]  # what the verdict asks
    amounts: Amounts
    all_asks: tuple[Variable, ...]  # what verdict and amounts ask

    @cached_property
    def reasons(self) -> tuple[tuple[Answer, dict[bool | None, Reason]], ...]:
        """Each condition's answer, and the reason that stands for each answer."""
        return tuple(
            (answer, {each: Reason(one.id, one.label, word, facts, one.sentence) for each, word in WORDS.items()})
            for one, answer, facts in self.conditions
        )

    @cached_property
    def plainly(self) -> Paid | None:
        """What is paid, where nothing about the subject changes it."""
        return paid(self.amounts, {}) if self.amounts.plain else None

    @cached_property
    def outlooks(self) -> dict[tuple[object, ...], Outlook]:
        return {}

    def outlook(self, known: Known) -> Outlook:
        """What can still change, kept for the next one of whom the same is known."""
        same = tuple([known.get(variable) for variable in self.asks])
        found = self.outlooks.get(same)
        if found is None:
            if len(self.outlooks) >= OUTLOOKS_KEPT:
                self.outlooks.pop(next(iter(self.outlooks)), None)
            found = self.outlooks[same] = outlook(self.whole, known)
        return found


@dataclass(frozen=True, eq=False)
class CompiledVersion:
    source: Version
    conditions: tuple[ReadyCondition, ...]
    amounts: Amounts

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that the verdict asks, in order of appearance."""
        return facts_of(variable for condition in self.conditions for variable in variables(condition.core))

    @cached_property
    def amount_facts(self) -> tuple[str, ...]:
        """The facts that the amount asks, in order of appearance."""
        return facts_of(self.amounts.asks())

    @cached_property
    def asks(self) -> tuple[Variable, ...]:
        """Every variable of verdict and amounts, the day among them."""
        found = [variable for condition in self.conditions for variable in variables(condition.core)]
        return tuple(dict.fromkeys([*found, *self.amounts.asks()]))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Every comparison of verdict and amounts."""
        cores = (*(one.core for one in self.conditions), *(tier.core for tier in self.amounts.tiers))
        return tuple(dict.fromkeys(test for core in cores for test in tests(core)))

    def ended_on(self, on: dt.date) -> bool:
        return self.source.valid_to is not None and on > self.source.valid_to

    @cached_property
    def steady(self) -> bool:
        """Whether no day changes anything while the version stands: nothing asks the day, no decision has dates."""
        dated = any(one.valid_from is not None for one in self.conditions)
        return ON_DAY_VARIABLE not in self.asks and not dated and not self.amounts.ceilings

    @cached_property
    def days(self) -> dict[dt.date, OnDay]:
        return {}

    def on(self, on: dt.date) -> OnDay:
        """The version as it reads on a day; the latest days are kept."""
        ready = self.days.get(on)
        if ready is None:
            if len(self.days) >= DAYS_KEPT:
                self.days.pop(next(iter(self.days)), None)
            ready = self.days[on] = self.read_on(on)
        return ready

    def read_on(self, on: dt.date) -> OnDay:
        standing = [condition for condition in self.conditions if condition.stands_on(on)]
        cores = [fixed_on(condition.core, ON_DAY_VARIABLE, on.toordinal()) for condition in standing]
        facts = [tuple(dict.fromkeys(variable.fact for variable in variables(core))) for core in cores]
        ready = zip(standing, (closure(core) for core in cores), facts, strict=True)
        whole = All(tuple(cores))
        asks = tuple(variables(whole))
        amounts = amounts_on(self.amounts, on)
        return OnDay(tuple(ready), simplified(whole), asks, amounts, tuple(dict.fromkeys([*asks, *amounts.asks()])))


def facts_of(asked: Iterable[Variable]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variable.fact for variable in asked if variable.fact != ON_DAY))


def amounts_on(amounts: Amounts, on: dt.date) -> Amounts:
    """The amounts as they read on one day: the day is a literal, ceilings of other days are gone."""
    tiers = (replace(tier, core=fixed_on(tier.core, ON_DAY_VARIABLE, on.toordinal())) for tier in amounts.tiers)
    return Amounts(tuple(tiers), amounts.less, tuple(each for each in amounts.ceilings if each.stands_on(on)))


@dataclass(frozen=True, eq=False)
class CompiledMeasure:
    measure: Measure
    catalogue: Catalogue
    versions: tuple[CompiledVersion, ...]

    @cached_property
    def steady(self) -> bool:
        """Whether its verdicts never change with the day once it has begun: one version, without an end."""
        (first, *later) = self.versions
        return not later and first.source.valid_to is None and first.steady

    def version_on(self, on: dt.date) -> CompiledVersion | None:
        """The version in force, or the last one before (which may have ended); None before the first."""
        begun = [version for version in self.versions if version.source.valid_from <= on]
        return begun[-1] if begun else None
