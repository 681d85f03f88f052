"""A measure made ready: its versions' conditions resolved, its amounts read; what is wrong is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from guiyan.engine.rules.amounts import Amounts
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.compiled import CompiledMeasure, CompiledVersion, ReadyCondition
from guiyan.engine.rules.core import All, AnyOf, No
from guiyan.engine.rules.errors import Path, PlacedRuleError, RuleError, at
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.model import Measure
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.regional import resolved
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.rules.sentence import sentence
from guiyan.engine.rules.stacking import NO_DECISIONS, Stacking
from guiyan.engine.rules.tiers import read_benefit
from guiyan.engine.rules.tree import Has, Not, Tree
from guiyan.engine.values import region_code
from guiyan.engine.values.declared import day, whole_number

ONCE, REST = "once", "rest"
ONCE_LABELS = {
    "person": "没有领过（每人只发一次）",
    "organisation": "没有领过（每家只发一次）",
    "project": "没有领过（每个项目只发一次）",
}
REST_LABEL = "还没有领满（先前领过的从中扣除）"

PLAIN: dict[str, Callable[[object], object]] = {"int": whole_number, "date": day, "region": region_code}


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
