"""Which fields of a register say what linkage compares."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.declared import ID_NUMBER, home_register

OWN_NUMBER = ID_NUMBER.removeprefix("_")


def linked_columns(register: Register) -> list[tuple[str, Field]]:
    """(column of linkage, field). The title is the name; `id_number` is her own, those of others are named after them.

    The first phone is hers unless a field says so (`links_as: phone`).
    """
    found = [("name", register.fields[register.title_field])]
    declared = [(one.links_as, one) for one in register.fields.values() if one.links_as and not one.retired]
    found += [(name, field) for name, field in declared if name is not None]
    number = register.fields.get(OWN_NUMBER)
    if number is not None and number.type == "id_number" and not number.retired:
        found.append(("id_number", number))
    if all(name != "phone" for name, _ in found):
        phones = (one for one in register.fields.values() if one.type == "phone" and not one.retired)
        found += [("phone", one) for one in phones][:1]
    return found


def registers_of_people(pack: Pack) -> Iterator[Register]:
    """The home register first: where two registers differ, what it says counts."""
    home = home_register(pack, states.PERSON)
    people = [one for one in pack.registers.values() if one.subject == states.PERSON]
    yield from sorted(people, key=lambda one: one.id != home)
