"""A measure made ready: its versions' conditions resolved, its amounts read; what is wrong is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from guiyan.engine.rules.amounts import Amounts
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.catalogue import ON_DAY, ON_DAY_FACT, Catalogue, bounds
from guiyan.engine.rules.closures import Answer, closure
from guiyan.engine.rules.core import All, AnyOf, Core, Known, No, Test, Variable, variables
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.errors import Path, PlacedRuleError, RuleError, at
from guiyan.engine.rules.exact import Outlook, outlook
from guiyan.engine.rules.model import Measure, Verdict, Version
from guiyan.engine.rules.paid import Paid, paid
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.regional import resolved
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.rules.sentence import sentence
from guiyan.engine.rules.simplify import simplified
from guiyan.engine.rules.stacking import NO_DECISIONS, Stacking
from guiyan.engine.rules.stretches import tests
from guiyan.engine.rules.tiers import read_benefit
from guiyan.engine.rules.tree import Has, Not, Tree
from guiyan.engine.values import region_code
from guiyan.engine.values.declared import day, whole_number

ON_DAY_VARIABLE = Variable(ON_DAY, bounds=bounds(ON_DAY_FACT))
DAYS_KEPT, OUTLOOKS_KEPT = 8, 500
WORDS: dict[bool | None, Verdict] = {True: "yes", False: "no", None: "unknown"}
ONCE, REST = "once", "rest"
ONCE_LABELS = {
    "person": "没有领过（每人只发一次）",
    "organisation": "没有领过（每家只发一次）",
    "project": "没有领过（每个项目只发一次）",
}
REST_LABEL = "还没有领满（先前领过的从中扣除）"

PLAIN: dict[str, Callable[[object], object]] = {"int": whole_number, "date": day, "region": region_code}


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


def compile_measure(measure: Measure, catalogue: Catalogue, stacking: Stacking = NO_DECISIONS) -> CompiledMeasure:
    """Raises PlacedRuleError, with the place inside the measure as `path`, for the first thing that is wrong."""
    versions_follow_each_other(measure)
    places = range(len(measure.versions))
    return CompiledMeasure(
        measure, catalogue, tuple(Compiler(measure, place, catalogue, stacking).version() for place in places)
    )


def versions_follow_each_other(measure: Measure) -> None:
    for place, version in enumerate(measure.versions):
        if version.valid_to is not None and version.valid_to < version.valid_from:
            message = f"the version from {version.valid_from} ends before it begins, on {version.valid_to}"
            raise PlacedRuleError(("versions", place, "to"), message)
        earlier = measure.versions[place - 1] if place else None
        if earlier is not None and version.valid_from <= (earlier.valid_to or earlier.valid_from):
            message = f"the version from {version.valid_from} overlaps the one from {earlier.valid_from}"
            raise PlacedRuleError(("versions", place, "from"), message)


@dataclass
class Compiler:
    """One version of a measure made ready."""

    measure: Measure
    place: int
    catalogue: Catalogue
    stacking: Stacking

    def __post_init__(self) -> None:
        self.source = self.measure.versions[self.place]
        self.here: Path = ("versions", self.place)
        self.resolver = Resolver(self.catalogue, self.source.parameters, self.measure.kind)
        # What is made here may add up what was received; what is written in a rule may not.
        self.adding = replace(self.resolver, inside=(f"{self.measure.id}: received",))

    def version(self) -> CompiledVersion:
        for name, parameter in self.source.parameters.items():
            with at((*self.here, "parameters", name)):
                self.check(name, parameter)
        declared = [self.declared(name) for name in self.source.conditions]
        made = [self.once()] if self.measure.once_per is not None else []
        benefit = read_benefit(self.source.benefit, self.resolver, (*self.here, "benefit"))
        self.every_case_has_its_tier(declared, benefit.amounts)
        if benefit.rest is not None:
            made.append(self.made(REST, REST_LABEL, benefit.rest, (*self.here, "benefit", "less_received")))
        for id_, decision, tree in self.stacking.conditions_of(self.measure.id):
            ready = self.made(id_, decision.label, tree, ())
            made.append(replace(ready, valid_from=decision.valid_from, valid_to=decision.valid_to))
        with at(()):
            ceilings = tuple(self.stacking.ceilings_of(self.measure.id, self.resolver))
        return CompiledVersion(self.source, (*declared, *made), replace(benefit.amounts, ceilings=ceilings))

    def check(self, name: str, parameter: Parameter) -> None:
        if self.catalogue.get(name) is not None:
            raise RuleError(f"parameter `{name}` has the name of a fact")
        for value in (parameter.value, *parameter.by_region.values()):
            if value is not None and parameter.type in PLAIN:
                PLAIN[parameter.type](value)
        for written in parameter.by_region:
            self.resolver.region_in(parameter.on or "", written)

    def declared(self, name: str) -> ReadyCondition:
        condition = self.source.conditions[name]
        with at((*self.here, "conditions", name, "when")):
            tree = parse(condition.when)
            core = resolved(tree, self.resolver)
        return ReadyCondition(name, condition.label, tree, core, sentence(tree, self.catalogue, self.source.parameters))

    def once(self) -> ReadyCondition:
        """`once_per` is a condition like the others: whoever received it once is not given it again."""
        label = ONCE_LABELS[self.measure.once_per or "person"]
        return self.made(ONCE, label, Not(Has("received", self.measure.id)), ("once_per",))

    def made(self, id_: str, label: str, tree: Tree, path: Path) -> ReadyCondition:
        with at(path):
            return ReadyCondition(id_, label, tree, resolved(tree, self.adding), label)

    def every_case_has_its_tier(self, conditions: list[ReadyCondition], amounts: Amounts) -> None:
        """Nobody may meet the conditions and be given nothing that the measure names."""
        tiers = self.source.benefit.tiers
        if not tiers or (tiers[-1].when is None and tiers[-1].payments is None):
            return
        none = [No(AnyOf(tuple(tier.core for tier in amounts.tiers)))]
        if outlook(All((*(condition.core for condition in conditions), *none)), {}).can_hold:
            message = (
                "somebody can meet the conditions and be in no tier: narrow the conditions, or let a last tier stand "
                "without `when` for all that are left"
            )
            raise PlacedRuleError((*self.here, "benefit", "tiers"), message)
