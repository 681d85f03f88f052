"""A measure made ready: its versions' conditions resolved, its amounts read; what is wrong is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from guiyan.engine.rules.catalogue import ON_DAY, ON_DAY_FACT, Catalogue, bounds
from guiyan.engine.rules.closures import Answer, closure
from guiyan.engine.rules.core import All, Core, Variable, variables
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.errors import RuleError
from guiyan.engine.rules.model import Benefit, Measure, Parameter, Version
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.rules.sentence import sentence
from guiyan.engine.rules.tree import Has, Not, Tree
from guiyan.engine.values.declared import fen, yuan

ON_DAY_VARIABLE = Variable(ON_DAY, bounds=bounds(ON_DAY_FACT))
ONCE = "once"
ONCE_LABELS = {
    "person": "没有领过（每人只发一次）",
    "organisation": "没有领过（每家只发一次）",
    "project": "没有领过（每个项目只发一次）",
}


@dataclass(frozen=True)
class ReadyCondition:
    id: str
    label: str
    tree: Tree
    core: Core
    sentence: str


@dataclass(frozen=True)
class Amounts:
    """In fen; None where the measure gives no amount, or the document does not publish it."""

    least_fen: int | None
    most_fen: int | None
    rate_percent: Decimal | None


@dataclass(frozen=True)
class OnDay:
    """One version as it reads on one day, with all that can be prepared before anybody's facts are known."""

    conditions: tuple[tuple[ReadyCondition, Answer, tuple[str, ...]], ...]
    whole: Core
    asks: tuple[Variable, ...]


@dataclass(frozen=True, eq=False)
class CompiledVersion:
    source: Version
    conditions: tuple[ReadyCondition, ...]
    amounts: Amounts

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts it asks, in order of appearance."""
        found = [variable.fact for condition in self.conditions for variable in variables(condition.core)]
        return tuple(dict.fromkeys(fact for fact in found if fact != ON_DAY))

    @lru_cache(maxsize=8)  # noqa: B019 - versions live as long as their pack
    def on(self, day: dt.date) -> OnDay:
        cores = [fixed_on(condition.core, ON_DAY_VARIABLE, day.toordinal()) for condition in self.conditions]
        facts = [tuple(dict.fromkeys(variable.fact for variable in variables(core))) for core in cores]
        ready = zip(self.conditions, (closure(core) for core in cores), facts, strict=True)
        whole = All(tuple(cores))
        return OnDay(tuple(ready), whole, tuple(variables(whole)))


@dataclass(frozen=True, eq=False)
class CompiledMeasure:
    measure: Measure
    catalogue: Catalogue
    versions: tuple[CompiledVersion, ...]

    def version_on(self, day: dt.date) -> CompiledVersion | None:
        """The version in force, or the last one before (which may have ended); None before the first."""
        begun = [version for version in self.versions if version.source.valid_from <= day]
        return begun[-1] if begun else None


def compile_measure(measure: Measure, catalogue: Catalogue) -> CompiledMeasure:
    """Raises RuleError, with the place inside the measure as `path`, for the first thing that can't be resolved."""
    return CompiledMeasure(
        measure,
        catalogue,
        tuple(compile_version(measure, place, version, catalogue) for place, version in enumerate(measure.versions)),
    )


class PlacedRuleError(RuleError):
    """A RuleError that knows where in the measure it is."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path


def compile_version(measure: Measure, place: int, version: Version, catalogue: Catalogue) -> CompiledVersion:
    here: tuple[str | int, ...] = ("versions", place)
    for name in version.parameters:
        if catalogue.get(name) is not None:
            raise PlacedRuleError((*here, "parameters", name), f"parameter `{name}` has the name of a fact")
    resolver = Resolver(catalogue, version.parameters, measure.kind)
    found: list[ReadyCondition] = []
    for name, condition in version.conditions.items():
        try:
            tree = parse(condition.when)
            core = resolver.condition(tree)
        except RuleError as wrong:
            raise PlacedRuleError((*here, "conditions", name, "when"), str(wrong)) from None
        found.append(ReadyCondition(name, condition.label, tree, core, sentence(tree, catalogue)))
    if measure.once_per is not None:
        found.append(once(measure, resolver, here))
    try:
        return CompiledVersion(version, tuple(found), amounts(version.benefit, version.parameters))
    except ValueError as wrong:
        raise PlacedRuleError((*here, "benefit"), str(wrong)) from None


def once(measure: Measure, resolver: Resolver, here: tuple[str | int, ...]) -> ReadyCondition:
    """`once_per` is a condition like the others: whoever received it once is not given it again."""
    tree = Not(Has("received", measure.id))
    try:
        core = resolver.condition(tree)
    except RuleError as wrong:
        raise PlacedRuleError(("once_per",), str(wrong)) from None
    label = ONCE_LABELS[measure.once_per or "person"]
    return ReadyCondition(ONCE, label, tree, core, label)


def amounts(benefit: Benefit, parameters: Mapping[str, Parameter]) -> Amounts:
    def written(text: str | None) -> str | None:
        if text is None or not text.startswith(":"):
            return text
        if text[1:] not in parameters:
            raise ValueError(f"unknown parameter `{text[1:]}`. Known: {', '.join(parameters) or 'none'}")
        return parameters[text[1:]].value

    def in_fen(text: str | None) -> int | None:
        found = written(text)
        return None if found is None else fen(yuan(found))

    least = in_fen(benefit.amount_yuan or benefit.amount_min_yuan)
    most = in_fen(benefit.amount_yuan or benefit.amount_max_yuan)
    if least is not None and most is not None and least > most:
        raise ValueError("the smallest amount is larger than the largest")
    rate = written(benefit.rate_percent)
    return Amounts(least, most, None if rate is None else yuan(rate))
