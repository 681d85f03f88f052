"""Which office handles a measure, for somebody from a place or from nowhere known."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.accounts.models import Unit
from guiyan.cases.offices import unit_for
from guiyan.engine.rules import Measure
from guiyan.engine.rules.model import MeasureOffice
from guiyan.kernel import regions, releases
from guiyan.kernel.errors import Refused
from guiyan.packs import Item, Pack
from guiyan.packs.places import Region
from guiyan.packs.places import Unit as DeclaredUnit

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
        return unit_for(item.unit_kind, region, item.unit_level)
    except Refused:
        return None


@dataclass(frozen=True)
class OfficeRow:
    """Whom to ask in one place: the office by its name, and a number that is answered."""

    place: str
    name: str
    phone: str


def offices_of(item: Item | MeasureOffice, pack: Pack, county: int | None = None) -> list[OfficeRow]:
    """The office for this item, or for a measure without one, in that county or in each of them; without a query."""
    if item.unit_level == "city":
        return [row_for(item, pack, pack.city.region, pack.city.name)]
    return [row_for(item, pack, one.code, one.name) for one in counties(pack) if county in (None, one.code)]


def row_for(item: Item | MeasureOffice, pack: Pack, region: int, place: str) -> OfficeRow:
    unit = nearest(pack, item.unit_kind, region)
    phone = (unit.phone if unit else "") or item.phone or advice_phone(pack)
    return OfficeRow(place, unit.name if unit else f"{place}政务服务大厅窗口", phone)


def nearest(pack: Pack, kind: str, region: int) -> DeclaredUnit | None:
    """The unit of that kind in the place or in the nearest one above it."""
    here: int | None = region
    while here:
        found = next((one for one in pack.units.values() if one.kind == kind and one.region == here), None)
        if found is not None:
            return found
        here = regions.parent(here)
    return None


def counties(pack: Pack) -> list[Region]:
    """Counties and the zones that stand like one."""
    return [one for one in pack.regions.values() if one.level in ("county", "zone")]


def advice_phone(pack: Pack) -> str:
    return pack.city.contacts["advice"].value if "advice" in pack.city.contacts else "12345"


def kind_words(kind: str) -> str:
    """The kind of office in people's words; a kind the portal doesn't know is taken from a unit of that kind."""
    if kind in KINDS:
        return KINDS[kind]
    first = next((one for one in releases.current().units.values() if one.kind == kind), None)
    return (first.short_name or first.name) if first else "经办单位"


def level_words(item: Item | MeasureOffice) -> str:
    return "县（市、区）" if item.unit_level == "county" else "市"
