"""References inside a pack: every name that points to a unit, role, region, fact, form or list must find it."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.packs.bundle_references import bundles
from guiyan.packs.finding import References
from guiyan.packs.item_references import items
from guiyan.packs.pack import Pack
from guiyan.packs.people import PERMISSIONS
from guiyan.packs.reading import Faults
from guiyan.packs.register import Field
from guiyan.packs.relation import Fit
from guiyan.packs.sharing_references import shared
from guiyan.packs.survey_references import surveys
from guiyan.packs.trigger_references import triggers

# Fields that a relation names, with the type they must have.
TYPED_FIELDS = (
    ("area_field", "region"),
    ("capacity_field", "int"),
    ("account_field", "text"),
    ("phone_field", "text"),
)

DECIDING = ("city", "county", "zone")
"""Levels of regions with offices of their own that refuse."""


def check_references(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    found = References(pack, reading)
    checks = (city, units, unit_names, roles, demo, registers, lists, relations, items, forms, bundles, indicators)
    for check in (*checks, rooms, shared, triggers, surveys):
        check(found)


def city(found: References) -> None:
    found.find(("city", ""), ("region",), "region", found.pack.city.region, found.pack.regions)
    found.find(("city", ""), ("office",), "unit", found.pack.city.office or None, found.pack.units)
    for code in found.pack.city.appeals:
        found.find(("city", ""), ("appeals", str(code)), "region", code, found.pack.regions)
    for place, fact in enumerate(found.pack.city.ask_first):
        found.find(("city", ""), ("ask_first", place), "fact", fact, found.pack.facts)
        if fact in found.pack.facts and found.pack.facts[fact].question is None:
            found.reading.blame("city", "", ("ask_first", place), f"fact `{fact}` has no `question`")
    if any(item.appeal for item in found.pack.items.values()):
        for code, region in found.pack.regions.items():
            if region.level in DECIDING and code not in found.pack.city.appeals:
                message = f"items know refusals here: say who reviews those of {code} {region.name}, and which court"
                found.reading.blame("city", "", ("appeals",), message)


def units(found: References) -> None:
    for code, unit in found.pack.units.items():
        owner = ("units", code)
        found.find(owner, ("region",), "region", unit.region, found.pack.regions)
        found.find(owner, ("parent",), "unit", unit.parent, found.pack.units)
        found.find(owner, ("successor",), "unit", unit.successor, found.pack.units)
    for name, collective in found.pack.collectives.items():
        found.unit_kind(("collectives", name), ("unit_kind",), collective.unit_kind)
        for place, unit_code in enumerate(collective.units):
            found.find(("collectives", name), ("units", place), "unit", unit_code, found.pack.units)
        if not collective.members:
            found.reading.blame("collectives", name, (), "this collective has no members")


def unit_names(found: References) -> None:
    """A name must lead to one unit of the city; below it, the region in the name tells them apart."""
    taken: dict[str, str] = {}
    for name, collective in found.pack.collectives.items():
        for place, written in enumerate(collective.names):
            if written in taken:
                message = f"`{written}` is also a name of `{taken[written]}`"
                found.reading.blame("collectives", name, ("names", place), message)
            taken[written] = name
    for code, unit in found.pack.units.items():
        if unit.region == found.pack.city.region:
            for written in {unit.name, unit.short_name, *unit.aliases}:
                if written in taken:
                    found.reading.blame("units", code, (), f"`{written}` is also a name of `{taken[written]}`")
                taken[written] = code


def roles(found: References) -> None:
    for name, role in found.pack.roles.items():
        for place, permission in enumerate(role.permissions):
            found.find(("roles", name), ("permissions", place), "permission", permission, PERMISSIONS)


def demo(found: References) -> None:
    for name, account in found.pack.demo.items():
        owner = ("demo", name)
        found.find(owner, ("unit",), "unit", account.unit, found.pack.units)
        found.find(owner, ("home",), "region", account.home, found.pack.regions)
        for place, role in enumerate(account.roles):
            found.find(owner, ("roles", place), "role", role, found.pack.roles)
        for place, region in enumerate(account.regions):
            found.find(owner, ("regions", place), "region", region, found.pack.regions)
        if account.resident == bool(account.roles):
            found.reading.blame(*owner, (), "an account either is a resident or has roles")


def registers(found: References) -> None:
    for name, register in found.pack.registers.items():
        owner, fields = ("registers", name), register.fields
        found.unit_kind(owner, ("owner_unit_kind",), register.owner_unit_kind)
        for key in ("title_field", "region_field", "key_field"):
            found.find(owner, (key,), "field", getattr(register, key), fields)
        sort = register.default_sort.removeprefix("-") if register.default_sort is not None else None
        found.find(owner, ("default_sort",), "field", sort, fields)
        for field in fields.values():
            found.find(owner, ("fields", field.id, "fact"), "fact", field.fact, found.pack.facts)
        for place, derived in enumerate(register.facts):
            found.find(owner, ("facts", place, "fact"), "fact", derived.fact, found.pack.facts)
            found.find(owner, ("facts", place, "of"), "field", derived.of, fields)


def lists(found: References) -> None:
    for name, comparison in found.pack.lists.items():
        found.unit_kind(("lists", name), ("from_unit_kind",), comparison.from_unit_kind)
        found.find(("lists", name), ("measure",), "measure", comparison.measure, found.pack.measures)
        columns = list(comparison.columns.values())
        keys = [column for column in columns if column.key]
        if len(keys) != 1:
            message = "one column must be a `key`, or nothing can be compared; and no more than one"
            found.reading.blame("lists", name, ("columns",), message)
        for column in keys:
            if column.type != "id_number" and column.id != "credit_code":
                message = "a `key` is an id_number, or the column `credit_code`"
                found.reading.blame("lists", name, ("columns", column.id), message)
        for column in columns:
            twice = sum(other.period == column.period for other in columns) > 1
            if column.period and (column.type != "date" or twice):
                message = "a `period` begins and ends with one date column each"
                found.reading.blame("lists", name, ("columns", column.id), message)


def relations(found: References) -> None:
    """Both registers are of people, and the fields that say place, number and fit are of the right type."""
    known = found.pack.registers
    for name, relation in found.pack.relations.items():
        owner = ("relations", name)
        for key in ("of", "by"):
            found.find(owner, (key,), "register", getattr(relation, key), known)
            if (register := known.get(getattr(relation, key))) is not None and register.subject != "person":
                found.reading.blame(*owner, (key,), f"register `{register.id}` is not of people")
        if relation.by not in known:
            continue
        fields = known[relation.by].fields
        for key, kind in TYPED_FIELDS:
            found.find(owner, (key,), "field", getattr(relation, key), fields)
            if (field := fields.get(getattr(relation, key) or "")) is not None and field.type != kind:
                found.reading.blame(*owner, (key,), f"field `{field.id}` is of type {field.type}; {kind} is needed")
        found.find(owner, ("note_field",), "field", relation.note_field, fields)
        if relation.fit is not None:
            fit_of_relation(found, owner, relation.fit, fields)


def rooms(found: References) -> None:
    """A booking that counts against a helper's capacity names the relation of those it books."""
    relations = found.pack.relations
    for name, register in found.pack.registers.items():
        rule = register.answers
        if rule is None or rule.slots is None or rule.slots.room is None:
            continue
        path = ("answers", "slots", "room")
        found.find(("registers", name), path, "relation", rule.slots.room, relations)
        field, relation = register.fields.get(rule.field), relations.get(rule.slots.room)
        booked = field.refers_to.register_ if field is not None and field.refers_to is not None else ""
        if relation is not None and relation.by != booked:
            message = f"relation `{relation.id}` has helpers of `{relation.by}`; what is booked is of `{booked}`"
            found.reading.blame("registers", name, path, message)


