"""JSON Schemas of pack files, for editors: completion and marks while typing."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter

from guiyan.engine.phrases import Phrase
from guiyan.engine.rules.model import Fact, GoldenCase, Measure
from guiyan.engine.rules.stacking import Stacking
from guiyan.packs.bundle import Bundle
from guiyan.packs.calendar import Calendar
from guiyan.packs.errors import unknown_name
from guiyan.packs.flow import Flow
from guiyan.packs.flow_file import TemplatedFlow
from guiyan.packs.item import Form, Item
from guiyan.packs.people import DemoAccount, Role
from guiyan.packs.places import City, Collective, Unit, UnitTemplate
from guiyan.packs.plan import Indicator, PlanLink
from guiyan.packs.register import ComparisonList, Register
from guiyan.packs.relation import ServiceKind, StandingRelation
from guiyan.packs.survey import Survey
from guiyan.packs.trade import Trade
from guiyan.packs.trigger import Trigger


class UnitsFile(BaseModel):
    units: dict[str, Unit]
    templates: dict[str, UnitTemplate]
    collectives: dict[str, Collective]


class ExamplesFile(BaseModel):
    cases: list[GoldenCase]


KINDS: dict[str, Any] = {
    "city": City,
    "units": UnitsFile,
    "roles": dict[str, Role],
    "demo": dict[str, DemoAccount],
    "calendar": Calendar,
    "register": Register,
    "list": ComparisonList,
    "relation": StandingRelation,
    "services": dict[str, ServiceKind],
    "trigger": Trigger,
    "survey": Survey,
    "trades": dict[str, Trade],
    "facts": dict[str, Fact],
    "phrases": dict[str, Phrase],
    "measure": Measure,
    "stacking": Stacking,
    "item": Item,
    "form": Form,
    "bundle": Bundle,
    "flow": TemplatedFlow | Flow,
    "plans": dict[str, PlanLink],
    "plan": PlanLink,
    "indicators": dict[str, Indicator],
    "examples": ExamplesFile,
}


def json_schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of pack file. Raises ValueError with the nearest good name."""
    if kind not in KINDS:
        raise ValueError(unknown_name("kind", kind, KINDS, most=20))
    schema = TypeAdapter(KINDS[kind]).json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": kind}
