"""The pack: everything one city declares, frozen. `digest` names its content; a release stores it as JSON and reads it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from guiyan.engine.rules.model import Fact, GoldenCase, Measure
from guiyan.engine.values import Declared
from guiyan.packs.calendar import Calendar
from guiyan.packs.flow import Flow
from guiyan.packs.item import Form, Item
from guiyan.packs.people import DemoAccount, Role
from guiyan.packs.places import City, Collective, Region, Unit
from guiyan.packs.plan import Indicator, PlanLink
from guiyan.packs.register import ComparisonList, Register


class Pack(Declared):
    city: City
    regions: Mapping[int, Region]
    units: Mapping[str, Unit]
    collectives: Mapping[str, Collective] = Field(default_factory=dict)
    roles: Mapping[str, Role]
    calendar: Calendar | None = None
    registers: Mapping[str, Register] = Field(default_factory=dict)
    lists: Mapping[str, ComparisonList] = Field(default_factory=dict)
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure] = Field(default_factory=dict)
    items: Mapping[str, Item] = Field(default_factory=dict)
    forms: Mapping[str, Form] = Field(default_factory=dict)
    flows: Mapping[str, Flow] = Field(default_factory=dict)
    plans: Mapping[str, PlanLink] = Field(default_factory=dict)
    indicators: Mapping[str, Indicator] = Field(default_factory=dict)
    examples: tuple[GoldenCase, ...] = ()
    demo: Mapping[str, DemoAccount] = Field(default_factory=dict)

    def content(self) -> str:
        """Canonical JSON: the same content always gives the same text."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_content(cls, content: str | Mapping[str, object]) -> Pack:
        """A stored release read back; equal to the pack it was stored from."""
        return cls.model_validate(json.loads(content) if isinstance(content, str) else content)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content().encode()).hexdigest()
