"""References of triggers: registers and their fields, the flow with its clock, the relation, the services."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.packs.finding import References
from guiyan.packs.register import Field, Register
from guiyan.packs.trigger import NUMBER, Trigger


def triggers(found: References) -> None:
    pack = found.pack
    entries: dict[str, str] = {}
    for name, trigger in pack.triggers.items():
        owner = ("triggers", name)
        if (other := entries.setdefault(trigger.entry, name)) != name:
            found.reading.blame(*owner, ("entry",), f"`{trigger.entry}` is the entry of `{other}` already")
        found.unit_kind(owner, ("unit_kind",), trigger.unit_kind)
        found.find(owner, ("register",), "register", trigger.register_, pack.registers)
        for place, kind in enumerate(trigger.contact):
            found.find(owner, ("contact", place), "service", kind, pack.services)
        flow_of_trigger(found, owner, trigger)
        relation_of_trigger(found, owner, trigger)
        if (register := pack.registers.get(trigger.register_)) is not None:
            fields_of_trigger(found, owner, trigger, register)
            named_by_trigger(found, owner, trigger, record_fields(trigger, register))


def record_fields(trigger: Trigger, register: Register) -> dict[str, Field]:
    """Every field of a record but its number, as far as the register has it."""
    own = {name: register.fields[name] for name in trigger.takes if name in register.fields}
    return {**own, **trigger.fields}


def flow_of_trigger(found: References, owner: tuple[str, str], trigger: Trigger) -> None:
    flows = found.pack.flows
    found.find(owner, ("flow",), "flow", trigger.flow, flows)
    flow = flows.get(trigger.flow)
    if flow is not None and flow.object != "arrival":
        found.reading.blame(*owner, ("flow",), f"flow `{flow.id}` is for a {flow.object}; an arrival's is needed")


def relation_of_trigger(found: References, owner: tuple[str, str], trigger: Trigger) -> None:
    found.find(owner, ("relation",), "relation", trigger.relation, found.pack.relations)
    relation = found.pack.relations.get(trigger.relation)
    if relation is not None and not relation.by_trigger:
        message = f"relation `{relation.id}` is given by hand; a trigger's says `by_trigger: true`"
        found.reading.blame(*owner, ("relation",), message)


def fields_of_trigger(found: References, owner: tuple[str, str], trigger: Trigger, register: Register) -> None:
    fields = register.fields
    found.find(owner, ("source",), "source", trigger.source, register.sources)
    for place, name in enumerate(trigger.takes):
        found.find(owner, ("takes", place), "field", name, fields)
    for name in trigger.fields:
        if name in fields or name == NUMBER:
            found.reading.blame(*owner, ("fields", name), f"`{name}` is a name already; give the record's own another")
    for name, value in trigger.fixed.items():
        found.find(owner, ("fixed", name), "field", name, fields)
        if name in fields and fields[name].type not in ("code", "text"):
            found.reading.blame(
                *owner, ("fixed", name), f"`{name}` is of type {fields[name].type}; a code or text is needed"
            )
        if name in fields and fields[name].codes:
            found.find(owner, ("fixed", name), "code", value, fields[name].codes)
    said = {*trigger.takes, *trigger.fixed}
    needed = {one.id for one in fields.values() if one.required} | {register.region_field}
    for name in sorted((needed | ({register.key_field} if register.key_field else set())) - said):
        found.reading.blame(*owner, ("takes",), f"register `{register.id}` needs `{name}`; take it or fix it")
    if register.key_field is None or register.subject != "organisation":
        found.reading.blame(*owner, ("register",), f"`{register.id}` is no register of organisations with a key")
    found.find(owner, ("dated",), "field", trigger.dated, trigger.takes)
    if trigger.dated in fields and fields[trigger.dated].type != "date":
        found.reading.blame(*owner, ("dated",), f"field `{trigger.dated}` is no date")
    if f"{trigger.first_by}_id_number" not in trigger.takes:
        message = f"`{trigger.first_by}_id_number` names who stands in that relation; take it"
        found.reading.blame(*owner, ("first_by",), message)


def named_by_trigger(found: References, owner: tuple[str, str], trigger: Trigger, fields: Mapping[str, Field]) -> None:
    """The person's own entry: in a register of people that is known by the ID number, each value of its own type."""
    register = found.pack.registers.get(trigger.named.register_)
    found.find(owner, ("named", "register"), "register", trigger.named.register_, found.pack.registers)
    if register is None:
        return
    found.find(owner, ("named", "source"), "source", trigger.named.source, register.sources)
    for name, of in trigger.named.fields.items():
        here = ("named", "fields", name)
        found.find(owner, here, "field", name, register.fields)
        found.find(owner, here, "field of the record", of, fields)
        if name in register.fields and of in fields and register.fields[name].type != fields[of].type:
            found.reading.blame(*owner, here, f"`{name}` is of type {register.fields[name].type}, `{of}` is not")
    if register.key_field is None or register.key_field not in trigger.named.fields:
        found.reading.blame(*owner, ("named", "fields"), f"register `{register.id}` is known by `{register.key_field}`")