def fit_of_relation(found: References, owner: tuple[str, str], fit: Fit, fields: Mapping[str, Field]) -> None:
    found.find(owner, ("fit", "field"), "field", fit.field, fields)
    found.find(owner, ("fit", "register"), "register", fit.register_, found.pack.registers)
    if (held := fields.get(fit.field)) is not None and held.type != "list":
        found.reading.blame(*owner, ("fit", "field"), f"field `{held.id}` is of type {held.type}; a list is needed")
    if (register := found.pack.registers.get(fit.register_)) is not None:
        found.find(owner, ("fit", "of"), "field", fit.of, register.fields)


def forms(found: References) -> None:
    pack = found.pack
    for name, form in pack.forms.items():
        owner, placed = ("forms", name), [field for section in form.sections for field in section.fields]
        for place, section in enumerate(form.sections):
            for number, field_id in enumerate(section.fields):
                found.find(owner, ("sections", place, "fields", number), "field", field_id, form.fields)
        for field in form.fields.values():
            if placed.count(field.id) != 1:
                times = "in no section" if field.id not in placed else "in more than one place of the sections"
                found.reading.blame(*owner, ("fields", field.id), f"field `{field.id}` stands {times}")
            found.find(owner, ("fields", field.id, "fact"), "fact", field.fact, pack.facts)
            found.find(owner, ("fields", field.id, "trade_of"), "field", field.trade_of or None, form.fields)
            found.find(
                owner, ("fields", field.id, "prefill"), "fact or register field", field.prefill, known_values(pack)
            )


def known_values(pack: Pack) -> set[str]:
    """What a form may be prefilled from: facts, and `register.field`."""
    of_registers = (f"{register.id}.{field}" for register in pack.registers.values() for field in register.fields)
    return {*pack.facts, *of_registers}


def indicators(found: References) -> None:
    pack = found.pack
    for name, plan in pack.plans.items():
        found.find(("plans", name), ("lead_unit",), "unit", plan.lead_unit, pack.units)
    for name, indicator in pack.indicators.items():
        owner = ("indicators", name)
        found.find(owner, ("plan",), "plan", indicator.plan, pack.plans)
        found.find(owner, ("parent",), "indicator", indicator.parent, pack.indicators)
        found.unit_kind(owner, ("reporter_kind",), indicator.reporter_kind)
        found.unit_kind(owner, ("locker_kind",), indicator.locker_kind)
