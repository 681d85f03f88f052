"""City packs: YAML files become frozen, typed objects. Faults are listed all at once, each with its file and line.

`load_pack(folder)` reads and checks; `find_pack(city)` finds the folder; `json_schema(kind)` describes a kind of file.
"""

from guiyan.engine.rules.benefit import Benefit, Parameter
from guiyan.engine.rules.model import (
    Answer,
    Clause,
    Condition,
    Fact,
    GoldenCase,
    Measure,
    Question,
    Version,
)
from guiyan.packs.bundle import Bundle, Bundled
from guiyan.packs.calendar import Calendar
from guiyan.packs.errors import PackErrors, Problem
from guiyan.packs.flow import Flow
from guiyan.packs.item import Check, Form, FormField, FormSection, Item, Material
from guiyan.packs.load import find_pack, load_pack
from guiyan.packs.outcome import Appeal, Membership, NoticeRule, Outcome, PaymentRule
from guiyan.packs.pack import Pack
from guiyan.packs.people import PERMISSIONS, DemoAccount, Role
from guiyan.packs.places import City, Collective, Contact, Region, Unit, UnitTemplate
from guiyan.packs.plan import Aggregate, Indicator, PlanLink
from guiyan.packs.register import ComparisonList, Derived, Field, ListColumn, Register, Source
from guiyan.packs.schema import KINDS, json_schema

__all__ = [
    "KINDS",
    "PERMISSIONS",
    "Aggregate",
    "Answer",
    "Appeal",
    "Benefit",
    "Bundle",
    "Bundled",
    "Calendar",
    "Check",
    "City",
    "Clause",
    "Collective",
    "ComparisonList",
    "Condition",
    "Contact",
    "DemoAccount",
    "Derived",
    "Fact",
    "Field",
    "Flow",
    "Form",
    "FormField",
    "FormSection",
    "GoldenCase",
    "Indicator",
    "Item",
    "ListColumn",
    "Material",
    "Measure",
    "Membership",
    "NoticeRule",
    "Outcome",
    "Pack",
    "PackErrors",
    "Parameter",
    "PaymentRule",
    "PlanLink",
    "Problem",
    "Question",
    "Region",
    "Register",
    "Role",
    "Source",
    "Unit",
    "UnitTemplate",
    "Version",
    "find_pack",
    "json_schema",
    "load_pack",
]
