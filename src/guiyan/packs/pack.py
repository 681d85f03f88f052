"""The pack: everything one city declares, frozen. A release stores its content; `digest` names it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from guiyan.engine.phrases import Lexicon, Phrase
from guiyan.engine.rules import Catalogue, CompiledMeasure, compile_measure
from guiyan.engine.rules.model import Clause, Fact, GoldenCase, Measure
from guiyan.engine.rules.stacking import Stacking
from guiyan.engine.values import Declared
from guiyan.packs.boundaries import Boundary
from guiyan.packs.bundle import Bundle
from guiyan.packs.calendar import Calendar
from guiyan.packs.flow import Flow
from guiyan.packs.item import Form, Item
from guiyan.packs.people import DemoAccount, Role
from guiyan.packs.places import City, Collective, Region, Unit
from guiyan.packs.plan import Indicator, PlanLink
from guiyan.packs.register import ComparisonList, Register
from guiyan.packs.relation import ServiceKind, StandingRelation
from guiyan.packs.survey import Survey
from guiyan.packs.trade import Trade
from guiyan.packs.trigger import Trigger

PAIRS = "pairs"
WIDE = str.maketrans("()", "（）")


class Pack(Declared):
    city: City
    regions: Mapping[int, Region]
    superseded: Mapping[str, int] = Field(default_factory=dict)  # an earlier code or name → the region of today
    boundaries: Mapping[int, Boundary] = Field(default_factory=dict)
    units: Mapping[str, Unit]
    collectives: Mapping[str, Collective] = Field(default_factory=dict)
    roles: Mapping[str, Role]
    calendar: Calendar | None = None
    registers: Mapping[str, Register] = Field(default_factory=dict)
    lists: Mapping[str, ComparisonList] = Field(default_factory=dict)
    relations: Mapping[str, StandingRelation] = Field(default_factory=dict)
    services: Mapping[str, ServiceKind] = Field(default_factory=dict)
    triggers: Mapping[str, Trigger] = Field(default_factory=dict)
    surveys: Mapping[str, Survey] = Field(default_factory=dict)
    trades: Mapping[str, Trade] = Field(default_factory=dict)
    facts: Mapping[str, Fact]
    phrases: Mapping[str, Phrase] = Field(default_factory=dict)
    measures: Mapping[str, Measure] = Field(default_factory=dict)
    stacking: Stacking = Field(default_factory=Stacking)
    items: Mapping[str, Item] = Field(default_factory=dict)
    forms: Mapping[str, Form] = Field(default_factory=dict)
    flows: Mapping[str, Flow] = Field(default_factory=dict)
    bundles: Mapping[str, Bundle] = Field(default_factory=dict)
    plans: Mapping[str, PlanLink] = Field(default_factory=dict)
    indicators: Mapping[str, Indicator] = Field(default_factory=dict)
    examples: tuple[GoldenCase, ...] = ()
    demo: Mapping[str, DemoAccount] = Field(default_factory=dict)

    def content(self) -> str:
        """The pack as JSON. Mappings are lists of pairs: their order means something, and jsonb would not keep it."""
        return json.dumps(as_pairs(self.model_dump(mode="json", by_alias=True)), ensure_ascii=False)

    @classmethod
    def from_content(cls, content: str | Mapping[str, object]) -> Pack:
        """A stored release read back; equal to the pack it was stored from, the order of every mapping included."""
        return cls.model_validate(
            with_outcomes(from_pairs(json.loads(content) if isinstance(content, str) else content))
        )

    @cached_property
    def relations_in_order(self) -> dict[str, StandingRelation]:
        """The kinds of standing relations as pages show them."""
        return dict(sorted(self.relations.items(), key=lambda one: one[1].order))

    @cached_property
    def relations_for_all(self) -> dict[str, StandingRelation]:
        """Those that everybody of a register is to have; a trigger's are for whom it finds."""
        return {name: one for name, one in self.relations_in_order.items() if not one.by_trigger}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The facts that measures may name, with the names of regions and measures for sentences."""
        names = {str(code): region.name for code, region in self.regions.items()}
        return Catalogue(self.facts, {**names, **{measure.id: measure.title for measure in self.measures.values()}})

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of documents and the facts they speak of, laid out to draft rules with."""
        return Lexicon(tuple(self.phrases.values()), self.catalogue)

    @cached_property
    def compiled(self) -> dict[str, CompiledMeasure]:
        """Every measure ready to screen with. Raises RuleError; a loaded pack has been through this already."""
        return {
            name: compile_measure(measure, self.catalogue, self.stacking) for name, measure in self.measures.items()
        }

    def plan_of(self, clause: Clause) -> PlanLink | None:
        """The plan that a clause names, by id or by either title; a document may hold several."""
        plans = self.plans.values()
        return next((one for one in plans if clause.plan in (one.id, one.short_title, one.title)), None)

    def clause_words(self, clause: Clause) -> str:
        """《…方案》二（七）: where something is written, as letters and notices cite it, with full-width brackets."""
        plan = self.plan_of(clause)
        return f"《{plan.title if plan else clause.plan}》{clause.section.translate(WIDE)}"

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content().encode()).hexdigest()


def with_outcomes(content: object) -> object:
    """Releases stored before items named their outcome knew payments alone."""
    items = content.get("items") if isinstance(content, dict) else None
    for item in items.values() if isinstance(items, dict) else ():
        item.setdefault("outcome", "payment")
    return content


def as_pairs(value: object) -> object:
    if isinstance(value, dict):
        return {PAIRS: [[key, as_pairs(each)] for key, each in value.items()]}
    return [as_pairs(each) for each in value] if isinstance(value, list) else value


def from_pairs(value: object) -> object:
    if isinstance(value, dict):
        return {key: from_pairs(each) for key, each in value[PAIRS]}
    return [from_pairs(each) for each in value] if isinstance(value, list) else value
