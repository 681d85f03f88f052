"""Which office handles a measure, for somebody from a place or from nowhere known."""

from __future__ import annotations

from guiyan.accounts.models import Unit
from guiyan.cases.offices import unit_for
from guiyan.engine.rules import Measure
from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.packs import Item

KINDS = {
    "human-resources": "人社局",
    "market-regulation": "市场监管局",
    "township-office": "乡镇（街道）",
    "finance": "财政局",
}


def office_words(measure: Measure, region: int | None) -> str:
    """The office by its name, or by its kind where the place isn't known; empty without an item."""
    item = releases.current().items.get(measure.item or "")
    return office_of_item(item, region) if item is not None else ""


def office_of_item(item: Item, region: int | None) -> str:
    """The office of an item by its name, or by its kind where the place isn't known."""
    unit = office_of(item, region)
    return (unit.short_name or unit.name) if unit else f"经营所在地的{level_words(item)}{kind_words(item.unit_kind)}"


def office_of(item: Item, region: int | None) -> Unit | None:
    if region is None:
        return None
    try:
        return unit_for(item.unit_kind, region)
    except Refused:
        return None


def kind_words(kind: str) -> str:
    """The kind of office in people's words; a kind the portal doesn't know is taken from a unit of that kind."""
    if kind in KINDS:
        return KINDS[kind]
    first = next((one for one in releases.current().units.values() if one.kind == kind), None)
    return (first.short_name or first.name) if first else "经办单位"


def level_words(item: Item) -> str:
    return "县（市、区）" if item.unit_level == "county" else "市"
